/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interfaces between the NAP agent and a system health agent. A health agent is a component
 * that reports the state of one aspect of this machine in a Statement of Health (SoH), and repairs
 * it when the server asks for that.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. qutil.dll
 * implements none of these interfaces. The health agent implements INapSystemHealthAgentCallback,
 * and the NAP agent implements the others; its class is in qagent.dll. Everything that this header
 * says about the NAP agent is documented by Microsoft.
 *
 * A method that has an out parameter of the type pointer to pointer returns a CoTaskMem block
 * there, which the caller releases with the function of naputil.h that is named below. Define
 * COBJMACROS for the call macros of C.
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
 * INapSystemHealthAgentBinding connects a health agent to the NAP agent, which implements it.
 * Class: CLSID_NapSystemHealthAgentBinding.
 *
 *  Initialize       Binds the registered id. Until Uninitialize the NAP agent calls callback, and a
 *                   reference to callback is held. Initialize does not start an exchange. While the
 *                   NAP agent does not run, Initialize returns RPC_E_DISCONNECTED, and the object
 *                   binds by itself when the NAP agent starts.
 *  Uninitialize     Waits until no call of the callback is running, except a call that contains
 *                   this one, and releases the callback. The object may be initialized again.
 *  NotifySoHChange  Says that the next SoH will differ. It returns at once. The NAP agent calls
 *                   GetSoHRequest afterwards.
 *  GetSystemIsolationInfo  Is like GetSystemIsolationInfo of INapClientManagement. It may be called
 *                   from any method of the callback.
 *  FlushCache       Deletes the SoH that the NAP agent has kept for this health agent.
 *
 * S_OK; HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED) if the object or the id is bound already;
 * NAP_E_NOT_REGISTERED if the id is not registered; NAP_E_NOT_INITIALIZED before Initialize;
 * RPC_E_DISCONNECTED while the NAP agent does not run; E_INVALIDARG; E_OUTOFMEMORY.
 *
 * The qagent.dll of this project has no NAP agent. After Initialize, every method with valid
 * arguments returns RPC_E_DISCONNECTED. Initialize does not check the id. It may be called again,
 * and then replaces the callback (decided).
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
 * INapSystemHealthAgentBinding2 has the addition of Windows 7.
 *
 *  GetSystemIsolationInfoEx  Is like GetSystemIsolationInfo, and also returns the extended state.
 *                            The structure is released with FreeIsolationInfoEx.
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
 * INapSystemHealthAgentCallback is called by the NAP agent. The health agent implements it. A
 * request may be used only during the call: the health agent must not keep a reference to it.
 *
 *  GetSoHRequest       Asks for a SoH. The health agent passes it to SetSoHRequest of the request.
 *                      If it does not call SetSoHRequest, the SoH that was kept is used again. If
 *                      it returns an error, the NAP agent sends the error to the server instead.
 *  ProcessSoHResponse  Delivers the server's response, which GetSoHResponse of the request returns.
 *  NotifySystemIsolationStateChange  Says that the isolation state of the machine has changed.
 *  GetFixupInfo        Asks for the state of the repair. The health agent allocates the answer with
 *                      AllocFixupInfo, and the NAP agent frees it.
 *  CompareSoHRequests  Asks whether a new SoH says the same as the last one. After E_NOTIMPL the
 *                      NAP agent compares the bytes.
 *  NotifyOrphanedSoHRequest  Says that a SoH will get no response. Such calls may be spurious.
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
 * AsyncINapSystemHealthAgentCallback is INapSystemHealthAgentCallback for asynchronous calls of
 * COM. A Begin_ method has the in parameters of its method, and a Finish_ method has the out
 * parameters.
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
 * INapSystemHealthAgentRequest is one exchange of a SoH request and its response. The callback's
 * GetSoHRequest and ProcessSoHResponse receive it.
 *
 *  GetCorrelationId, GetStringCorrelationId  Return the id of the exchange, as a structure, and as
 *                   a text released with FreeCountedString.
 *  SetSoHRequest    Stores a copy of a SoH from INapSoHConstructor. If cacheSohForLaterUse is TRUE,
 *                   the NAP agent keeps it for exchanges in which the health agent sets no SoH.
 *  GetSoHRequest    Returns the SoH of the exchange, released with FreeSoH, or NAP_E_NO_CACHED_SOH
 *                   if there is none.
 *  GetSoHResponse   Returns the server's response, released with FreeSoH. *flags contains shaFixup
 *                   if the health agent is to repair what is wrong.
 *  GetCacheSoHFlag  Returns the cacheSohForLaterUse of SetSoHRequest.
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
