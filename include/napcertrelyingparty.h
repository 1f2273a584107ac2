/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The interface through which a program that relies on health certificates asks for them.
 *
 * Names, values, layouts and GUIDs are those of the Windows SDK header of the same name. qutil.dll
 * does not implement this interface. Define COBJMACROS for the call macros of C.
 */
#ifndef __napcertrelyingparty_h__
#define __napcertrelyingparty_h__

#include <naptypes.h>
#include <nap_interface.h>
#include <wincrypt.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Properties of a health certificate. */
static const UINT32 NapAfwZonePropId = CERT_FIRST_USER_PROP_ID;
static const UINT32 NapAfwProtectionLevelPropId = CERT_FIRST_USER_PROP_ID + 1;

typedef interface INapCertRelyingParty INapCertRelyingParty;

/*
 * INapCertRelyingParty subscribes relying parties to the health certificate of this machine.
 * Class: CLSID_NapCertRelyingParty.
 *
 *  SubscribeCertByGroup    Subscribes the relying party with this id. *certExists says whether
 *                          the certificate exists already.
 *  UnSubscribeCertByGroup  Ends the subscription of the relying party with this id.
 *  GetSubscribedRelyingParties  Returns *count ids in one block, released with CoTaskMemFree.
 */
/* clang-format off */
#undef INTERFACE
#define INTERFACE INapCertRelyingParty
NAP_INTERFACE(INapCertRelyingParty, IUnknown, "62c02ffc-4c77-4158-8754-782d5b4ee66e")
{
    BEGIN_INTERFACE

    NAPMETHOD(QueryInterface)(THIS_ _In_ REFIID riid, _COM_Outptr_ void **ppvObject) PURE;
    NAPMETHOD_(ULONG, AddRef)(THIS) PURE;
    NAPMETHOD_(ULONG, Release)(THIS) PURE;

    NAPMETHOD(SubscribeCertByGroup)(THIS_ EnforcementEntityId id, _In_ const BSTR subscriberName,
                                    _In_opt_ const VARIANT *reserved, _Out_ BOOL *certExists) PURE;
    NAPMETHOD(UnSubscribeCertByGroup)(THIS_ EnforcementEntityId id,
                                      _In_opt_ const VARIANT *reserved) PURE;
    NAPMETHOD(GetSubscribedRelyingParties)(THIS_ _Out_ EnforcementEntityCount *count,
                                           _Outptr_ EnforcementEntityId **relyingParties) PURE;

    END_INTERFACE
};
#undef INTERFACE
/* clang-format on */

NAP_IID(INapCertRelyingParty, 0x62c02ffc, 0x4c77, 0x4158, 0x87, 0x54, 0x78, 0x2d, 0x5b, 0x4e, 0xe6,
        0x6e)

#ifdef COBJMACROS
#define INapCertRelyingParty_QueryInterface(This, riid, ppvObject)                                 \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define INapCertRelyingParty_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define INapCertRelyingParty_Release(This) (This)->lpVtbl->Release(This)
#define INapCertRelyingParty_SubscribeCertByGroup(This, id, subscriberName, reserved, certExists)  \
    (This)->lpVtbl->SubscribeCertByGroup(This, id, subscriberName, reserved, certExists)
#define INapCertRelyingParty_UnSubscribeCertByGroup(This, id, reserved)                            \
    (This)->lpVtbl->UnSubscribeCertByGroup(This, id, reserved)
#define INapCertRelyingParty_GetSubscribedRelyingParties(This, count, relyingParties)              \
    (This)->lpVtbl->GetSubscribedRelyingParties(This, count, relyingParties)
#endif

NAP_CLASS(NapCertRelyingParty, "e5fae3b3-1ac8-4bd3-87e6-48eff509ddaa", 0xe5fae3b3, 0x1ac8, 0x4bd3,
          0x87, 0xe6, 0x48, 0xef, 0xf5, 0x09, 0xdd, 0xaa)

#ifdef __cplusplus
}
#endif

#endif
