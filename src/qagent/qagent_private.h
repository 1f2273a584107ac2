/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Declarations that the sources of qagent.dll share.
 */
#ifndef QAGENT_PRIVATE_H
#define QAGENT_PRIVATE_H

#include "common.h"

#include <napenforcementclient.h>
#include <naperror.h>
#include <napmanagement.h>
#include <napsystemhealthagent.h>

/* client_management.c, binding.c: the functions that create objects of the classes. */
class_create client_management_create;
class_create health_agent_binding_create;
class_create enforcement_client_binding_create;

/* client_management.c: sets the out parameters of GetSystemIsolationInfo(Ex) to NULL and FALSE.
 * S_OK; E_INVALIDARG if a pointer is NULL. */
HRESULT clear_isolation_info(void **info, BOOL *unknown);

/* store.c: the components that are registered on this machine. */

enum store_list
{
    STORE_HEALTH_AGENTS,
    STORE_ENFORCEMENT_CLIENTS
};

/* Registers a component. S_OK; E_INVALIDARG for an id that no component can have;
 * NAP_E_CONFLICTING_ID if it is registered; an error of the registry, such as E_ACCESSDENIED. */
HRESULT store_add(enum store_list list, NapComponentId id);

/* Unregisters a component. Returns what store_add returns, but NAP_E_NOT_REGISTERED if the id is
 * not registered instead of NAP_E_CONFLICTING_ID. */
HRESULT store_remove(enum store_list list, NapComponentId id);

#endif
