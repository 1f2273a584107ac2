/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A callback for the bindings of qagent.dll, which counts its references.
 */
#ifndef CALLBACK_H
#define CALLBACK_H

#define COBJMACROS
#include <windows.h>
#include <objbase.h>

struct callback
{
    IUnknown iface;
    LONG ref;
    /* The last Release calls this, unless it is NULL. */
    void (*on_last_release)(void *context);
    void *context;
};

/* The callback has one reference. It serves bindings of health agents and of enforcement clients:
 * without an agent they call only AddRef and Release. */
void callback_init(struct callback *callback);

/* Both bindings have these methods: INapSystemHealthAgentBinding2, INapEnforcementClientBinding. */
HRESULT binding_initialize(void *binding, struct callback *callback);
HRESULT binding_uninitialize(void *binding);

#endif
