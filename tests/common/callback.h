/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The bindings of the NAP agent, and a callback to be handed to them, which counts its references.
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
    /* Called by the last Release, unless NULL. */
    void (*on_last_release)(void *context);
    void *context;
};

/* With one reference. Without an agent a binding calls nothing but AddRef and Release: the callback
 * of a health agent and that of an enforcement client are alike. */
void callback_init(struct callback *callback);

/* Of an INapSystemHealthAgentBinding2 or an INapEnforcementClientBinding: both begin with these. */
HRESULT binding_initialize(void *binding, struct callback *callback);
HRESULT binding_uninitialize(void *binding);

#endif
