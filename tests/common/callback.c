/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The callback and the calls of bindings that callback.h declares.
 */
#include <stddef.h>
#include <string.h>

#include "callback.h"

#include <napenforcementclient.h>
#include <napsystemhealthagent.h>

#define ID 0x000137f0

static HRESULT STDMETHODCALLTYPE callback_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE callback_AddRef(IUnknown *iface)
{
    return (ULONG)InterlockedIncrement(&CONTAINING_RECORD(iface, struct callback, iface)->ref);
}

static ULONG STDMETHODCALLTYPE callback_Release(IUnknown *iface)
{
    struct callback *callback = CONTAINING_RECORD(iface, struct callback, iface);
    LONG ref = InterlockedDecrement(&callback->ref);

    if (ref == 0 && callback->on_last_release)
        callback->on_last_release(callback->context);
    return (ULONG)ref;
}

/* There are no other methods: a call of one would crash the test. */
static IUnknownVtbl callback_vtbl = {callback_QueryInterface, callback_AddRef, callback_Release};

void callback_init(struct callback *callback)
{
    memset(callback, 0, sizeof(*callback));
    callback->iface.lpVtbl = &callback_vtbl;
    callback->ref = 1;
}

C_ASSERT(offsetof(INapEnforcementClientBindingVtbl, Initialize) ==
         offsetof(INapSystemHealthAgentBinding2Vtbl, Initialize));
C_ASSERT(offsetof(INapEnforcementClientBindingVtbl, Uninitialize) ==
         offsetof(INapSystemHealthAgentBinding2Vtbl, Uninitialize));

HRESULT binding_initialize(void *binding, struct callback *callback)
{
    return INapSystemHealthAgentBinding2_Initialize((INapSystemHealthAgentBinding2 *)binding, ID,
                                                    (INapSystemHealthAgentCallback *)callback);
}

HRESULT binding_uninitialize(void *binding)
{
    return INapSystemHealthAgentBinding2_Uninitialize((INapSystemHealthAgentBinding2 *)binding);
}
