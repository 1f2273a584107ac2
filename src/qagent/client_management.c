/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapClientManagement. Without a NAP agent only its Register and Unregister methods can succeed.
 */
#include "qagent_private.h"

struct client_management
{
    INapClientManagement2 INapClientManagement2_iface;
    LONG ref;
    IUnknown *marshaler; /* free-threaded: every apartment gets the object, not a proxy */
};

static struct client_management *impl_from_INapClientManagement2(INapClientManagement2 *iface)
{
    return CONTAINING_RECORD(iface, struct client_management, INapClientManagement2_iface);
}

static HRESULT STDMETHODCALLTYPE client_management_QueryInterface(INapClientManagement2 *iface,
                                                                  REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, &IID_INapClientManagement2) || IsEqualIID(iid, &IID_INapClientManagement) ||
        IsEqualIID(iid, &IID_IUnknown))
    {
        INapClientManagement2_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    if (IsEqualIID(iid, &IID_IMarshal))
        return IUnknown_QueryInterface(impl_from_INapClientManagement2(iface)->marshaler, iid, out);
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE client_management_AddRef(INapClientManagement2 *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_INapClientManagement2(iface)->ref);
}

static ULONG STDMETHODCALLTYPE client_management_Release(INapClientManagement2 *iface)
{
    struct client_management *management = impl_from_INapClientManagement2(iface);
    LONG ref = InterlockedDecrement(&management->ref);

    if (ref == 0)
    {
        IUnknown_Release(management->marshaler);
        CoTaskMemFree(management);
        module_unlock();
    }
    return (ULONG)ref;
}

static HRESULT STDMETHODCALLTYPE client_management_GetNapClientInfo(
    INapClientManagement2 *iface, BOOL *isNapEnabled, CountedString **clientName,
    CountedString **clientDescription, CountedString **protocolVersion)
{
    (void)iface;

    if (isNapEnabled)
        *isNapEnabled = FALSE;
    if (clientName)
        *clientName = NULL;
    if (clientDescription)
        *clientDescription = NULL;
    if (protocolVersion)
        *protocolVersion = NULL;
    if (!isNapEnabled || !clientName || !clientDescription || !protocolVersion)
        return E_INVALIDARG;
    return RPC_E_DISCONNECTED;
}

HRESULT clear_isolation_info(void **info, BOOL *unknown)
{
    if (info)
        *info = NULL;
    if (unknown)
        *unknown = FALSE;
    return info && unknown ? S_OK : E_INVALIDARG;
}

static HRESULT STDMETHODCALLTYPE client_management_GetSystemIsolationInfo(
    INapClientManagement2 *iface, IsolationInfo **isolationInfo, BOOL *unknownConnections)
{
    HRESULT hr = clear_isolation_info((void **)isolationInfo, unknownConnections);

    (void)iface;

    return FAILED(hr) ? hr : RPC_E_DISCONNECTED;
}

static HRESULT STDMETHODCALLTYPE client_management_RegisterSystemHealthAgent(
    INapClientManagement2 *iface, const NapComponentRegistrationInfo *agent)
{
    (void)iface;

    return agent ? store_add(STORE_HEALTH_AGENTS, agent->id) : E_INVALIDARG;
}

static HRESULT STDMETHODCALLTYPE
client_management_UnregisterSystemHealthAgent(INapClientManagement2 *iface, SystemHealthEntityId id)
{
    (void)iface;

    return store_remove(STORE_HEALTH_AGENTS, id);
}

static HRESULT STDMETHODCALLTYPE client_management_RegisterEnforcementClient(
    INapClientManagement2 *iface, const NapComponentRegistrationInfo *enforcer)
{
    (void)iface;

    if (!enforcer)
        return E_INVALIDARG;
    switch (enforcer->componentType)
    {
    case 0: /* the enforcement client sample of the Windows SDK passes 0 */
    case ComponentTypeEnforcementClientSoH:
    case ComponentTypeEnforcementClientRp:
        return store_add(STORE_ENFORCEMENT_CLIENTS, enforcer->id);
    default:
        return E_INVALIDARG;
    }
}

static HRESULT STDMETHODCALLTYPE
client_management_UnregisterEnforcementClient(INapClientManagement2 *iface, EnforcementEntityId id)
{
    (void)iface;

    return store_remove(STORE_ENFORCEMENT_CLIENTS, id);
}

/* Implements both GetRegisteredSystemHealthAgents and GetRegisteredEnforcementClients. */
static HRESULT STDMETHODCALLTYPE client_management_get_registered(
    INapClientManagement2 *iface, UINT16 *count, NapComponentRegistrationInfo **components)
{
    (void)iface;

    if (count)
        *count = 0;
    if (components)
        *components = NULL;
    return count && components ? RPC_E_DISCONNECTED : E_INVALIDARG;
}

static HRESULT STDMETHODCALLTYPE client_management_GetSystemIsolationInfoEx(
    INapClientManagement2 *iface, IsolationInfoEx **isolationInfo, BOOL *unknownConnections)
{
    HRESULT hr = clear_isolation_info((void **)isolationInfo, unknownConnections);

    (void)iface;

    return FAILED(hr) ? hr : RPC_E_DISCONNECTED;
}

static const INapClientManagement2Vtbl client_management_vtbl = {
    .QueryInterface = client_management_QueryInterface,
    .AddRef = client_management_AddRef,
    .Release = client_management_Release,
    .GetNapClientInfo = client_management_GetNapClientInfo,
    .GetSystemIsolationInfo = client_management_GetSystemIsolationInfo,
    .RegisterSystemHealthAgent = client_management_RegisterSystemHealthAgent,
    .UnregisterSystemHealthAgent = client_management_UnregisterSystemHealthAgent,
    .RegisterEnforcementClient = client_management_RegisterEnforcementClient,
    .UnregisterEnforcementClient = client_management_UnregisterEnforcementClient,
    .GetRegisteredSystemHealthAgents = client_management_get_registered,
    .GetRegisteredEnforcementClients = client_management_get_registered,
    .GetSystemIsolationInfoEx = client_management_GetSystemIsolationInfoEx,
};

HRESULT client_management_create(IUnknown **object)
{
    struct client_management *management;
    INapClientManagement2 *iface;
    HRESULT hr;

    if (!(management = alloc_zeroed(1, sizeof(*management))))
        return E_OUTOFMEMORY;
    iface = &management->INapClientManagement2_iface;
    iface->lpVtbl = (INapClientManagement2Vtbl *)&client_management_vtbl;
    management->ref = 1;
    if (FAILED(hr = CoCreateFreeThreadedMarshaler((IUnknown *)iface, &management->marshaler)))
    {
        CoTaskMemFree(management);
        return hr;
    }
    module_lock();
    *object = (IUnknown *)iface;
    return S_OK;
}
