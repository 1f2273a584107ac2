/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSystemHealthAgentBinding and NapEnforcementClientBinding, through which system health agents
 * and enforcement clients talk to the NAP agent. No NAP agent runs, so an object of these classes,
 * a binding, only keeps the callback that Initialize receives, and ignores the component's id.
 */
#include "qagent_private.h"

/*
 * An object of either class. A callback must be released in the apartment in which it was received.
 * So a binding has no free-threaded marshaler: a call from another apartment goes through a proxy,
 * and runs in the binding's apartment, which thus receives and releases every callback.
 */
struct binding
{
    union /* the one interface of the object, which depends on its class */
    {
        INapSystemHealthAgentBinding2 INapSystemHealthAgentBinding2_iface;
        INapEnforcementClientBinding INapEnforcementClientBinding_iface;
    };
    LONG ref;
    bool is_destroyed; /* true during the last Release; Initialize then keeps no callback */
    void *callback;    /* an IUnknown to which the binding holds a reference, or NULL */
};

static struct binding *binding_new(void)
{
    struct binding *binding = alloc_zeroed(1, sizeof(*binding));

    if (!binding)
        return NULL;
    binding->ref = 1;
    module_lock();
    return binding;
}

/* Stores callback, and returns the former one, which the caller has to release. The exchange is
 * atomic without a lock, so no lock is held while a callback's Release runs. */
static IUnknown *binding_exchange(struct binding *binding, IUnknown *callback)
{
    return InterlockedExchangePointer(&binding->callback, callback);
}

/* The Release of a callback may release the last reference to the binding, and so free it. After
 * that Release neither this function, nor binding_uninitialize, nor the calling methods use it. */
static HRESULT binding_initialize(struct binding *binding, IUnknown *callback)
{
    IUnknown *former;

    if (!callback)
        return E_INVALIDARG;
    if (binding->is_destroyed)
        return RPC_E_DISCONNECTED;
    IUnknown_AddRef(callback);
    if ((former = binding_exchange(binding, callback)))
        IUnknown_Release(former);
    return RPC_E_DISCONNECTED;
}

static HRESULT binding_uninitialize(struct binding *binding)
{
    IUnknown *former = binding_exchange(binding, NULL);

    if (!former)
        return NAP_E_NOT_INITIALIZED;
    IUnknown_Release(former);
    return RPC_E_DISCONNECTED;
}

/* The result of the methods that need the NAP agent, except Initialize and Uninitialize. */
static HRESULT binding_answer(struct binding *binding)
{
    if (!InterlockedCompareExchangePointer(&binding->callback, NULL, NULL))
        return NAP_E_NOT_INITIALIZED;
    return RPC_E_DISCONNECTED;
}

static ULONG binding_add_ref(struct binding *binding)
{
    return (ULONG)InterlockedIncrement(&binding->ref);
}

static void binding_destroy(struct binding *binding)
{
    /* binding_uninitialize releases the callback, whose Release may call the binding. The count of
     * 1 makes an AddRef and Release there harmless: it does not reach 0 a second time. is_destroyed
     * makes Initialize refuse a callback, which nobody would release. */
    binding->ref = 1;
    binding->is_destroyed = true;
    binding_uninitialize(binding);
    CoTaskMemFree(binding);
    module_unlock();
}

static ULONG binding_release(struct binding *binding)
{
    LONG ref = InterlockedDecrement(&binding->ref);

    if (ref == 0)
        binding_destroy(binding);
    return (ULONG)ref;
}

/* The class NapSystemHealthAgentBinding. */

static struct binding *impl_from_INapSystemHealthAgentBinding2(INapSystemHealthAgentBinding2 *iface)
{
    return CONTAINING_RECORD(iface, struct binding, INapSystemHealthAgentBinding2_iface);
}

static HRESULT STDMETHODCALLTYPE
health_agent_binding_QueryInterface(INapSystemHealthAgentBinding2 *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, &IID_INapSystemHealthAgentBinding2) ||
        IsEqualIID(iid, &IID_INapSystemHealthAgentBinding) || IsEqualIID(iid, &IID_IUnknown))
    {
        INapSystemHealthAgentBinding2_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE health_agent_binding_AddRef(INapSystemHealthAgentBinding2 *iface)
{
    return binding_add_ref(impl_from_INapSystemHealthAgentBinding2(iface));
}

static ULONG STDMETHODCALLTYPE health_agent_binding_Release(INapSystemHealthAgentBinding2 *iface)
{
    return binding_release(impl_from_INapSystemHealthAgentBinding2(iface));
}

static HRESULT STDMETHODCALLTYPE
health_agent_binding_Initialize(INapSystemHealthAgentBinding2 *iface, SystemHealthEntityId id,
                                INapSystemHealthAgentCallback *callback)
{
    (void)id;

    return binding_initialize(impl_from_INapSystemHealthAgentBinding2(iface), (IUnknown *)callback);
}

static HRESULT STDMETHODCALLTYPE
health_agent_binding_Uninitialize(INapSystemHealthAgentBinding2 *iface)
{
    return binding_uninitialize(impl_from_INapSystemHealthAgentBinding2(iface));
}

/* Serves as NotifySoHChange and FlushCache. Always fails, and so do the two methods below. */
static HRESULT STDMETHODCALLTYPE health_agent_binding_answer(INapSystemHealthAgentBinding2 *iface)
{
    return binding_answer(impl_from_INapSystemHealthAgentBinding2(iface));
}

static HRESULT STDMETHODCALLTYPE health_agent_binding_GetSystemIsolationInfo(
    INapSystemHealthAgentBinding2 *iface, IsolationInfo **isolationInfo, BOOL *unknownConnections)
{
    HRESULT hr = clear_isolation_info((void **)isolationInfo, unknownConnections);

    return FAILED(hr) ? hr : health_agent_binding_answer(iface);
}

static HRESULT STDMETHODCALLTYPE health_agent_binding_GetSystemIsolationInfoEx(
    INapSystemHealthAgentBinding2 *iface, IsolationInfoEx **isolationInfo, BOOL *unknownConnections)
{
    HRESULT hr = clear_isolation_info((void **)isolationInfo, unknownConnections);

    return FAILED(hr) ? hr : health_agent_binding_answer(iface);
}

static const INapSystemHealthAgentBinding2Vtbl health_agent_binding_vtbl = {
    .QueryInterface = health_agent_binding_QueryInterface,
    .AddRef = health_agent_binding_AddRef,
    .Release = health_agent_binding_Release,
    .Initialize = health_agent_binding_Initialize,
    .Uninitialize = health_agent_binding_Uninitialize,
    .NotifySoHChange = health_agent_binding_answer,
    .GetSystemIsolationInfo = health_agent_binding_GetSystemIsolationInfo,
    .FlushCache = health_agent_binding_answer,
    .GetSystemIsolationInfoEx = health_agent_binding_GetSystemIsolationInfoEx,
};

HRESULT health_agent_binding_create(IUnknown **object)
{
    struct binding *binding = binding_new();

    if (!binding)
        return E_OUTOFMEMORY;
    binding->INapSystemHealthAgentBinding2_iface.lpVtbl =
        (INapSystemHealthAgentBinding2Vtbl *)&health_agent_binding_vtbl;
    *object = (IUnknown *)&binding->INapSystemHealthAgentBinding2_iface;
    return S_OK;
}

/* The class NapEnforcementClientBinding. */

static struct binding *impl_from_INapEnforcementClientBinding(INapEnforcementClientBinding *iface)
{
    return CONTAINING_RECORD(iface, struct binding, INapEnforcementClientBinding_iface);
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
    return binding_add_ref(impl_from_INapEnforcementClientBinding(iface));
}

static ULONG STDMETHODCALLTYPE
enforcement_client_binding_Release(INapEnforcementClientBinding *iface)
{
    return binding_release(impl_from_INapEnforcementClientBinding(iface));
}

static HRESULT STDMETHODCALLTYPE
enforcement_client_binding_Initialize(INapEnforcementClientBinding *iface, EnforcementEntityId id,
                                      INapEnforcementClientCallback *callback)
{
    (void)id;

    return binding_initialize(impl_from_INapEnforcementClientBinding(iface), (IUnknown *)callback);
}

static HRESULT STDMETHODCALLTYPE
enforcement_client_binding_Uninitialize(INapEnforcementClientBinding *iface)
{
    return binding_uninitialize(impl_from_INapEnforcementClientBinding(iface));
}

/* Serves as NotifySoHChangeFailure. Always fails, and so do the methods below. */
static HRESULT STDMETHODCALLTYPE
enforcement_client_binding_answer(INapEnforcementClientBinding *iface)
{
    return binding_answer(impl_from_INapEnforcementClientBinding(iface));
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

/* Serves as ProcessSoHResponse and NotifyConnectionStateDown, which refuse only NULL. */
static HRESULT STDMETHODCALLTYPE enforcement_client_binding_answer_about(
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
    .ProcessSoHResponse = enforcement_client_binding_answer_about,
    .NotifyConnectionStateDown = enforcement_client_binding_answer_about,
    .NotifySoHChangeFailure = enforcement_client_binding_answer,
};

HRESULT enforcement_client_binding_create(IUnknown **object)
{
    struct binding *binding = binding_new();

    if (!binding)
        return E_OUTOFMEMORY;
    binding->INapEnforcementClientBinding_iface.lpVtbl =
        (INapEnforcementClientBindingVtbl *)&enforcement_client_binding_vtbl;
    *object = (IUnknown *)&binding->INapEnforcementClientBinding_iface;
    return S_OK;
}
