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

/* Adds a component to a list. S_OK; NAP_E_CONFLICTING_ID if the list has the id already;
 * E_INVALIDARG if no component can have the id; E_ACCESSDENIED or another error of the registry. */
HRESULT store_add(enum store_list list, NapComponentId id);

/* Removes a component from a list. S_OK; NAP_E_NOT_REGISTERED if the list does not have the id;
 * E_INVALIDARG if no component can have the id; E_ACCESSDENIED or another error of the registry. */
HRESULT store_remove(enum store_list list, NapComponentId id);

#endif
