/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapEnforcementClientBinding: through which an enforcement client talks to the NAP agent.
 */
#include "qagent_private.h"

/* Without the free-threaded marshaler, as the binding of a health agent, for the callback's sake. */
struct enforcement_client_binding
{
    INapEnforcementClientBinding INapEnforcementClientBinding_iface;
    LONG ref;
    struct wanted wanted;
};

static struct enforcement_client_binding *
impl_from_INapEnforcementClientBinding(INapEnforcementClientBinding *iface)
{
    return CONTAINING_RECORD(iface, struct enforcement_client_binding,
                             INapEnforcementClientBinding_iface);
}

static void enforcement_client_binding_destroy(struct enforcement_client_binding *binding)
{
    /* As in the binding of a health agent: a callback's references do not end it a second time. */
    binding->ref = 1;
    wanted_end(&binding->wanted);
    CoTaskMemFree(binding);
}

static HRESULT STDMETHODCALLTYPE enforcement_client_binding_QueryInterface(
    INapEnforcementClientBinding *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, &IID_INapEnforcementClientBinding) || IsEqualIID(iid, &IID_IUnknown))
    {
        INapEnforcementClientBinding_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE
enforcement_client_binding_AddRef(INapEnforcementClientBinding *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_INapEnforcementClientBinding(iface)->ref);
}

static ULONG STDMETHODCALLTYPE
enforcement_client_binding_Release(INapEnforcementClientBinding *iface)
{
    struct enforcement_client_binding *binding = impl_from_INapEnforcementClientBinding(iface);
    LONG ref = InterlockedDecrement(&binding->ref);

    if (ref == 0)
    {
        enforcement_client_binding_destroy(binding);
        module_unlock();
    }
    return (ULONG)ref;
}

static HRESULT STDMETHODCALLTYPE
enforcement_client_binding_Initialize(INapEnforcementClientBinding *iface, EnforcementEntityId id,
                                      INapEnforcementClientCallback *callback)
{
    (void)id;

    return wanted_begin(&impl_from_INapEnforcementClientBinding(iface)->wanted,
                        (IUnknown *)callback);
}

static HRESULT STDMETHODCALLTYPE
enforcement_client_binding_Uninitialize(INapEnforcementClientBinding *iface)
{
    return wanted_end(&impl_from_INapEnforcementClientBinding(iface)->wanted);
}

/* NotifySoHChangeFailure: there is nobody to notify again later. */
static HRESULT STDMETHODCALLTYPE
enforcement_client_binding_answer(INapEnforcementClientBinding *iface)
{
    return wanted_answer(&impl_from_INapEnforcementClientBinding(iface)->wanted);
}

static HRESULT STDMETHODCALLTYPE enforcement_client_binding_CreateConnection(
    INapEnforcementClientBinding *iface, INapEnforcementClientConnection **connection)
{
    if (!connection)
        return E_INVALIDARG;
    *connection = NULL;
    return enforcement_client_binding_answer(iface);
}

static HRESULT STDMETHODCALLTYPE enforcement_client_binding_GetSoHRequest(
    INapEnforcementClientBinding *iface, INapEnforcementClientConnection *connection,
    BOOL *retriggerHint)
{
    if (retriggerHint)
        *retriggerHint = FALSE;
    if (!connection || !retriggerHint)
        return E_INVALIDARG;
    return enforcement_client_binding_answer(iface);
}

/* ProcessSoHResponse and NotifyConnectionStateDown: no connection is known, whatever it is. */
static HRESULT STDMETHODCALLTYPE enforcement_client_binding_answer_for(
    INapEnforcementClientBinding *iface, INapEnforcementClientConnection *connection)
{
    return connection ? enforcement_client_binding_answer(iface) : E_INVALIDARG;
}

static const INapEnforcementClientBindingVtbl enforcement_client_binding_vtbl = {
    .QueryInterface = enforcement_client_binding_QueryInterface,
    .AddRef = enforcement_client_binding_AddRef,
    .Release = enforcement_client_binding_Release,
    .Initialize = enforcement_client_binding_Initialize,
    .Uninitialize = enforcement_client_binding_Uninitialize,
    .CreateConnection = enforcement_client_binding_CreateConnection,
    .GetSoHRequest = enforcement_client_binding_GetSoHRequest,
    .ProcessSoHResponse = enforcement_client_binding_answer_for,
    .NotifyConnectionStateDown = enforcement_client_binding_answer_for,
    .NotifySoHChangeFailure = enforcement_client_binding_answer,
};

HRESULT enforcement_client_binding_create(IUnknown **object)
{
    struct enforcement_client_binding *binding;

    if (!(binding = alloc_zeroed(1, sizeof(*binding))))
        return E_OUTOFMEMORY;
    binding->INapEnforcementClientBinding_iface.lpVtbl =
        (INapEnforcementClientBindingVtbl *)&enforcement_client_binding_vtbl;
    binding->ref = 1;
    module_lock();
    *object = (IUnknown *)&binding->INapEnforcementClientBinding_iface;
    return S_OK;
}
