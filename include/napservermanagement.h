/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interfaces through which programs manage the health validators of a NAP server.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. qutil.dll
 * implements none of these interfaces; the NAP server of Windows Server implements them.
 *
 * A method that has an out parameter of the type pointer to pointer returns a CoTaskMem block
 * there, which the caller releases with the function that is named below. Define COBJMACROS for the
 * call macros of C.
 */
#ifndef __napservermanagement_h__
#define __napservermanagement_h__

#include <naptypes.h>
#include <nap_interface.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef interface INapServerManagement INapServerManagement;
typedef interface INapServerInfo INapServerInfo;

/*
 * INapServerManagement registers validators. Class: CLSID_NapServerManagement.
 *
 *  RegisterSystemHealthValidator    Registers a validator, and the COM class that implements
 *                                   INapSystemHealthValidator for it.
 *  UnregisterSystemHealthValidator  Unregisters a validator.
 *  SetFailureCategoryMappings       Sets for each FailureCategory whether a client counts as
 *                                   compliant if its validation fails in this way.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapServerManagement
NAP_INTERFACE(INapServerManagement, IUnknown, "9de543e7-0f23-47e0-a8bc-971a894f86d4")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(RegisterSystemHealthValidator)(THIS_ _In_ const NapComponentRegistrationInfo *validator,
                                             _In_ const CLSID *validatorClsid) PURE;
    NAPMETHOD(UnregisterSystemHealthValidator)(THIS_ SystemHealthEntityId id) PURE;
    NAPMETHOD(SetFailureCategoryMappings)(THIS_ SystemHealthEntityId id,
                                          const FailureCategoryMapping mapping) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapServerManagement, 0x9de543e7, 0x0f23, 0x47e0, 0xa8, 0xbc, 0x97, 0x1a, 0x89, 0x4f, 0x86,
        0xd4)

#ifdef COBJMACROS
#define INapServerManagement_QueryInterface(This, riid, ppvObject)                                 \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapServerManagement_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapServerManagement_Release(This) (This)->lpVtbl->Release(This)
#define INapServerManagement_RegisterSystemHealthValidator(This, validator, validatorClsid)        \
    (This)->lpVtbl->RegisterSystemHealthValidator(This, validator, validatorClsid)
#define INapServerManagement_UnregisterSystemHealthValidator(This, id)                             \
    (This)->lpVtbl->UnregisterSystemHealthValidator(This, id)
#define INapServerManagement_SetFailureCategoryMappings(This, id, mapping)                         \
    (This)->lpVtbl->SetFailureCategoryMappings(This, id, mapping)
#endif

/*
 * INapServerInfo returns information on the server and its validators. Class: CLSID_NapServerInfo.
 *
 *  GetNapServerInfo            Returns three texts, each released with FreeCountedString.
 *  GetRegisteredSystemHealthValidators  Returns two arrays of *count elements: the validators,
 *                              released with FreeNapComponentRegistrationInfoArray, and their COM
 *                              classes, released with CoTaskMemFree.
 *  GetFailureCategoryMappings  Returns what SetFailureCategoryMappings has set.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapServerInfo
NAP_INTERFACE(INapServerInfo, IUnknown, "599f9021-5643-4965-9949-e88975efff0e")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetNapServerInfo)(THIS_ _Outptr_ CountedString **serverName,
                                _Outptr_ CountedString **serverDescription,
                                _Outptr_ CountedString **protocolVersion) PURE;
    NAPMETHOD(GetRegisteredSystemHealthValidators)(THIS_ _Out_ SystemHealthEntityCount *count,
                                                   _Outptr_ NapComponentRegistrationInfo **validators,
                                                   _Outptr_ CLSID **validatorClsids) PURE;
    NAPMETHOD(GetFailureCategoryMappings)(THIS_ SystemHealthEntityId id,
                                          _Out_ FailureCategoryMapping *mapping) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapServerInfo, 0x599f9021, 0x5643, 0x4965, 0x99, 0x49, 0xe8, 0x89, 0x75, 0xef, 0xff, 0x0e)

#ifdef COBJMACROS
#define INapServerInfo_QueryInterface(This, riid, ppvObject)                                       \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapServerInfo_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapServerInfo_Release(This) (This)->lpVtbl->Release(This)
#define INapServerInfo_GetNapServerInfo(This, serverName, serverDescription, protocolVersion)      \
    (This)->lpVtbl->GetNapServerInfo(This, serverName, serverDescription, protocolVersion)
#define INapServerInfo_GetRegisteredSystemHealthValidators(This, count, validators,                \
                                                           validatorClsids)                        \
    (This)->lpVtbl->GetRegisteredSystemHealthValidators(This, count, validators, validatorClsids)
#define INapServerInfo_GetFailureCategoryMappings(This, id, mapping)                               \
    (This)->lpVtbl->GetFailureCategoryMappings(This, id, mapping)
#endif

NAP_CLASS(NapServerManagement, "bfcb2c6d-04aa-4fb9-bc72-58e1af64be39", 0xbfcb2c6d, 0x04aa, 0x4fb9,
          0xbc, 0x72, 0x58, 0xe1, 0xaf, 0x64, 0xbe, 0x39)

NAP_CLASS(NapServerInfo, "3b881b82-5bf4-4657-a3a2-cce17e4fd39a", 0x3b881b82, 0x5bf4, 0x4657, 0xa3,
          0xa2, 0xcc, 0xe1, 0x7e, 0x4f, 0xd3, 0x9a)

#ifdef __cplusplus
}
#endif

#endif
