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

/* client_management.c, health_agent_binding.c, enforcement_client_binding.c: the classes. */
class_create client_management_create;
class_create health_agent_binding_create;
class_create enforcement_client_binding_create;

/* no_agent.c: what is answered where no agent runs. */

/*
 * The state of a binding. No agent is there to bind it: it is new, or it wants to be bound.
 *
 * Only the callback is kept. The id would be told to the agent, and nobody else asks for it.
 */
struct wanted
{
    void *callback; /* an IUnknown, with a reference; NULL in a new binding */
};

/*
 * Initialize of a binding: keeps the callback, and lets go of the one before it.
 *
 * E_INVALIDARG where callback is NULL, and nothing changes; else RPC_E_DISCONNECTED.
 *
 * This and wanted_end call the callback's Release, which may end the binding: whoever calls them
 * does not touch it afterwards.
 */
HRESULT wanted_begin(struct wanted *wanted, IUnknown *callback);

/* Uninitialize of a binding: lets go of the callback. As wanted_answer. */
HRESULT wanted_end(struct wanted *wanted);

/* All else that a binding is asked: NAP_E_NOT_INITIALIZED in a new one, or RPC_E_DISCONNECTED. */
HRESULT wanted_answer(struct wanted *wanted);

/* Clear the out parameters of GetSystemIsolationInfo and GetSystemIsolationInfoEx. E_INVALIDARG
 * where one is missing, or S_OK. */
HRESULT clear_isolation_info(IsolationInfo **info, BOOL *unknown);
HRESULT clear_isolation_info_ex(IsolationInfoEx **info, BOOL *unknown);

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
