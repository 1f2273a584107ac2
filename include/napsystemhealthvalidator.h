/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interfaces between a NAP server and a system health validator. A validator is a component
 * that judges the Statement of Health (SoH) of the health agent with the same id.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. qutil.dll
 * implements none of these interfaces. The validator implements INapSystemHealthValidator, in a COM
 * class that it has registered with INapServerManagement, and the server implements the others.
 *
 * A method that has an out parameter of the type pointer to pointer returns a CoTaskMem block
 * there, which the caller releases with the function of naputil.h that is named below. Define
 * COBJMACROS for the call macros of C.
 */
#ifndef __napsystemhealthvalidator_h__
#define __napsystemhealthvalidator_h__

#include <naptypes.h>
#include <nap_interface.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef interface INapSystemHealthValidator INapSystemHealthValidator;
typedef interface AsyncINapSystemHealthValidator AsyncINapSystemHealthValidator;
typedef interface INapServerCallback INapServerCallback;
typedef interface INapSystemHealthValidationRequest INapSystemHealthValidationRequest;
typedef interface INapSystemHealthValidationRequest2 INapSystemHealthValidationRequest2;

/*
 * INapSystemHealthValidator is called by the server. The validator implements it.
 *
 *  Validate           Judges one SoH. The validator either sets the response before it returns
 *                     S_OK, or keeps references to the request and to the callback, and calls
 *                     OnComplete when it has set the response.
 *  hintTimeOutInMsec  How long the server is going to wait, in milliseconds.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSystemHealthValidator
NAP_INTERFACE(INapSystemHealthValidator, IUnknown, "ef43d87c-5b6d-4820-8620-868907fe07d3")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Validate)(THIS_ _In_ INapSystemHealthValidationRequest *request,
                        UINT32 hintTimeOutInMsec, _In_ INapServerCallback *callback) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSystemHealthValidator, 0xef43d87c, 0x5b6d, 0x4820, 0x86, 0x20, 0x86, 0x89, 0x07, 0xfe,
        0x07, 0xd3)

#ifdef COBJMACROS
#define INapSystemHealthValidator_QueryInterface(This, riid, ppvObject)                            \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSystemHealthValidator_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSystemHealthValidator_Release(This) (This)->lpVtbl->Release(This)
#define INapSystemHealthValidator_Validate(This, request, hintTimeOutInMsec, callback)             \
    (This)->lpVtbl->Validate(This, request, hintTimeOutInMsec, callback)
#endif

/*
 * AsyncINapSystemHealthValidator is INapSystemHealthValidator for asynchronous calls of COM.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE AsyncINapSystemHealthValidator
NAP_INTERFACE(AsyncINapSystemHealthValidator, IUnknown, "2516031a-a391-454d-b53d-c5dc84c7f2db")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Begin_Validate)(THIS_ _In_ INapSystemHealthValidationRequest *request,
                              UINT32 hintTimeOutInMsec, _In_ INapServerCallback *callback) PURE;
    NAPMETHOD(Finish_Validate)(THIS) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(AsyncINapSystemHealthValidator, 0x2516031a, 0xa391, 0x454d, 0xb5, 0x3d, 0xc5, 0xdc, 0x84,
        0xc7, 0xf2, 0xdb)

#ifdef COBJMACROS
#define AsyncINapSystemHealthValidator_QueryInterface(This, riid, ppvObject)                       \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define AsyncINapSystemHealthValidator_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define AsyncINapSystemHealthValidator_Release(This) (This)->lpVtbl->Release(This)
#define AsyncINapSystemHealthValidator_Begin_Validate(This, request, hintTimeOutInMsec, callback)  \
    (This)->lpVtbl->Begin_Validate(This, request, hintTimeOutInMsec, callback)
#define AsyncINapSystemHealthValidator_Finish_Validate(This) (This)->lpVtbl->Finish_Validate(This)
#endif

/*
 * INapServerCallback is implemented by the server. A validator calls OnComplete to tell the server
 * that it has finished a request. errorCode is the result of Validate.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapServerCallback
NAP_INTERFACE(INapServerCallback, IUnknown, "09c20568-f30c-489b-ae9c-4930ad7f165f")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(OnComplete)(THIS_ _In_ INapSystemHealthValidationRequest *request, HRESULT errorCode)
        PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapServerCallback, 0x09c20568, 0xf30c, 0x489b, 0xae, 0x9c, 0x49, 0x30, 0xad, 0x7f, 0x16,
        0x5f)

#ifdef COBJMACROS
#define INapServerCallback_QueryInterface(This, riid, ppvObject)                                   \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapServerCallback_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapServerCallback_Release(This) (This)->lpVtbl->Release(This)
#define INapServerCallback_OnComplete(This, request, errorCode)                                    \
    (This)->lpVtbl->OnComplete(This, request, errorCode)
#endif

/*
 * INapSystemHealthValidationRequest is one SoH that the validator has to judge.
 *
 *  GetCorrelationId, GetStringCorrelationId  Return the id of the exchange, as a structure, and as
 *                  a text released with FreeCountedString.
 *  GetMachineName  Returns the client's name, released with FreeCountedString.
 *  GetSoHRequest   Returns the SoH, released with FreeSoH. *napSystemGenerated is TRUE if the
 *                  client's NAP agent has made the SoH because the health agent made none.
 *  SetSoHResponse  Stores a copy of the response, a SoH from INapSoHConstructor.
 *  GetSoHResponse  Returns the response that was set, released with FreeSoH.
 *  SetPrivateData, GetPrivateData  Store and return bytes of the validator. GetPrivateData returns
 *                  a structure that is released with FreePrivateData.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSystemHealthValidationRequest
NAP_INTERFACE(INapSystemHealthValidationRequest, IUnknown, "adacb3a0-d4f4-4f17-8933-51d60fcca606")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetCorrelationId)(THIS_ _Out_ CorrelationId *correlationId) PURE;
    NAPMETHOD(GetStringCorrelationId)(THIS_ _Outptr_ StringCorrelationId **correlationId) PURE;
    NAPMETHOD(GetMachineName)(THIS_ _Outptr_ CountedString **machineName) PURE;
    NAPMETHOD(GetSoHRequest)(THIS_ _Outptr_ SoHRequest **sohRequest, _Out_ BOOL *napSystemGenerated)
        PURE;
    NAPMETHOD(SetSoHResponse)(THIS_ _In_ const SoHResponse *sohResponse) PURE;
    NAPMETHOD(GetSoHResponse)(THIS_ _Outptr_ SoHResponse **sohResponse) PURE;
    NAPMETHOD(SetPrivateData)(THIS_ _In_ const PrivateData *privateData) PURE;
    NAPMETHOD(GetPrivateData)(THIS_ _Outptr_ PrivateData **privateData) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSystemHealthValidationRequest, 0xadacb3a0, 0xd4f4, 0x4f17, 0x89, 0x33, 0x51, 0xd6, 0x0f,
        0xcc, 0xa6, 0x06)

#ifdef COBJMACROS
#define INapSystemHealthValidationRequest_QueryInterface(This, riid, ppvObject)                    \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSystemHealthValidationRequest_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSystemHealthValidationRequest_Release(This) (This)->lpVtbl->Release(This)
#define INapSystemHealthValidationRequest_GetCorrelationId(This, correlationId)                    \
    (This)->lpVtbl->GetCorrelationId(This, correlationId)
#define INapSystemHealthValidationRequest_GetStringCorrelationId(This, correlationId)              \
    (This)->lpVtbl->GetStringCorrelationId(This, correlationId)
#define INapSystemHealthValidationRequest_GetMachineName(This, machineName)                        \
    (This)->lpVtbl->GetMachineName(This, machineName)
#define INapSystemHealthValidationRequest_GetSoHRequest(This, sohRequest, napSystemGenerated)      \
    (This)->lpVtbl->GetSoHRequest(This, sohRequest, napSystemGenerated)
#define INapSystemHealthValidationRequest_SetSoHResponse(This, sohResponse)                        \
    (This)->lpVtbl->SetSoHResponse(This, sohResponse)
#define INapSystemHealthValidationRequest_GetSoHResponse(This, sohResponse)                        \
    (This)->lpVtbl->GetSoHResponse(This, sohResponse)
#define INapSystemHealthValidationRequest_SetPrivateData(This, privateData)                        \
    (This)->lpVtbl->SetPrivateData(This, privateData)
#define INapSystemHealthValidationRequest_GetPrivateData(This, privateData)                        \
    (This)->lpVtbl->GetPrivateData(This, privateData)
#endif

/*
 * INapSystemHealthValidationRequest2 adds the set of settings that the network policy selects.
 *
 *  GetConfigID  Returns the number of the set, the configID of INapComponentConfig3.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSystemHealthValidationRequest2
NAP_INTERFACE(INapSystemHealthValidationRequest2, INapSystemHealthValidationRequest,
              "91a5d706-0cb4-4a84-8315-9380d453e385")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetCorrelationId)(THIS_ _Out_ CorrelationId *correlationId) PURE;
    NAPMETHOD(GetStringCorrelationId)(THIS_ _Outptr_ StringCorrelationId **correlationId) PURE;
    NAPMETHOD(GetMachineName)(THIS_ _Outptr_ CountedString **machineName) PURE;
    NAPMETHOD(GetSoHRequest)(THIS_ _Outptr_ SoHRequest **sohRequest, _Out_ BOOL *napSystemGenerated)
        PURE;
    NAPMETHOD(SetSoHResponse)(THIS_ _In_ const SoHResponse *sohResponse) PURE;
    NAPMETHOD(GetSoHResponse)(THIS_ _Outptr_ SoHResponse **sohResponse) PURE;
    NAPMETHOD(SetPrivateData)(THIS_ _In_ const PrivateData *privateData) PURE;
    NAPMETHOD(GetPrivateData)(THIS_ _Outptr_ PrivateData **privateData) PURE;

    NAPMETHOD(GetConfigID)(THIS_ _Out_ UINT32 *configID) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSystemHealthValidationRequest2, 0x91a5d706, 0x0cb4, 0x4a84, 0x83, 0x15, 0x93, 0x80,
        0xd4, 0x53, 0xe3, 0x85)

#ifdef COBJMACROS
#define INapSystemHealthValidationRequest2_QueryInterface(This, riid, ppvObject)                   \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSystemHealthValidationRequest2_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSystemHealthValidationRequest2_Release(This) (This)->lpVtbl->Release(This)
#define INapSystemHealthValidationRequest2_GetCorrelationId(This, correlationId)                   \
    (This)->lpVtbl->GetCorrelationId(This, correlationId)
#define INapSystemHealthValidationRequest2_GetStringCorrelationId(This, correlationId)             \
    (This)->lpVtbl->GetStringCorrelationId(This, correlationId)
#define INapSystemHealthValidationRequest2_GetMachineName(This, machineName)                       \
    (This)->lpVtbl->GetMachineName(This, machineName)
#define INapSystemHealthValidationRequest2_GetSoHRequest(This, sohRequest, napSystemGenerated)     \
    (This)->lpVtbl->GetSoHRequest(This, sohRequest, napSystemGenerated)
#define INapSystemHealthValidationRequest2_SetSoHResponse(This, sohResponse)                       \
    (This)->lpVtbl->SetSoHResponse(This, sohResponse)
#define INapSystemHealthValidationRequest2_GetSoHResponse(This, sohResponse)                       \
    (This)->lpVtbl->GetSoHResponse(This, sohResponse)
#define INapSystemHealthValidationRequest2_SetPrivateData(This, privateData)                       \
    (This)->lpVtbl->SetPrivateData(This, privateData)
#define INapSystemHealthValidationRequest2_GetPrivateData(This, privateData)                       \
    (This)->lpVtbl->GetPrivateData(This, privateData)
#define INapSystemHealthValidationRequest2_GetConfigID(This, configID)                             \
    (This)->lpVtbl->GetConfigID(This, configID)
#endif

#ifdef __cplusplus
}
#endif

#endif
