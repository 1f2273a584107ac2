/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interfaces that describe and configure a NAP component. The vendor of the component
 * implements them in COM classes that NapComponentRegistrationInfo names: the class infoClsid
 * implements INapComponentInfo, and the class configClsid INapComponentConfig. qutil.dll implements
 * none of them.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. A method
 * that has an out parameter of the type pointer to pointer returns a CoTaskMem block there, which
 * the caller releases. Define COBJMACROS for the call macros of C.
 */
#ifndef __napcommon_h__
#define __napcommon_h__

#include <naptypes.h>
#include <nap_interface.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef interface INapComponentInfo INapComponentInfo;
typedef interface INapComponentConfig INapComponentConfig;
typedef interface INapComponentConfig2 INapComponentConfig2;
typedef interface INapComponentConfig3 INapComponentConfig3;

/*
 * INapComponentInfo returns the texts of a component. Most methods return the number of a text, and
 * GetLocalizedString returns the text with that number in the language of the caller.
 *
 *  GetFriendlyName, GetDescription, GetVendorName, GetVersion  Return the number of a text.
 *  GetIcon             Returns the path of a file, released with FreeCountedString, and the number
 *                      of an icon in its resources.
 *  ConvertErrorCodeToMessageId  Returns the number of the text that explains one of the component's
 *                      result codes.
 *  GetLocalizedString  Returns the text with a number, released with FreeCountedString.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapComponentInfo
NAP_INTERFACE(INapComponentInfo, IUnknown, "b475f925-e3f7-414c-8c72-1cee64b9d8f6")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(GetFriendlyName)(THIS_ _Out_ MessageId *friendlyName) PURE;
    NAPMETHOD(GetDescription)(THIS_ _Out_ MessageId *description) PURE;
    NAPMETHOD(GetVendorName)(THIS_ _Out_ MessageId *vendorName) PURE;
    NAPMETHOD(GetVersion)(THIS_ _Out_ MessageId *version) PURE;
    NAPMETHOD(GetIcon)(THIS_ _Outptr_ CountedString **dllFilePath, _Out_ UINT32 *iconResourceId)
        PURE;
    NAPMETHOD(ConvertErrorCodeToMessageId)(THIS_ HRESULT errorCode, _Out_ MessageId *msgId) PURE;
    NAPMETHOD(GetLocalizedString)(THIS_ MessageId msgId, _Outptr_ CountedString **string) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapComponentInfo, 0xb475f925, 0xe3f7, 0x414c, 0x8c, 0x72, 0x1c, 0xee, 0x64, 0xb9, 0xd8,
        0xf6)

#ifdef COBJMACROS
#define INapComponentInfo_QueryInterface(This, riid, ppvObject)                                    \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapComponentInfo_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapComponentInfo_Release(This) (This)->lpVtbl->Release(This)
#define INapComponentInfo_GetFriendlyName(This, friendlyName)                                      \
    (This)->lpVtbl->GetFriendlyName(This, friendlyName)
#define INapComponentInfo_GetDescription(This, description)                                        \
    (This)->lpVtbl->GetDescription(This, description)
#define INapComponentInfo_GetVendorName(This, vendorName)                                          \
    (This)->lpVtbl->GetVendorName(This, vendorName)
#define INapComponentInfo_GetVersion(This, version) (This)->lpVtbl->GetVersion(This, version)
#define INapComponentInfo_GetIcon(This, dllFilePath, iconResourceId)                               \
    (This)->lpVtbl->GetIcon(This, dllFilePath, iconResourceId)
#define INapComponentInfo_ConvertErrorCodeToMessageId(This, errorCode, msgId)                      \
    (This)->lpVtbl->ConvertErrorCodeToMessageId(This, errorCode, msgId)
#define INapComponentInfo_GetLocalizedString(This, msgId, string)                                  \
    (This)->lpVtbl->GetLocalizedString(This, msgId, string)
#endif

/*
 * INapComponentConfig shows, reads and writes the settings of a component. Each component defines
 * the format of its settings.
 *
 *  IsUISupported  Returns whether InvokeUI is supported.
 *  InvokeUI       Shows the settings to the user. hwndParent is the parent window, or NULL.
 *  GetConfig      Returns *bCount bytes of settings, released with CoTaskMemFree.
 *  SetConfig      Sets bCount bytes of settings, in the format of GetConfig.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapComponentConfig
NAP_INTERFACE(INapComponentConfig, IUnknown, "a9e0af1a-3713-478e-ae03-8edd272d21fa")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(IsUISupported)(THIS_ _Out_ BOOL *isSupported) PURE;
    NAPMETHOD(InvokeUI)(THIS_ _In_opt_ HWND hwndParent) PURE;
    NAPMETHOD(GetConfig)(THIS_ _Out_ UINT16 *bCount, _Outptr_ BYTE **data) PURE;
    NAPMETHOD(SetConfig)(THIS_ UINT16 bCount, _In_ BYTE *data) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapComponentConfig, 0xa9e0af1a, 0x3713, 0x478e, 0xae, 0x03, 0x8e, 0xdd, 0x27, 0x2d, 0x21,
        0xfa)

#ifdef COBJMACROS
#define INapComponentConfig_QueryInterface(This, riid, ppvObject)                                  \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapComponentConfig_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapComponentConfig_Release(This) (This)->lpVtbl->Release(This)
#define INapComponentConfig_IsUISupported(This, isSupported)                                       \
    (This)->lpVtbl->IsUISupported(This, isSupported)
#define INapComponentConfig_InvokeUI(This, hwndParent) (This)->lpVtbl->InvokeUI(This, hwndParent)
#define INapComponentConfig_GetConfig(This, bCount, data)                                          \
    (This)->lpVtbl->GetConfig(This, bCount, data)
#define INapComponentConfig_SetConfig(This, bCount, data)                                          \
    (This)->lpVtbl->SetConfig(This, bCount, data)
#endif

/*
 * INapComponentConfig2 adds methods to configure another machine.
 *
 *  IsRemoteConfigSupported  Returns whether the component supports this, and in which ways, as
 *                           flags of RemoteConfigurationType.
 *  InvokeUIForMachine       Shows the settings of the machine with this name.
 *  InvokeUIFromConfigBlob   Shows the inbCount bytes of settings that the caller passes. Returns
 *                           *outbCount bytes of settings, released with CoTaskMemFree, and whether
 *                           the user has changed them.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapComponentConfig2
NAP_INTERFACE(INapComponentConfig2, INapComponentConfig, "47cbdb9e-1972-4f5e-bd3c-5eb6230614b5")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(IsUISupported)(THIS_ _Out_ BOOL *isSupported) PURE;
    NAPMETHOD(InvokeUI)(THIS_ _In_opt_ HWND hwndParent) PURE;
    NAPMETHOD(GetConfig)(THIS_ _Out_ UINT16 *bCount, _Outptr_ BYTE **data) PURE;
    NAPMETHOD(SetConfig)(THIS_ UINT16 bCount, _In_ BYTE *data) PURE;

    NAPMETHOD(IsRemoteConfigSupported)(THIS_ _Out_ BOOL *isSupported, _Out_ UINT8 *remoteConfigType)
        PURE;
    NAPMETHOD(InvokeUIForMachine)(THIS_ _In_opt_ HWND hwndParent, _In_ CountedString *machineName)
        PURE;
    NAPMETHOD(InvokeUIFromConfigBlob)(THIS_ _In_opt_ HWND hwndParent, UINT16 inbCount,
                                      _In_ BYTE *inData, _Out_ UINT16 *outbCount,
                                      _Outptr_ BYTE **outdata, _Out_ BOOL *fConfigChanged) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapComponentConfig2, 0x47cbdb9e, 0x1972, 0x4f5e, 0xbd, 0x3c, 0x5e, 0xb6, 0x23, 0x06, 0x14,
        0xb5)

#ifdef COBJMACROS
#define INapComponentConfig2_QueryInterface(This, riid, ppvObject)                                 \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapComponentConfig2_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapComponentConfig2_Release(This) (This)->lpVtbl->Release(This)
#define INapComponentConfig2_IsUISupported(This, isSupported)                                      \
    (This)->lpVtbl->IsUISupported(This, isSupported)
#define INapComponentConfig2_InvokeUI(This, hwndParent) (This)->lpVtbl->InvokeUI(This, hwndParent)
#define INapComponentConfig2_GetConfig(This, bCount, data)                                         \
    (This)->lpVtbl->GetConfig(This, bCount, data)
#define INapComponentConfig2_SetConfig(This, bCount, data)                                         \
    (This)->lpVtbl->SetConfig(This, bCount, data)
#define INapComponentConfig2_IsRemoteConfigSupported(This, isSupported, remoteConfigType)          \
    (This)->lpVtbl->IsRemoteConfigSupported(This, isSupported, remoteConfigType)
#define INapComponentConfig2_InvokeUIForMachine(This, hwndParent, machineName)                     \
    (This)->lpVtbl->InvokeUIForMachine(This, hwndParent, machineName)
#define INapComponentConfig2_InvokeUIFromConfigBlob(This, hwndParent, inbCount, inData, outbCount, \
                                                    outdata, fConfigChanged)                       \
    (This)->lpVtbl->InvokeUIFromConfigBlob(This, hwndParent, inbCount, inData, outbCount, outdata, \
                                           fConfigChanged)
#endif

/*
 * INapComponentConfig3 adds several sets of settings, each with a number. A network policy selects
 * a set; GetConfigID of INapSystemHealthValidationRequest2 returns its number.
 *
 *  NewConfig        Creates the set with this number.
 *  DeleteConfig     Deletes the set with this number.
 *  DeleteAllConfig  Deletes all sets.
 *  GetConfigFromID  Returns the *count bytes of a set, released with CoTaskMemFree.
 *  SetConfigToID    Sets the count bytes of a set.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapComponentConfig3
NAP_INTERFACE(INapComponentConfig3, INapComponentConfig2, "9c4a8101-8cfe-4332-876e-c4a49d1d3f77")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(IsUISupported)(THIS_ _Out_ BOOL *isSupported) PURE;
    NAPMETHOD(InvokeUI)(THIS_ _In_opt_ HWND hwndParent) PURE;
    NAPMETHOD(GetConfig)(THIS_ _Out_ UINT16 *bCount, _Outptr_ BYTE **data) PURE;
    NAPMETHOD(SetConfig)(THIS_ UINT16 bCount, _In_ BYTE *data) PURE;

    NAPMETHOD(IsRemoteConfigSupported)(THIS_ _Out_ BOOL *isSupported, _Out_ UINT8 *remoteConfigType)
        PURE;
    NAPMETHOD(InvokeUIForMachine)(THIS_ _In_opt_ HWND hwndParent, _In_ CountedString *machineName)
        PURE;
    NAPMETHOD(InvokeUIFromConfigBlob)(THIS_ _In_opt_ HWND hwndParent, UINT16 inbCount,
                                      _In_ BYTE *inData, _Out_ UINT16 *outbCount,
                                      _Outptr_ BYTE **outdata, _Out_ BOOL *fConfigChanged) PURE;

    NAPMETHOD(NewConfig)(THIS_ UINT32 configID) PURE;
    NAPMETHOD(DeleteConfig)(THIS_ UINT32 configID) PURE;
    NAPMETHOD(DeleteAllConfig)(THIS) PURE;
    NAPMETHOD(GetConfigFromID)(THIS_ UINT32 configID, _Out_ UINT16 *count, _Outptr_ BYTE **outdata)
        PURE;
    NAPMETHOD(SetConfigToID)(THIS_ UINT32 configID, UINT16 count, _In_ BYTE *data) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapComponentConfig3, 0x9c4a8101, 0x8cfe, 0x4332, 0x87, 0x6e, 0xc4, 0xa4, 0x9d, 0x1d, 0x3f,
        0x77)

#ifdef COBJMACROS
#define INapComponentConfig3_QueryInterface(This, riid, ppvObject)                                 \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapComponentConfig3_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapComponentConfig3_Release(This) (This)->lpVtbl->Release(This)
#define INapComponentConfig3_IsUISupported(This, isSupported)                                      \
    (This)->lpVtbl->IsUISupported(This, isSupported)
#define INapComponentConfig3_InvokeUI(This, hwndParent) (This)->lpVtbl->InvokeUI(This, hwndParent)
#define INapComponentConfig3_GetConfig(This, bCount, data)                                         \
    (This)->lpVtbl->GetConfig(This, bCount, data)
#define INapComponentConfig3_SetConfig(This, bCount, data)                                         \
    (This)->lpVtbl->SetConfig(This, bCount, data)
#define INapComponentConfig3_IsRemoteConfigSupported(This, isSupported, remoteConfigType)          \
    (This)->lpVtbl->IsRemoteConfigSupported(This, isSupported, remoteConfigType)
#define INapComponentConfig3_InvokeUIForMachine(This, hwndParent, machineName)                     \
    (This)->lpVtbl->InvokeUIForMachine(This, hwndParent, machineName)
#define INapComponentConfig3_InvokeUIFromConfigBlob(This, hwndParent, inbCount, inData, outbCount, \
                                                    outdata, fConfigChanged)                       \
    (This)->lpVtbl->InvokeUIFromConfigBlob(This, hwndParent, inbCount, inData, outbCount, outdata, \
                                           fConfigChanged)
#define INapComponentConfig3_NewConfig(This, configID) (This)->lpVtbl->NewConfig(This, configID)
#define INapComponentConfig3_DeleteConfig(This, configID)                                          \
    (This)->lpVtbl->DeleteConfig(This, configID)
#define INapComponentConfig3_DeleteAllConfig(This) (This)->lpVtbl->DeleteAllConfig(This)
#define INapComponentConfig3_GetConfigFromID(This, configID, count, outdata)                       \
    (This)->lpVtbl->GetConfigFromID(This, configID, count, outdata)
#define INapComponentConfig3_SetConfigToID(This, configID, count, data)                            \
    (This)->lpVtbl->SetConfigToID(This, configID, count, data)
#endif

#ifdef __cplusplus
}
#endif

#endif
