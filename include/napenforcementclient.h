/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interfaces between the NAP agent and an enforcement client. An enforcement client is a
 * component that applies the network's verdict on the health of this machine (for DHCP, VPN, 802.1X
 * and so on).
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. qutil.dll
 * implements none of these interfaces. The enforcement client implements
 * INapEnforcementClientCallback, and the NAP agent implements the others. qutil.dll allocates and
 * frees the structures that they pass to each other. Everything that this header says about the NAP
 * agent is documented by Microsoft.
 *
 * A method that returns a structure returns a CoTaskMem block, which the caller releases with the
 * function of naputil.h that is named below. Define COBJMACROS for the call macros of C.
 */
#ifndef __napenforcementclient_h__
#define __napenforcementclient_h__

#include <naptypes.h>
#include <nap_interface.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Values of a ProtocolMaxSize: the default, the smallest and the largest. */
#define defaultProtocolMaxSize 4000
#define minProtocolMaxSize     300
#define maxProtocolMaxSize     0xffff

/* The size of the largest SoH packet that the protocol of a connection carries, in bytes. */
typedef UINT32 ProtocolMaxSize;

typedef interface INapEnforcementClientBinding INapEnforcementClientBinding;
typedef interface INapEnforcementClientCallback INapEnforcementClientCallback;
typedef interface INapEnforcementClientConnection INapEnforcementClientConnection;
typedef interface INapEnforcementClientConnection2 INapEnforcementClientConnection2;

/* The list of the connections of an enforcement client. AllocConnections allocates it.
 * FreeConnections releases the interfaces in it and frees it. */
typedef struct tagConnections
{
    UINT16 count; /* elements of connections */
    INapEnforcementClientConnection **connections;
} Connections;

/*
 * INapEnforcementClientBinding connects an enforcement client to the NAP agent, which implements
 * it. Class: CLSID_NapEnforcementClientBinding.
 *
 *  Initialize          Announces the client by its registered id. From then on the agent calls
 *                      callback, and holds a reference to it.
 *  Uninitialize        Ends this, and releases the agent's reference to the callback.
 *  CreateConnection    Creates an empty connection object, which the caller releases.
 *  GetSoHRequest       Asks the agent for the SoH request of a connection. If *retriggerHint is
 *                      TRUE, the answer is not final, and the agent will call NotifySoHChange.
 *  ProcessSoHResponse  Passes the network's response, which is stored in the connection, to the
 *                      agent.
 *  NotifyConnectionStateDown  Tells the agent that a connection has ended.
 *  NotifySoHChangeFailure     Tells the agent that the client could not carry out a
 *                             NotifySoHChange.
 *
 * The qagent.dll of this project has no NAP agent. Its methods return E_INVALIDARG for a NULL
 * pointer (decided), NAP_E_NOT_INITIALIZED before Initialize (documented), and otherwise
 * RPC_E_DISCONNECTED. Initialize does not check the id. It may be called again, and then replaces
 * the callback (decided).
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapEnforcementClientBinding
NAP_INTERFACE(INapEnforcementClientBinding, IUnknown, "92b93223-7487-42d9-9a91-5b8507720384")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Initialize)(THIS_ EnforcementEntityId id,
                          _In_ INapEnforcementClientCallback *callback) PURE;
    NAPMETHOD(Uninitialize)(THIS) PURE;
    NAPMETHOD(CreateConnection)(THIS_ _COM_Outptr_ INapEnforcementClientConnection **connection)
        PURE;
    NAPMETHOD(GetSoHRequest)(THIS_ _In_ INapEnforcementClientConnection *connection,
                             _Out_ BOOL *retriggerHint) PURE;
    NAPMETHOD(ProcessSoHResponse)(THIS_ _In_ INapEnforcementClientConnection *connection) PURE;
    NAPMETHOD(NotifyConnectionStateDown)(THIS_ _In_ INapEnforcementClientConnection *downCxn) PURE;
    NAPMETHOD(NotifySoHChangeFailure)(THIS) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapEnforcementClientBinding, 0x92b93223, 0x7487, 0x42d9, 0x9a, 0x91, 0x5b, 0x85, 0x07,
        0x72, 0x03, 0x84)

#ifdef COBJMACROS
#define INapEnforcementClientBinding_QueryInterface(This, riid, ppvObject)                         \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapEnforcementClientBinding_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapEnforcementClientBinding_Release(This) (This)->lpVtbl->Release(This)
#define INapEnforcementClientBinding_Initialize(This, id, callback)                                \
    (This)->lpVtbl->Initialize(This, id, callback)
#define INapEnforcementClientBinding_Uninitialize(This) (This)->lpVtbl->Uninitialize(This)
#define INapEnforcementClientBinding_CreateConnection(This, connection)                            \
    (This)->lpVtbl->CreateConnection(This, connection)
#define INapEnforcementClientBinding_GetSoHRequest(This, connection, retriggerHint)                \
    (This)->lpVtbl->GetSoHRequest(This, connection, retriggerHint)
#define INapEnforcementClientBinding_ProcessSoHResponse(This, connection)                          \
    (This)->lpVtbl->ProcessSoHResponse(This, connection)
#define INapEnforcementClientBinding_NotifyConnectionStateDown(This, downCxn)                      \
    (This)->lpVtbl->NotifyConnectionStateDown(This, downCxn)
#define INapEnforcementClientBinding_NotifySoHChangeFailure(This)                                  \
    (This)->lpVtbl->NotifySoHChangeFailure(This)
#endif

/*
 * INapEnforcementClientCallback is called by the NAP agent. The enforcement client implements it.
 *
 *  NotifySoHChange  The health of the machine has changed, and the client has to start a new SoH
 *                   exchange.
 *  GetConnections   Returns the client's connections. The client allocates the list with
 *                   AllocConnections and adds a reference to each connection in it. The agent frees
 *                   the list and the references with FreeConnections.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapEnforcementClientCallback
NAP_INTERFACE(INapEnforcementClientCallback, IUnknown, "f5a0b90a-83a1-4f76-ba3f-025418682814")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(NotifySoHChange)(THIS) PURE;
    NAPMETHOD(GetConnections)(THIS_ _Outptr_ Connections **connections) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapEnforcementClientCallback, 0xf5a0b90a, 0x83a1, 0x4f76, 0xba, 0x3f, 0x02, 0x54, 0x18,
        0x68, 0x28, 0x14)

#ifdef COBJMACROS
#define INapEnforcementClientCallback_QueryInterface(This, riid, ppvObject)                        \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapEnforcementClientCallback_AddRef(This)          (This)->lpVtbl->AddRef(This)
#define INapEnforcementClientCallback_Release(This)         (This)->lpVtbl->Release(This)
#define INapEnforcementClientCallback_NotifySoHChange(This) (This)->lpVtbl->NotifySoHChange(This)
#define INapEnforcementClientCallback_GetConnections(This, connections)                            \
    (This)->lpVtbl->GetConnections(This, connections)
#endif

/*
 * INapEnforcementClientConnection holds the data of one network connection, which the NAP agent and
 * the enforcement client share. The agent implements it. A Set method stores a copy. A Get method
 * returns a copy, which the caller releases.
 *
 *  Initialize              Assigns the connection to the enforcement client with this id.
 *  SetMaxSize, GetMaxSize  The size of the largest packet that the protocol carries, in bytes.
 *  SetFlags, GetFlags      freshSoHRequest or 0.
 *  SetConnectionId, GetConnectionId    Released with CoTaskMemFree.
 *  GetCorrelationId, SetCorrelationId  A structure of the caller: nothing is to be released.
 *  GetStringCorrelationId              Released with FreeCountedString.
 *  SetSoHRequest, GetSoHRequest        Released with FreeNetworkSoH.
 *  SetSoHResponse, GetSoHResponse      Released with FreeNetworkSoH.
 *  SetIsolationInfo, GetIsolationInfo  Released with FreeIsolationInfo.
 *  SetPrivateData, GetPrivateData      The client's own bytes. Released with FreePrivateData.
 *  SetEnforcerPrivateData, GetEnforcerPrivateData  Bytes for the enforcement server. Released with
 *                          FreePrivateData.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapEnforcementClientConnection
NAP_INTERFACE(INapEnforcementClientConnection, IUnknown, "fb3a3505-ddb1-468a-b307-f328a57419d8")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Initialize)(THIS_ EnforcementEntityId id) PURE;
    NAPMETHOD(SetMaxSize)(THIS_ ProtocolMaxSize maxSize) PURE;
    NAPMETHOD(GetMaxSize)(THIS_ _Out_ ProtocolMaxSize *maxSize) PURE;
    NAPMETHOD(SetFlags)(THIS_ UINT8 flags) PURE;
    NAPMETHOD(GetFlags)(THIS_ _Out_ UINT8 *flags) PURE;
    NAPMETHOD(SetConnectionId)(THIS_ _In_ const ConnectionId *connectionId) PURE;
    NAPMETHOD(GetConnectionId)(THIS_ _Outptr_ ConnectionId **connectionId) PURE;
    NAPMETHOD(GetCorrelationId)(THIS_ _Out_ CorrelationId *correlationId) PURE;
    NAPMETHOD(GetStringCorrelationId)(THIS_ _Outptr_ StringCorrelationId **correlationId) PURE;
    NAPMETHOD(SetCorrelationId)(THIS_ CorrelationId correlationId) PURE;
    NAPMETHOD(SetSoHRequest)(THIS_ _In_ const NetworkSoHRequest *sohRequest) PURE;
    NAPMETHOD(GetSoHRequest)(THIS_ _Outptr_ NetworkSoHRequest **sohRequest) PURE;
    NAPMETHOD(SetSoHResponse)(THIS_ _In_ const NetworkSoHResponse *sohResponse) PURE;
    NAPMETHOD(GetSoHResponse)(THIS_ _Outptr_ NetworkSoHResponse **sohResponse) PURE;
    NAPMETHOD(SetIsolationInfo)(THIS_ _In_ const IsolationInfo *isolationInfo) PURE;
    NAPMETHOD(GetIsolationInfo)(THIS_ _Outptr_ IsolationInfo **isolationInfo) PURE;
    NAPMETHOD(SetPrivateData)(THIS_ _In_ const PrivateData *privateData) PURE;
    NAPMETHOD(GetPrivateData)(THIS_ _Outptr_ PrivateData **privateData) PURE;
    NAPMETHOD(SetEnforcerPrivateData)(THIS_ _In_ const PrivateData *privateData) PURE;
    NAPMETHOD(GetEnforcerPrivateData)(THIS_ _Outptr_ PrivateData **privateData) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapEnforcementClientConnection, 0xfb3a3505, 0xddb1, 0x468a, 0xb3, 0x07, 0xf3, 0x28, 0xa5,
        0x74, 0x19, 0xd8)

#ifdef COBJMACROS
#define INapEnforcementClientConnection_QueryInterface(This, riid, ppvObject)                      \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapEnforcementClientConnection_AddRef(This)         (This)->lpVtbl->AddRef(This)
#define INapEnforcementClientConnection_Release(This)        (This)->lpVtbl->Release(This)
#define INapEnforcementClientConnection_Initialize(This, id) (This)->lpVtbl->Initialize(This, id)
#define INapEnforcementClientConnection_SetMaxSize(This, maxSize)                                  \
    (This)->lpVtbl->SetMaxSize(This, maxSize)
#define INapEnforcementClientConnection_GetMaxSize(This, maxSize)                                  \
    (This)->lpVtbl->GetMaxSize(This, maxSize)
#define INapEnforcementClientConnection_SetFlags(This, flags) (This)->lpVtbl->SetFlags(This, flags)
#define INapEnforcementClientConnection_GetFlags(This, flags) (This)->lpVtbl->GetFlags(This, flags)
#define INapEnforcementClientConnection_SetConnectionId(This, connectionId)                        \
    (This)->lpVtbl->SetConnectionId(This, connectionId)
#define INapEnforcementClientConnection_GetConnectionId(This, connectionId)                        \
    (This)->lpVtbl->GetConnectionId(This, connectionId)
#define INapEnforcementClientConnection_GetCorrelationId(This, correlationId)                      \
    (This)->lpVtbl->GetCorrelationId(This, correlationId)
#define INapEnforcementClientConnection_GetStringCorrelationId(This, correlationId)                \
    (This)->lpVtbl->GetStringCorrelationId(This, correlationId)
#define INapEnforcementClientConnection_SetCorrelationId(This, correlationId)                      \
    (This)->lpVtbl->SetCorrelationId(This, correlationId)
#define INapEnforcementClientConnection_SetSoHRequest(This, sohRequest)                            \
    (This)->lpVtbl->SetSoHRequest(This, sohRequest)
#define INapEnforcementClientConnection_GetSoHRequest(This, sohRequest)                            \
    (This)->lpVtbl->GetSoHRequest(This, sohRequest)
#define INapEnforcementClientConnection_SetSoHResponse(This, sohResponse)                          \
    (This)->lpVtbl->SetSoHResponse(This, sohResponse)
#define INapEnforcementClientConnection_GetSoHResponse(This, sohResponse)                          \
    (This)->lpVtbl->GetSoHResponse(This, sohResponse)
#define INapEnforcementClientConnection_SetIsolationInfo(This, isolationInfo)                      \
    (This)->lpVtbl->SetIsolationInfo(This, isolationInfo)
#define INapEnforcementClientConnection_GetIsolationInfo(This, isolationInfo)                      \
    (This)->lpVtbl->GetIsolationInfo(This, isolationInfo)
#define INapEnforcementClientConnection_SetPrivateData(This, privateData)                          \
    (This)->lpVtbl->SetPrivateData(This, privateData)
#define INapEnforcementClientConnection_GetPrivateData(This, privateData)                          \
    (This)->lpVtbl->GetPrivateData(This, privateData)
#define INapEnforcementClientConnection_SetEnforcerPrivateData(This, privateData)                  \
    (This)->lpVtbl->SetEnforcerPrivateData(This, privateData)
#define INapEnforcementClientConnection_GetEnforcerPrivateData(This, privateData)                  \
    (This)->lpVtbl->GetEnforcerPrivateData(This, privateData)
#endif

/*
 * INapEnforcementClientConnection2 has the additions of Windows 7: the extended isolation state,
 * and the list of the validators that the server has.
 *
 *  SetIsolationInfoEx, GetIsolationInfoEx  Released with FreeIsolationInfoEx.
 *  GetInstalledShvs    Returns *count ids in one block, released with CoTaskMemFree.
 *  SetInstalledShvs    Stores a copy of ids, which has count elements.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapEnforcementClientConnection2
NAP_INTERFACE(INapEnforcementClientConnection2, INapEnforcementClientConnection,
              "bd244906-70dd-4690-beea-648653393500")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Initialize)(THIS_ EnforcementEntityId id) PURE;
    NAPMETHOD(SetMaxSize)(THIS_ ProtocolMaxSize maxSize) PURE;
    NAPMETHOD(GetMaxSize)(THIS_ _Out_ ProtocolMaxSize *maxSize) PURE;
    NAPMETHOD(SetFlags)(THIS_ UINT8 flags) PURE;
    NAPMETHOD(GetFlags)(THIS_ _Out_ UINT8 *flags) PURE;
    NAPMETHOD(SetConnectionId)(THIS_ _In_ const ConnectionId *connectionId) PURE;
    NAPMETHOD(GetConnectionId)(THIS_ _Outptr_ ConnectionId **connectionId) PURE;
    NAPMETHOD(GetCorrelationId)(THIS_ _Out_ CorrelationId *correlationId) PURE;
    NAPMETHOD(GetStringCorrelationId)(THIS_ _Outptr_ StringCorrelationId **correlationId) PURE;
    NAPMETHOD(SetCorrelationId)(THIS_ CorrelationId correlationId) PURE;
    NAPMETHOD(SetSoHRequest)(THIS_ _In_ const NetworkSoHRequest *sohRequest) PURE;
    NAPMETHOD(GetSoHRequest)(THIS_ _Outptr_ NetworkSoHRequest **sohRequest) PURE;
    NAPMETHOD(SetSoHResponse)(THIS_ _In_ const NetworkSoHResponse *sohResponse) PURE;
    NAPMETHOD(GetSoHResponse)(THIS_ _Outptr_ NetworkSoHResponse **sohResponse) PURE;
    NAPMETHOD(SetIsolationInfo)(THIS_ _In_ const IsolationInfo *isolationInfo) PURE;
    NAPMETHOD(GetIsolationInfo)(THIS_ _Outptr_ IsolationInfo **isolationInfo) PURE;
    NAPMETHOD(SetPrivateData)(THIS_ _In_ const PrivateData *privateData) PURE;
    NAPMETHOD(GetPrivateData)(THIS_ _Outptr_ PrivateData **privateData) PURE;
    NAPMETHOD(SetEnforcerPrivateData)(THIS_ _In_ const PrivateData *privateData) PURE;
    NAPMETHOD(GetEnforcerPrivateData)(THIS_ _Outptr_ PrivateData **privateData) PURE;

    NAPMETHOD(SetIsolationInfoEx)(THIS_ _In_ const IsolationInfoEx *isolationInfo) PURE;
    NAPMETHOD(GetIsolationInfoEx)(THIS_ _Outptr_ IsolationInfoEx **isolationInfo) PURE;
    NAPMETHOD(GetInstalledShvs)(THIS_ _Out_ SystemHealthEntityCount *count,
                                _Outptr_ SystemHealthEntityId **ids) PURE;
    NAPMETHOD(SetInstalledShvs)(THIS_ SystemHealthEntityCount count,
                                _In_ SystemHealthEntityId *ids) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapEnforcementClientConnection2, 0xbd244906, 0x70dd, 0x4690, 0xbe, 0xea, 0x64, 0x86, 0x53,
        0x39, 0x35, 0x00)

#ifdef COBJMACROS
#define INapEnforcementClientConnection2_QueryInterface(This, riid, ppvObject)                     \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapEnforcementClientConnection2_AddRef(This)         (This)->lpVtbl->AddRef(This)
#define INapEnforcementClientConnection2_Release(This)        (This)->lpVtbl->Release(This)
#define INapEnforcementClientConnection2_Initialize(This, id) (This)->lpVtbl->Initialize(This, id)
#define INapEnforcementClientConnection2_SetMaxSize(This, maxSize)                                 \
    (This)->lpVtbl->SetMaxSize(This, maxSize)
#define INapEnforcementClientConnection2_GetMaxSize(This, maxSize)                                 \
    (This)->lpVtbl->GetMaxSize(This, maxSize)
#define INapEnforcementClientConnection2_SetFlags(This, flags) (This)->lpVtbl->SetFlags(This, flags)
#define INapEnforcementClientConnection2_GetFlags(This, flags) (This)->lpVtbl->GetFlags(This, flags)
#define INapEnforcementClientConnection2_SetConnectionId(This, connectionId)                       \
    (This)->lpVtbl->SetConnectionId(This, connectionId)
#define INapEnforcementClientConnection2_GetConnectionId(This, connectionId)                       \
    (This)->lpVtbl->GetConnectionId(This, connectionId)
#define INapEnforcementClientConnection2_GetCorrelationId(This, correlationId)                     \
    (This)->lpVtbl->GetCorrelationId(This, correlationId)
#define INapEnforcementClientConnection2_GetStringCorrelationId(This, correlationId)               \
    (This)->lpVtbl->GetStringCorrelationId(This, correlationId)
#define INapEnforcementClientConnection2_SetCorrelationId(This, correlationId)                     \
    (This)->lpVtbl->SetCorrelationId(This, correlationId)
#define INapEnforcementClientConnection2_SetSoHRequest(This, sohRequest)                           \
    (This)->lpVtbl->SetSoHRequest(This, sohRequest)
#define INapEnforcementClientConnection2_GetSoHRequest(This, sohRequest)                           \
    (This)->lpVtbl->GetSoHRequest(This, sohRequest)
#define INapEnforcementClientConnection2_SetSoHResponse(This, sohResponse)                         \
    (This)->lpVtbl->SetSoHResponse(This, sohResponse)
#define INapEnforcementClientConnection2_GetSoHResponse(This, sohResponse)                         \
    (This)->lpVtbl->GetSoHResponse(This, sohResponse)
#define INapEnforcementClientConnection2_SetIsolationInfo(This, isolationInfo)                     \
    (This)->lpVtbl->SetIsolationInfo(This, isolationInfo)
#define INapEnforcementClientConnection2_GetIsolationInfo(This, isolationInfo)                     \
    (This)->lpVtbl->GetIsolationInfo(This, isolationInfo)
#define INapEnforcementClientConnection2_SetPrivateData(This, privateData)                         \
    (This)->lpVtbl->SetPrivateData(This, privateData)
#define INapEnforcementClientConnection2_GetPrivateData(This, privateData)                         \
    (This)->lpVtbl->GetPrivateData(This, privateData)
#define INapEnforcementClientConnection2_SetEnforcerPrivateData(This, privateData)                 \
    (This)->lpVtbl->SetEnforcerPrivateData(This, privateData)
#define INapEnforcementClientConnection2_GetEnforcerPrivateData(This, privateData)                 \
    (This)->lpVtbl->GetEnforcerPrivateData(This, privateData)
#define INapEnforcementClientConnection2_SetIsolationInfoEx(This, isolationInfo)                   \
    (This)->lpVtbl->SetIsolationInfoEx(This, isolationInfo)
#define INapEnforcementClientConnection2_GetIsolationInfoEx(This, isolationInfo)                   \
    (This)->lpVtbl->GetIsolationInfoEx(This, isolationInfo)
#define INapEnforcementClientConnection2_GetInstalledShvs(This, count, ids)                        \
    (This)->lpVtbl->GetInstalledShvs(This, count, ids)
#define INapEnforcementClientConnection2_SetInstalledShvs(This, count, ids)                        \
    (This)->lpVtbl->SetInstalledShvs(This, count, ids)
#endif

/* The class of the NAP agent that implements INapEnforcementClientBinding. */
NAP_CLASS(NapEnforcementClientBinding, "9443b89b-6564-496a-b19c-6c6d22709045", 0x9443b89b, 0x6564,
          0x496a, 0xb1, 0x9c, 0x6c, 0x6d, 0x22, 0x70, 0x90, 0x45)

#ifdef __cplusplus
}
#endif

#endif
