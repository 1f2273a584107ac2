/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interfaces between the NAP agent and a system health agent: the component that says in a
 * Statement of Health (SoH) how one aspect of this machine is, and mends it when the server asks
 * for that.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. qutil.dll
 * implements none of these interfaces: the health agent implements INapSystemHealthAgentCallback,
 * the NAP agent the others, and the class is in its qagent.dll. What is said about the NAP agent
 * is documented by Microsoft.
 *
 * What a pointer to a pointer receives is a CoTaskMem block that the caller of the method releases
 * with the function of naputil.h named below. Define COBJMACROS for the call macros of C.
 */
#ifndef __napsystemhealthagent_h__
#define __napsystemhealthagent_h__

#include <naptypes.h>
#include <nap_interface.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef interface INapSystemHealthAgentBinding INapSystemHealthAgentBinding;
typedef interface INapSystemHealthAgentBinding2 INapSystemHealthAgentBinding2;
typedef interface INapSystemHealthAgentCallback INapSystemHealthAgentCallback;
typedef interface AsyncINapSystemHealthAgentCallback AsyncINapSystemHealthAgentCallback;
typedef interface INapSystemHealthAgentRequest INapSystemHealthAgentRequest;

/*
 * INapSystemHealthAgentBinding is how a health agent talks to the NAP agent. Class:
 * CLSID_NapSystemHealthAgentBinding.
 *
 *  Initialize       Binds the registered id: until Uninitialize, callback is called, and a
 *                   reference to it is held. No exchange follows from it alone. While the NAP agent
 *                   does not run, it returns RPC_E_DISCONNECTED, and the object binds by itself
 *                   when there is one.
 *  Uninitialize     Waits until no call of the callback is running, but for the one that it is
 *                   called from, and releases the callback. The object may be initialized again.
 *  NotifySoHChange  Says that the next SoH will differ. It returns at once; the NAP agent then
 *                   calls GetSoHRequest.
 *  GetSystemIsolationInfo  As INapClientManagement's. It may be called from any method of the
 *                   callback.
 *  FlushCache       Drops the SoH that the NAP agent has kept for this health agent.
 *
 * S_OK; HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED) for an object, or an id, that is bound;
 * NAP_E_NOT_REGISTERED for an id that is not registered; NAP_E_NOT_INITIALIZED before Initialize;
 * RPC_E_DISCONNECTED while the NAP agent does not run; E_INVALIDARG; E_OUTOFMEMORY.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSystemHealthAgentBinding
NAP_INTERFACE(INapSystemHealthAgentBinding, IUnknown, "a6894f43-9cc7-44c9-a23f-19dbf36bad28")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Initialize)(THIS_ SystemHealthEntityId id,
                          _In_ INapSystemHealthAgentCallback *callback) PURE;
    NAPMETHOD(Uninitialize)(THIS) PURE;
    NAPMETHOD(NotifySoHChange)(THIS) PURE;
    NAPMETHOD(GetSystemIsolationInfo)(THIS_ _Outptr_ IsolationInfo **isolationInfo,
                                      _Out_ BOOL *unknownConnections) PURE;
    NAPMETHOD(FlushCache)(THIS) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSystemHealthAgentBinding, 0xa6894f43, 0x9cc7, 0x44c9, 0xa2, 0x3f, 0x19, 0xdb, 0xf3,
        0x6b, 0xad, 0x28)

#ifdef COBJMACROS
#define INapSystemHealthAgentBinding_QueryInterface(This, riid, ppvObject)                         \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSystemHealthAgentBinding_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSystemHealthAgentBinding_Release(This) (This)->lpVtbl->Release(This)
#define INapSystemHealthAgentBinding_Initialize(This, id, callback)                                \
    (This)->lpVtbl->Initialize(This, id, callback)
#define INapSystemHealthAgentBinding_Uninitialize(This)    (This)->lpVtbl->Uninitialize(This)
#define INapSystemHealthAgentBinding_NotifySoHChange(This) (This)->lpVtbl->NotifySoHChange(This)
#define INapSystemHealthAgentBinding_GetSystemIsolationInfo(This, isolationInfo,                   \
                                                            unknownConnections)                    \
    (This)->lpVtbl->GetSystemIsolationInfo(This, isolationInfo, unknownConnections)
#define INapSystemHealthAgentBinding_FlushCache(This) (This)->lpVtbl->FlushCache(This)
#endif

/*
 * INapSystemHealthAgentBinding2 adds what Windows 7 added.
 *
 *  GetSystemIsolationInfoEx  As GetSystemIsolationInfo, with the extended state; released with
 *                            FreeIsolationInfoEx.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSystemHealthAgentBinding2
NAP_INTERFACE(INapSystemHealthAgentBinding2, INapSystemHealthAgentBinding,
              "1140c38e-5100-4ea1-8d43-87d326724028")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Initialize)(THIS_ SystemHealthEntityId id,
                          _In_ INapSystemHealthAgentCallback *callback) PURE;
    NAPMETHOD(Uninitialize)(THIS) PURE;
    NAPMETHOD(NotifySoHChange)(THIS) PURE;
    NAPMETHOD(GetSystemIsolationInfo)(THIS_ _Outptr_ IsolationInfo **isolationInfo,
                                      _Out_ BOOL *unknownConnections) PURE;
    NAPMETHOD(FlushCache)(THIS) PURE;

    NAPMETHOD(GetSystemIsolationInfoEx)(THIS_ _Outptr_ IsolationInfoEx **isolationInfo,
                                        _Out_ BOOL *unknownConnections) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSystemHealthAgentBinding2, 0x1140c38e, 0x5100, 0x4ea1, 0x8d, 0x43, 0x87, 0xd3, 0x26,
        0x72, 0x40, 0x28)

#ifdef COBJMACROS
#define INapSystemHealthAgentBinding2_QueryInterface(This, riid, ppvObject)                        \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSystemHealthAgentBinding2_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSystemHealthAgentBinding2_Release(This) (This)->lpVtbl->Release(This)
#define INapSystemHealthAgentBinding2_Initialize(This, id, callback)                               \
    (This)->lpVtbl->Initialize(This, id, callback)
#define INapSystemHealthAgentBinding2_Uninitialize(This)    (This)->lpVtbl->Uninitialize(This)
#define INapSystemHealthAgentBinding2_NotifySoHChange(This) (This)->lpVtbl->NotifySoHChange(This)
#define INapSystemHealthAgentBinding2_GetSystemIsolationInfo(This, isolationInfo,                  \
                                                             unknownConnections)                   \
    (This)->lpVtbl->GetSystemIsolationInfo(This, isolationInfo, unknownConnections)
#define INapSystemHealthAgentBinding2_FlushCache(This) (This)->lpVtbl->FlushCache(This)
#define INapSystemHealthAgentBinding2_GetSystemIsolationInfoEx(This, isolationInfo,                \
                                                               unknownConnections)                 \
    (This)->lpVtbl->GetSystemIsolationInfoEx(This, isolationInfo, unknownConnections)
#endif

/*
 * INapSystemHealthAgentCallback is what the NAP agent calls. The health agent implements it. A
 * request is for the time of the call: no reference to it may be kept.
 *
 *  GetSoHRequest       Asks for a SoH, to be handed over with the request's SetSoHRequest; without
 *                      that, the one that was kept is used again. A failing code goes to the
 *                      server in its place.
 *  ProcessSoHResponse  Brings the server's answer, which the request's GetSoHResponse gives.
 *  NotifySystemIsolationStateChange  Says that the machine's isolation state has changed.
 *  GetFixupInfo        Asks how mending stands. The health agent allocates the answer with
 *                      AllocFixupInfo, the NAP agent frees it.
 *  CompareSoHRequests  Asks whether a new SoH says the same as the last one. E_NOTIMPL has the NAP
 *                      agent compare the bytes.
 *  NotifyOrphanedSoHRequest  Says that a SoH will get no answer. This may come for no reason.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSystemHealthAgentCallback
NAP_INTERFACE(INapSystemHealthAgentCallback, IUnknown, "f1072a57-214f-4ee2-8377-14ef140cd9f3")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetSoHRequest)(THIS_ _In_ INapSystemHealthAgentRequest *request) PURE;
    NAPMETHOD(ProcessSoHResponse)(THIS_ _In_ INapSystemHealthAgentRequest *request) PURE;
    NAPMETHOD(NotifySystemIsolationStateChange)(THIS) PURE;
    NAPMETHOD(GetFixupInfo)(THIS_ _Outptr_ FixupInfo **info) PURE;
    NAPMETHOD(CompareSoHRequests)(THIS_ _In_ const SoHRequest *lhs, _In_ const SoHRequest *rhs,
                                  _Out_ BOOL *isEqual) PURE;
    NAPMETHOD(NotifyOrphanedSoHRequest)(THIS_ _In_ const CorrelationId *correlationId) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSystemHealthAgentCallback, 0xf1072a57, 0x214f, 0x4ee2, 0x83, 0x77, 0x14, 0xef, 0x14,
        0x0c, 0xd9, 0xf3)

#ifdef COBJMACROS
#define INapSystemHealthAgentCallback_QueryInterface(This, riid, ppvObject)                        \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSystemHealthAgentCallback_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSystemHealthAgentCallback_Release(This) (This)->lpVtbl->Release(This)
#define INapSystemHealthAgentCallback_GetSoHRequest(This, request)                                 \
    (This)->lpVtbl->GetSoHRequest(This, request)
#define INapSystemHealthAgentCallback_ProcessSoHResponse(This, request)                            \
    (This)->lpVtbl->ProcessSoHResponse(This, request)
#define INapSystemHealthAgentCallback_NotifySystemIsolationStateChange(This)                       \
    (This)->lpVtbl->NotifySystemIsolationStateChange(This)
#define INapSystemHealthAgentCallback_GetFixupInfo(This, info)                                     \
    (This)->lpVtbl->GetFixupInfo(This, info)
#define INapSystemHealthAgentCallback_CompareSoHRequests(This, lhs, rhs, isEqual)                  \
    (This)->lpVtbl->CompareSoHRequests(This, lhs, rhs, isEqual)
#define INapSystemHealthAgentCallback_NotifyOrphanedSoHRequest(This, correlationId)                \
    (This)->lpVtbl->NotifyOrphanedSoHRequest(This, correlationId)
#endif

/*
 * AsyncINapSystemHealthAgentCallback is the same for COM's asynchronous calls: what a method takes
 * goes to its Begin_ method, and what it gives comes from its Finish_ method.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE AsyncINapSystemHealthAgentCallback
NAP_INTERFACE(AsyncINapSystemHealthAgentCallback, IUnknown, "860d8fd9-0219-43ea-ae7f-59611f4cc16a")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Begin_GetSoHRequest)(THIS_ _In_ INapSystemHealthAgentRequest *request) PURE;
    NAPMETHOD(Finish_GetSoHRequest)(THIS) PURE;
    NAPMETHOD(Begin_ProcessSoHResponse)(THIS_ _In_ INapSystemHealthAgentRequest *request) PURE;
    NAPMETHOD(Finish_ProcessSoHResponse)(THIS) PURE;
    NAPMETHOD(Begin_NotifySystemIsolationStateChange)(THIS) PURE;
    NAPMETHOD(Finish_NotifySystemIsolationStateChange)(THIS) PURE;
    NAPMETHOD(Begin_GetFixupInfo)(THIS) PURE;
    NAPMETHOD(Finish_GetFixupInfo)(THIS_ _Outptr_ FixupInfo **info) PURE;
    NAPMETHOD(Begin_CompareSoHRequests)(THIS_ _In_ const SoHRequest *lhs,
                                        _In_ const SoHRequest *rhs) PURE;
    NAPMETHOD(Finish_CompareSoHRequests)(THIS_ _Out_ BOOL *isEqual) PURE;
    NAPMETHOD(Begin_NotifyOrphanedSoHRequest)(THIS_ _In_ const CorrelationId *correlationId) PURE;
    NAPMETHOD(Finish_NotifyOrphanedSoHRequest)(THIS) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(AsyncINapSystemHealthAgentCallback, 0x860d8fd9, 0x0219, 0x43ea, 0xae, 0x7f, 0x59, 0x61,
        0x1f, 0x4c, 0xc1, 0x6a)

#ifdef COBJMACROS
#define AsyncINapSystemHealthAgentCallback_QueryInterface(This, riid, ppvObject)                   \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define AsyncINapSystemHealthAgentCallback_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define AsyncINapSystemHealthAgentCallback_Release(This) (This)->lpVtbl->Release(This)
#define AsyncINapSystemHealthAgentCallback_Begin_GetSoHRequest(This, request)                      \
    (This)->lpVtbl->Begin_GetSoHRequest(This, request)
#define AsyncINapSystemHealthAgentCallback_Finish_GetSoHRequest(This)                              \
    (This)->lpVtbl->Finish_GetSoHRequest(This)
#define AsyncINapSystemHealthAgentCallback_Begin_ProcessSoHResponse(This, request)                 \
    (This)->lpVtbl->Begin_ProcessSoHResponse(This, request)
#define AsyncINapSystemHealthAgentCallback_Finish_ProcessSoHResponse(This)                         \
    (This)->lpVtbl->Finish_ProcessSoHResponse(This)
#define AsyncINapSystemHealthAgentCallback_Begin_NotifySystemIsolationStateChange(This)            \
    (This)->lpVtbl->Begin_NotifySystemIsolationStateChange(This)
#define AsyncINapSystemHealthAgentCallback_Finish_NotifySystemIsolationStateChange(This)           \
    (This)->lpVtbl->Finish_NotifySystemIsolationStateChange(This)
#define AsyncINapSystemHealthAgentCallback_Begin_GetFixupInfo(This)                                \
    (This)->lpVtbl->Begin_GetFixupInfo(This)
#define AsyncINapSystemHealthAgentCallback_Finish_GetFixupInfo(This, info)                         \
    (This)->lpVtbl->Finish_GetFixupInfo(This, info)
#define AsyncINapSystemHealthAgentCallback_Begin_CompareSoHRequests(This, lhs, rhs)                \
    (This)->lpVtbl->Begin_CompareSoHRequests(This, lhs, rhs)
#define AsyncINapSystemHealthAgentCallback_Finish_CompareSoHRequests(This, isEqual)                \
    (This)->lpVtbl->Finish_CompareSoHRequests(This, isEqual)
#define AsyncINapSystemHealthAgentCallback_Begin_NotifyOrphanedSoHRequest(This, correlationId)     \
    (This)->lpVtbl->Begin_NotifyOrphanedSoHRequest(This, correlationId)
#define AsyncINapSystemHealthAgentCallback_Finish_NotifyOrphanedSoHRequest(This)                   \
    (This)->lpVtbl->Finish_NotifyOrphanedSoHRequest(This)
#endif

/*
 * INapSystemHealthAgentRequest is one exchange, in the callback's GetSoHRequest and
 * ProcessSoHResponse.
 *
 *  GetCorrelationId, GetStringCorrelationId  Identify the exchange, as a structure, and as a text
 *                   released with FreeCountedString.
 *  SetSoHRequest    Takes a copy of a SoH, as INapSoHConstructor makes it. cacheSohForLaterUse
 *                   keeps it for exchanges in which GetSoHRequest sets none.
 *  GetSoHRequest    Gives the SoH of the exchange, released with FreeSoH; NAP_E_NO_CACHED_SOH
 *                   where there is none.
 *  GetSoHResponse   Gives the server's answer, released with FreeSoH. *flags has shaFixup where
 *                   the health agent is to mend what is wrong.
 *  GetCacheSoHFlag  Gives what SetSoHRequest was told.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSystemHealthAgentRequest
NAP_INTERFACE(INapSystemHealthAgentRequest, IUnknown, "5b360a69-212d-440d-b398-7eefd497853a")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetCorrelationId)(THIS_ _Out_ CorrelationId *correlationId) PURE;
    NAPMETHOD(GetStringCorrelationId)(THIS_ _Outptr_ StringCorrelationId **correlationId) PURE;
    NAPMETHOD(SetSoHRequest)(THIS_ _In_ const SoHRequest *sohRequest, BOOL cacheSohForLaterUse)
        PURE;
    NAPMETHOD(GetSoHRequest)(THIS_ _Outptr_ SoHRequest **sohRequest) PURE;
    NAPMETHOD(GetSoHResponse)(THIS_ _Outptr_ SoHResponse **sohResponse, _Out_ UINT8 *flags) PURE;
    NAPMETHOD(GetCacheSoHFlag)(THIS_ _Out_ BOOL *cacheSohForLaterUse) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSystemHealthAgentRequest, 0x5b360a69, 0x212d, 0x440d, 0xb3, 0x98, 0x7e, 0xef, 0xd4,
        0x97, 0x85, 0x3a)

#ifdef COBJMACROS
#define INapSystemHealthAgentRequest_QueryInterface(This, riid, ppvObject)                         \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSystemHealthAgentRequest_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSystemHealthAgentRequest_Release(This) (This)->lpVtbl->Release(This)
#define INapSystemHealthAgentRequest_GetCorrelationId(This, correlationId)                         \
    (This)->lpVtbl->GetCorrelationId(This, correlationId)
#define INapSystemHealthAgentRequest_GetStringCorrelationId(This, correlationId)                   \
    (This)->lpVtbl->GetStringCorrelationId(This, correlationId)
#define INapSystemHealthAgentRequest_SetSoHRequest(This, sohRequest, cacheSohForLaterUse)          \
    (This)->lpVtbl->SetSoHRequest(This, sohRequest, cacheSohForLaterUse)
#define INapSystemHealthAgentRequest_GetSoHRequest(This, sohRequest)                               \
    (This)->lpVtbl->GetSoHRequest(This, sohRequest)
#define INapSystemHealthAgentRequest_GetSoHResponse(This, sohResponse, flags)                      \
    (This)->lpVtbl->GetSoHResponse(This, sohResponse, flags)
#define INapSystemHealthAgentRequest_GetCacheSoHFlag(This, cacheSohForLaterUse)                    \
    (This)->lpVtbl->GetCacheSoHFlag(This, cacheSohForLaterUse)
#endif

NAP_CLASS(NapSystemHealthAgentBinding, "8e594310-16ca-4a00-932f-f70969f990c0", 0x8e594310, 0x16ca,
          0x4a00, 0x93, 0x2f, 0xf7, 0x09, 0x69, 0xf9, 0x90, 0xc0)

#ifdef __cplusplus
}
#endif

#endif
