/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The attributes of a Statement of Health (SoH), and the interfaces that build and read one.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. Define
 * COBJMACROS for the call macros of C. The library napguid defines the IIDs and CLSIDs.
 *
 * Tags say where a rule is known from: documented (in Microsoft's public reference), observed
 * (public programs call the interface so), decided (nothing is known; the rule breaks no caller).
 */
#ifndef __napprotocol_h__
#define __napprotocol_h__

#include <naperror.h>
#include <naptypes.h>
#include <nap_interface.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Types of SoH attributes. The comment names the member of SoHAttributeValue that holds the
 * value; an attribute of any other type is an octetStringVal. */
typedef enum tagSoHAttributeType
{
    sohAttributeTypeSystemHealthId = 2,         /* idVal */
    sohAttributeTypeIpv4FixupServers = 3,       /* v4AddressesVal */
    sohAttributeTypeComplianceResultCodes = 4,  /* codesVal */
    sohAttributeTypeTimeOfLastUpdate = 5,       /* dateTimeVal */
    sohAttributeTypeClientId = 6,               /* octetStringVal */
    sohAttributeTypeVendorSpecific = 7,         /* vendorSpecificVal */
    sohAttributeTypeHealthClass = 8,            /* uint8Val */
    sohAttributeTypeSoftwareVersion = 9,        /* octetStringVal */
    sohAttributeTypeProductName = 10,           /* octetStringVal */
    sohAttributeTypeHealthClassStatus = 11,     /* octetStringVal */
    sohAttributeTypeSoHGenerationTime = 12,     /* dateTimeVal */
    sohAttributeTypeErrorCodes = 13,            /* codesVal */
    sohAttributeTypeFailureCategory = 14,       /* uint8Val: a FailureCategory */
    sohAttributeTypeIpv6FixupServers = 15,      /* v6AddressesVal */
    sohAttributeTypeExtendedIsolationState = 16 /* uint8Val: an ExtendedIsolationState */
} SoHAttributeType;

/* Values of a HealthClass attribute. */
typedef enum tagHealthClassValue
{
    healthClassFirewall = 0,
    healthClassPatchLevel = 1,
    healthClassAntiVirus = 2,
    healthClassCriticalUpdate = 3,
    healthClassReserved = 128
} HealthClassValue;

/* The decoded value of a SoH attribute. The type of the attribute selects the member. Numbers are
 * in host byte order, addresses in network byte order. Released with FreeSoHAttributeValue. */
typedef union tagSoHAttributeValue
{
    SystemHealthEntityId idVal;
    struct tagIpv4Addresses
    {
        UINT16 count; /* elements of addresses */
        Ipv4Address *addresses;
    } v4AddressesVal;
    struct tagIpv6Addresses
    {
        UINT16 count; /* elements of addresses */
        Ipv6Address *addresses;
    } v6AddressesVal;
    ResultCodes codesVal;
    FILETIME dateTimeVal;
    struct tagVendorSpecific
    {
        UINT32 vendorId;
        UINT16 size; /* of vendorSpecificData, in bytes */
        BYTE *vendorSpecificData;
    } vendorSpecificVal;
    UINT8 uint8Val;
    struct tagOctetString
    {
        UINT16 size; /* of data, in bytes */
        BYTE *data;
    } octetStringVal;
} SoHAttributeValue;

typedef interface INapSoHConstructor INapSoHConstructor;
typedef interface INapSoHProcessor INapSoHProcessor;

/*
 * INapSoHConstructor builds a SoH, attribute by attribute. Class: CLSID_NapSoHConstructor.
 *
 * Several threads of any apartment may call the object at the same time (decided: ThreadingModel
 * Both). It aggregates the free-threaded marshaler, so that every apartment of the process gets the
 * object itself and no proxy (decided). A call that fails leaves the SoH unchanged (decided). If
 * several errors apply, E_POINTER comes first, and then NAP_E_NOT_INITIALIZED (decided).
 *
 *  Initialize       Starts a request or a response with its SystemHealthId. Succeeds once per
 *                   object (documented).
 *      id           The id of the health agent or validator.
 *      isRequest    TRUE for a request (agent to validator), FALSE for a response. Both are built
 *                   alike; only Validate distinguishes them (decided).
 *      S_OK; HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED) after a success (decided);
 *      E_OUTOFMEMORY.
 *
 *  AppendAttribute  Appends a copy of one attribute.
 *      type         Any number from 0 to 65535 except sohAttributeTypeSystemHealthId (documented).
 *      value        Only the member that type selects is read.
 *      S_OK; E_POINTER if value is NULL; E_INVALIDARG for the SystemHealthId, for a type over
 *      65535, for a size or count that the type does not allow, and for a NULL pointer in value
 *      with a size or count that is not 0; NAP_E_INVALID_PACKET if the SoH has maxSoHAttributeCount
 *      attributes already; NAP_E_NOT_INITIALIZED before Initialize; E_OUTOFMEMORY (decided: the
 *      codes).
 *
 *  GetSoH           Returns a copy of the SoH as it is now. More attributes may be appended
 *                   afterwards, and GetSoH may be called again.
 *      soh          Receives the copy, which the caller releases with FreeSoH. NULL on failure.
 *      S_OK; E_POINTER if soh is NULL; NAP_E_NOT_INITIALIZED before Initialize; E_OUTOFMEMORY.
 *
 *  Validate         Checks whether a SoH is well formed. The SoH of this object plays no part.
 *      soh          The SoH to check.
 *      isRequest    TRUE for a request, FALSE for a response, which has to meet more rules.
 *      S_OK; NAP_E_INVALID_PACKET if the SoH is not well formed; E_POINTER if soh is NULL.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSoHConstructor
NAP_INTERFACE(INapSoHConstructor, IUnknown, "35298344-96a6-45e7-9b6b-62ecc6e09920")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Initialize)(THIS_ SystemHealthEntityId id, BOOL isRequest) PURE;
    NAPMETHOD(AppendAttribute)(THIS_ SoHAttributeType type,
                               _In_ const SoHAttributeValue *value) PURE;
    NAPMETHOD(GetSoH)(THIS_ _Outptr_ SoH **soh) PURE;
    NAPMETHOD(Validate)(THIS_ _In_ const SoH *soh, BOOL isRequest) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSoHConstructor, 0x35298344, 0x96a6, 0x45e7, 0x9b, 0x6b, 0x62, 0xec, 0xc6, 0xe0, 0x99,
        0x20)

#ifdef COBJMACROS
#define INapSoHConstructor_QueryInterface(This, riid, ppvObject)                                   \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSoHConstructor_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSoHConstructor_Release(This) (This)->lpVtbl->Release(This)
#define INapSoHConstructor_Initialize(This, id, isRequest)                                         \
    (This)->lpVtbl->Initialize(This, id, isRequest)
#define INapSoHConstructor_AppendAttribute(This, type, value)                                      \
    (This)->lpVtbl->AppendAttribute(This, type, value)
#define INapSoHConstructor_GetSoH(This, soh) (This)->lpVtbl->GetSoH(This, soh)
#define INapSoHConstructor_Validate(This, soh, isRequest)                                          \
    (This)->lpVtbl->Validate(This, soh, isRequest)
#endif

/*
 * INapSoHProcessor reads a SoH, attribute by attribute. Class: CLSID_NapSoHProcessor.
 *
 * Threads, apartments and the order of errors are the same as for INapSoHConstructor. The location
 * of an attribute is its index: the SystemHealthId has location 0.
 *
 *  Initialize       Checks a SoH and keeps a copy of it. Succeeds once per object.
 *      soh          The SoH. The caller may change or free it when the call has returned.
 *      isRequest    TRUE for a request, FALSE for a response, which has to meet more rules.
 *      id           Receives the value of the SystemHealthId; 0 on failure.
 *      S_OK; E_POINTER if a pointer is NULL; NAP_E_INVALID_PACKET if the SoH is not well formed;
 *      HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED) after a success (decided); E_OUTOFMEMORY.
 *
 *  FindNextAttribute  Finds the first attribute of a type at a location or after it.
 *      fromLocation   The location to start from. It may be past the last attribute.
 *      type           The type to find.
 *      attributeLocation  Receives the location of the attribute; 0 on failure.
 *      S_OK; HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND) if there is no such attribute (documented;
 *      decided: the conversion); E_POINTER if attributeLocation is NULL; NAP_E_NOT_INITIALIZED
 *      before Initialize.
 *
 *  GetAttribute     Decodes one attribute.
 *      attributeLocation  The location of the attribute.
 *      type         Receives its type; 0 on failure.
 *      value        Receives a new value, which the caller releases with
 *                   FreeSoHAttributeValue(type, value). NULL on failure.
 *      S_OK; E_INVALIDARG for a location past the last attribute (decided); E_POINTER if a pointer
 *      is NULL; NAP_E_NOT_INITIALIZED before Initialize; E_OUTOFMEMORY.
 *
 *  GetNumberOfAttributes  Returns the number of attributes, including the SystemHealthId.
 *      attributeCount  Receives the number; 0 on failure.
 *      S_OK; E_POINTER if attributeCount is NULL; NAP_E_NOT_INITIALIZED before Initialize.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapSoHProcessor
NAP_INTERFACE(INapSoHProcessor, IUnknown, "fb2fa8b0-2cd5-457d-aba8-4376f63ea1c0")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(Initialize)(THIS_ _In_ const SoH *soh, BOOL isRequest,
                          _Out_ SystemHealthEntityId *id) PURE;
    NAPMETHOD(FindNextAttribute)(THIS_ UINT16 fromLocation, SoHAttributeType type,
                                 _Out_ UINT16 *attributeLocation) PURE;
    NAPMETHOD(GetAttribute)(THIS_ UINT16 attributeLocation, _Out_ SoHAttributeType *type,
                            _Outptr_ SoHAttributeValue **value) PURE;
    NAPMETHOD(GetNumberOfAttributes)(THIS_ _Out_ UINT16 *attributeCount) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapSoHProcessor, 0xfb2fa8b0, 0x2cd5, 0x457d, 0xab, 0xa8, 0x43, 0x76, 0xf6, 0x3e, 0xa1,
        0xc0)

#ifdef COBJMACROS
#define INapSoHProcessor_QueryInterface(This, riid, ppvObject)                                     \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapSoHProcessor_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapSoHProcessor_Release(This) (This)->lpVtbl->Release(This)
#define INapSoHProcessor_Initialize(This, soh, isRequest, id)                                      \
    (This)->lpVtbl->Initialize(This, soh, isRequest, id)
#define INapSoHProcessor_FindNextAttribute(This, fromLocation, type, attributeLocation)            \
    (This)->lpVtbl->FindNextAttribute(This, fromLocation, type, attributeLocation)
#define INapSoHProcessor_GetAttribute(This, attributeLocation, type, value)                        \
    (This)->lpVtbl->GetAttribute(This, attributeLocation, type, value)
#define INapSoHProcessor_GetNumberOfAttributes(This, attributeCount)                               \
    (This)->lpVtbl->GetNumberOfAttributes(This, attributeCount)
#endif

NAP_CLASS(NapSoHConstructor, "e8140d53-6535-46a5-b8a1-da6c571da9b9", 0xe8140d53, 0x6535, 0x46a5,
          0xb8, 0xa1, 0xda, 0x6c, 0x57, 0x1d, 0xa9, 0xb9)
NAP_CLASS(NapSoHProcessor, "aa160628-8775-46e3-837c-f7a2ae66e2f5", 0xaa160628, 0x8775, 0x46e3, 0x83,
          0x7c, 0xf7, 0xa2, 0xae, 0x66, 0xe2, 0xf5)

#ifdef __cplusplus
}
#endif

#endif
