/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interfaces through which programs manage a NAP client. They register components, and query
 * how the network restricts this machine.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. qutil.dll
 * implements none of these interfaces. They are implemented by qagent.dll: on old Windows versions
 * by that of the NAP agent, otherwise by that of this project. This header says what Microsoft has
 * documented, except where the tag "decided" marks what the qagent.dll of this project does.
 *
 * A method that has an out parameter of the type pointer to pointer returns a CoTaskMem block
 * there, which the caller releases with the function of naputil.h that is named below. Define
 * COBJMACROS for the call macros of C.
 */
#ifndef __napmanagement_h__
#define __napmanagement_h__

#include <naptypes.h>
#include <nap_interface.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef interface INapClientManagement INapClientManagement;
typedef interface INapClientManagement2 INapClientManagement2;

/*
 * INapClientManagement manages the client. Class: CLSID_NapClientManagement.
 *
 * The object has no state. Several threads may call it at the same time.
 *
 *  GetNapClientInfo        Returns whether NAP is in use, and three texts, each released with
 *                          FreeCountedString.
 *  GetSystemIsolationInfo  Returns the most restricted state of all connections, released with
 *                          FreeIsolationInfo, and whether there are connections whose state is not
 *                          known.
 *  RegisterSystemHealthAgent, RegisterEnforcementClient  Register a component permanently and for
 *                          all users. Only id and, for a client, componentType are read (decided).
 *                          A client's componentType is one of the flags, or 0 as in Microsoft's
 *                          sample. The number of components has no limit (decided).
 *  UnregisterSystemHealthAgent, UnregisterEnforcementClient  Unregister a component.
 *  GetRegisteredSystemHealthAgents, GetRegisteredEnforcementClients  Return an array in one block,
 *                          released with FreeNapComponentRegistrationInfoArray(*count, ...).
 *
 * S_OK; E_ACCESSDENIED without the rights of an administrator; NAP_E_CONFLICTING_ID if the id is
 * already registered; NAP_E_NOT_REGISTERED if the id is not registered; NAP_E_STILL_BOUND while the
 * component is in use; RPC_E_DISCONNECTED from the Get methods while the NAP agent does not run;
 * E_INVALIDARG for a NULL pointer, for the ids 0 and NapSystemId (decided), and for another
 * componentType (decided); E_OUTOFMEMORY.
 *
 * The qagent.dll of this project has no NAP agent. Its Get methods always return
 * RPC_E_DISCONNECTED, and it never returns NAP_E_STILL_BOUND.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapClientManagement
NAP_INTERFACE(INapClientManagement, IUnknown, "432a1da5-3888-4b9a-a734-cff1e448c5b9")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetNapClientInfo)(THIS_ _Out_ BOOL *isNapEnabled, _Outptr_ CountedString **clientName,
                                _Outptr_ CountedString **clientDescription,
                                _Outptr_ CountedString **protocolVersion) PURE;
    NAPMETHOD(GetSystemIsolationInfo)(THIS_ _Outptr_ IsolationInfo **isolationInfo,
                                      _Out_ BOOL *unknownConnections) PURE;
    NAPMETHOD(RegisterSystemHealthAgent)(THIS_ _In_ const NapComponentRegistrationInfo *agent) PURE;
    NAPMETHOD(UnregisterSystemHealthAgent)(THIS_ SystemHealthEntityId id) PURE;
    NAPMETHOD(RegisterEnforcementClient)(THIS_ _In_ const NapComponentRegistrationInfo *enforcer)
        PURE;
    NAPMETHOD(UnregisterEnforcementClient)(THIS_ EnforcementEntityId id) PURE;
    NAPMETHOD(GetRegisteredSystemHealthAgents)(THIS_ _Out_ SystemHealthEntityCount *count,
                                               _Outptr_ NapComponentRegistrationInfo **agents) PURE;
    NAPMETHOD(GetRegisteredEnforcementClients)(THIS_ _Out_ EnforcementEntityCount *count,
                                               _Outptr_ NapComponentRegistrationInfo **enforcers)
        PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapClientManagement, 0x432a1da5, 0x3888, 0x4b9a, 0xa7, 0x34, 0xcf, 0xf1, 0xe4, 0x48, 0xc5,
        0xb9)

#ifdef COBJMACROS
#define INapClientManagement_QueryInterface(This, riid, ppvObject)                                 \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapClientManagement_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapClientManagement_Release(This) (This)->lpVtbl->Release(This)
#define INapClientManagement_GetNapClientInfo(This, isNapEnabled, clientName, clientDescription,   \
                                              protocolVersion)                                     \
    (This)->lpVtbl->GetNapClientInfo(This, isNapEnabled, clientName, clientDescription,            \
                                     protocolVersion)
#define INapClientManagement_GetSystemIsolationInfo(This, isolationInfo, unknownConnections)       \
    (This)->lpVtbl->GetSystemIsolationInfo(This, isolationInfo, unknownConnections)
#define INapClientManagement_RegisterSystemHealthAgent(This, agent)                                \
    (This)->lpVtbl->RegisterSystemHealthAgent(This, agent)
#define INapClientManagement_UnregisterSystemHealthAgent(This, id)                                 \
    (This)->lpVtbl->UnregisterSystemHealthAgent(This, id)
#define INapClientManagement_RegisterEnforcementClient(This, enforcer)                             \
    (This)->lpVtbl->RegisterEnforcementClient(This, enforcer)
#define INapClientManagement_UnregisterEnforcementClient(This, id)                                 \
    (This)->lpVtbl->UnregisterEnforcementClient(This, id)
#define INapClientManagement_GetRegisteredSystemHealthAgents(This, count, agents)                  \
    (This)->lpVtbl->GetRegisteredSystemHealthAgents(This, count, agents)
#define INapClientManagement_GetRegisteredEnforcementClients(This, count, enforcers)               \
    (This)->lpVtbl->GetRegisteredEnforcementClients(This, count, enforcers)
#endif

/*
 * INapClientManagement2 has the addition of Windows 7.
 *
 *  GetSystemIsolationInfoEx  Is like GetSystemIsolationInfo, and also returns the extended state.
 *                            The structure is released with FreeIsolationInfoEx.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapClientManagement2
NAP_INTERFACE(INapClientManagement2, INapClientManagement, "07a1127b-18cc-422a-b988-e892600fcc74")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetNapClientInfo)(THIS_ _Out_ BOOL *isNapEnabled, _Outptr_ CountedString **clientName,
                                _Outptr_ CountedString **clientDescription,
                                _Outptr_ CountedString **protocolVersion) PURE;
    NAPMETHOD(GetSystemIsolationInfo)(THIS_ _Outptr_ IsolationInfo **isolationInfo,
                                      _Out_ BOOL *unknownConnections) PURE;
    NAPMETHOD(RegisterSystemHealthAgent)(THIS_ _In_ const NapComponentRegistrationInfo *agent) PURE;
    NAPMETHOD(UnregisterSystemHealthAgent)(THIS_ SystemHealthEntityId id) PURE;
    NAPMETHOD(RegisterEnforcementClient)(THIS_ _In_ const NapComponentRegistrationInfo *enforcer)
        PURE;
    NAPMETHOD(UnregisterEnforcementClient)(THIS_ EnforcementEntityId id) PURE;
    NAPMETHOD(GetRegisteredSystemHealthAgents)(THIS_ _Out_ SystemHealthEntityCount *count,
                                               _Outptr_ NapComponentRegistrationInfo **agents) PURE;
    NAPMETHOD(GetRegisteredEnforcementClients)(THIS_ _Out_ EnforcementEntityCount *count,
                                               _Outptr_ NapComponentRegistrationInfo **enforcers)
        PURE;

    NAPMETHOD(GetSystemIsolationInfoEx)(THIS_ _Outptr_ IsolationInfoEx **isolationInfo,
                                        _Out_ BOOL *unknownConnections) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapClientManagement2, 0x07a1127b, 0x18cc, 0x422a, 0xb9, 0x88, 0xe8, 0x92, 0x60, 0x0f, 0xcc,
        0x74)

#ifdef COBJMACROS
#define INapClientManagement2_QueryInterface(This, riid, ppvObject)                                \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapClientManagement2_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapClientManagement2_Release(This) (This)->lpVtbl->Release(This)
#define INapClientManagement2_GetNapClientInfo(This, isNapEnabled, clientName, clientDescription,  \
                                               protocolVersion)                                    \
    (This)->lpVtbl->GetNapClientInfo(This, isNapEnabled, clientName, clientDescription,            \
                                     protocolVersion)
#define INapClientManagement2_GetSystemIsolationInfo(This, isolationInfo, unknownConnections)      \
    (This)->lpVtbl->GetSystemIsolationInfo(This, isolationInfo, unknownConnections)
#define INapClientManagement2_RegisterSystemHealthAgent(This, agent)                               \
    (This)->lpVtbl->RegisterSystemHealthAgent(This, agent)
#define INapClientManagement2_UnregisterSystemHealthAgent(This, id)                                \
    (This)->lpVtbl->UnregisterSystemHealthAgent(This, id)
#define INapClientManagement2_RegisterEnforcementClient(This, enforcer)                            \
    (This)->lpVtbl->RegisterEnforcementClient(This, enforcer)
#define INapClientManagement2_UnregisterEnforcementClient(This, id)                                \
    (This)->lpVtbl->UnregisterEnforcementClient(This, id)
#define INapClientManagement2_GetRegisteredSystemHealthAgents(This, count, agents)                 \
    (This)->lpVtbl->GetRegisteredSystemHealthAgents(This, count, agents)
#define INapClientManagement2_GetRegisteredEnforcementClients(This, count, enforcers)              \
    (This)->lpVtbl->GetRegisteredEnforcementClients(This, count, enforcers)
#define INapClientManagement2_GetSystemIsolationInfoEx(This, isolationInfo, unknownConnections)    \
    (This)->lpVtbl->GetSystemIsolationInfoEx(This, isolationInfo, unknownConnections)
#endif

NAP_CLASS(NapClientManagement, "eb082ba1-df8a-46be-82f3-35bf9e9be52f", 0xeb082ba1, 0xdf8a, 0x46be,
          0x82, 0xf3, 0x35, 0xbf, 0x9e, 0x9b, 0xe5, 0x2f)

#ifdef __cplusplus
}
#endif

#endif
