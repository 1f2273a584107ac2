/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the sources of qagent.dll share.
 */
#ifndef QAGENT_PRIVATE_H
#define QAGENT_PRIVATE_H

#include "common.h"

#include <napenforcementclient.h>
#include <naperror.h>
#include <napmanagement.h>
#include <napsystemhealthagent.h>

/* client_management.c, binding.c: the classes. */
class_create client_management_create;
class_create health_agent_binding_create;
class_create enforcement_client_binding_create;

/* client_management.c: clears the out parameters of GetSystemIsolationInfo and GetSystemIsolationInfoEx.
 * S_OK; E_INVALIDARG where one is NULL. */
HRESULT clear_isolation_info(void **info, BOOL *unknown);

/* store.c: the components that are registered on this machine. */

enum store_list
{
    STORE_HEALTH_AGENTS,
    STORE_ENFORCEMENT_CLIENTS
};

/* Registers a component. S_OK; E_INVALIDARG for an id that no component can have;
 * NAP_E_CONFLICTING_ID where the id is registered; what the registry says, E_ACCESSDENIED above
 * all. */
HRESULT store_add(enum store_list list, NapComponentId id);

/* Removes a component. As store_add, but for NAP_E_NOT_REGISTERED in the place of
 * NAP_E_CONFLICTING_ID. */
HRESULT store_remove(enum store_list list, NapComponentId id);

#endif
