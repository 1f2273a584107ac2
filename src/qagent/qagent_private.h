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

/* store.c: the components that are registered on this machine. */

enum store_list
{
    STORE_HEALTH_AGENTS,
    STORE_ENFORCEMENT_CLIENTS
};

/*
 * Registers a component, at the present time, whatever registrationDate says.
 *
 * component  A copy that no caller can change. Its strings are the caller's still: they are read
 *            once, up to their terminators, whatever their lengths say.
 *
 * S_OK; E_INVALIDARG for an id that no component can have, or a string of more than maxStringLength
 * characters; NAP_E_CONFLICTING_ID where the id is registered; E_OUTOFMEMORY also where the list is
 * full; what the registry says, E_ACCESSDENIED above all. On failure nothing is registered.
 */
HRESULT store_add(enum store_list list, const NapComponentRegistrationInfo *component);

/* Removes a component. S_OK; NAP_E_NOT_REGISTERED; what the registry says. */
HRESULT store_remove(enum store_list list, NapComponentId id);

#endif
