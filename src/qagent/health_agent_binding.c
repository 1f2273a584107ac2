/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSystemHealthAgentBinding: through which a system health agent talks to the NAP agent.
 */
#include "qagent_private.h"

/*
 * Without the free-threaded marshaler: the callback belongs to the apartment that handed it over,
 * and may be released there alone. A caller in another apartment would release it there.
 */
struct health_agent_binding
{
    INapSystemHealthAgentBinding2 INapSystemHealthAgentBinding2_iface;
    LONG ref;
    struct wanted wanted;
};

static struct health_agent_binding *
impl_from_INapSystemHealthAgentBinding2(INapSystemHealthAgentBinding2 *iface)
{
    return CONTAINING_RECORD(iface, struct health_agent_binding,
                             INapSystemHealthAgentBinding2_iface);
}

static void health_agent_binding_destroy(struct health_agent_binding *binding)
{
    /* The callback may take references to the binding once more as it goes, and give them back:
     * they do not end it a second time. */
    binding->ref = 1;
    wanted_end(&binding->wanted);
    CoTaskMemFree(binding);
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
    return (ULONG)InterlockedIncrement(&impl_from_INapSystemHealthAgentBinding2(iface)->ref);
}

static ULONG STDMETHODCALLTYPE health_agent_binding_Release(INapSystemHealthAgentBinding2 *iface)
{
    struct health_agent_binding *binding = impl_from_INapSystemHealthAgentBinding2(iface);
    LONG ref = InterlockedDecrement(&binding->ref);

    if (ref == 0)
    {
        health_agent_binding_destroy(binding);
        module_unlock();
    }
    return (ULONG)ref;
}

static HRESULT STDMETHODCALLTYPE
health_agent_binding_Initialize(INapSystemHealthAgentBinding2 *iface, SystemHealthEntityId id,
                                INapSystemHealthAgentCallback *callback)
{
    (void)id;

    return wanted_begin(&impl_from_INapSystemHealthAgentBinding2(iface)->wanted,
                        (IUnknown *)callback);
}

static HRESULT STDMETHODCALLTYPE
health_agent_binding_Uninitialize(INapSystemHealthAgentBinding2 *iface)
{
    return wanted_end(&impl_from_INapSystemHealthAgentBinding2(iface)->wanted);
}

/* NotifySoHChange and FlushCache: there is nobody to notify, and no cache. */
static HRESULT STDMETHODCALLTYPE health_agent_binding_answer(INapSystemHealthAgentBinding2 *iface)
{
    return wanted_answer(&impl_from_INapSystemHealthAgentBinding2(iface)->wanted);
}

static HRESULT STDMETHODCALLTYPE health_agent_binding_GetSystemIsolationInfo(
    INapSystemHealthAgentBinding2 *iface, IsolationInfo **isolationInfo, BOOL *unknownConnections)
{
    HRESULT hr = clear_isolation_info(isolationInfo, unknownConnections);

    return FAILED(hr) ? hr : health_agent_binding_answer(iface);
}

static HRESULT STDMETHODCALLTYPE health_agent_binding_GetSystemIsolationInfoEx(
    INapSystemHealthAgentBinding2 *iface, IsolationInfoEx **isolationInfo, BOOL *unknownConnections)
{
    HRESULT hr = clear_isolation_info_ex(isolationInfo, unknownConnections);

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
    struct health_agent_binding *binding;

    if (!(binding = alloc_zeroed(1, sizeof(*binding))))
        return E_OUTOFMEMORY;
    binding->INapSystemHealthAgentBinding2_iface.lpVtbl =
        (INapSystemHealthAgentBinding2Vtbl *)&health_agent_binding_vtbl;
    binding->ref = 1;
    module_lock();
    *object = (IUnknown *)&binding->INapSystemHealthAgentBinding2_iface;
    return S_OK;
}
