/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the C++ programs share: IUnknown, and a packet with the verdict of a validator or the check of
 * a health agent.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include <windows.h>
#include <objbase.h>
#include <naputil.h>

constexpr SystemHealthEntityId health_id = 0x000137F0;

/* An object for as long as the program runs. */
template <class Interface> struct object : Interface
{
    explicit object(REFIID iid) : own_iid(iid)
    {
    }

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void **out) override
    {
        const bool known = IsEqualIID(iid, IID_IUnknown) || IsEqualIID(iid, own_iid);

        *out = known ? this : nullptr;
        if (known)
            AddRef();
        return known ? S_OK : E_NOINTERFACE;
    }

    ULONG STDMETHODCALLTYPE AddRef() override
    {
        return static_cast<ULONG>(InterlockedIncrement(&references));
    }

    ULONG STDMETHODCALLTYPE Release() override
    {
        return static_cast<ULONG>(InterlockedDecrement(&references));
    }

    const IID own_iid;
    LONG references = 0;
};

/* The packet has one attribute behind the id. It is released with FreeSoH. */
inline HRESULT make_packet(BOOL is_request, SoHAttributeType type, const SoHAttributeValue &value,
                           SoH **soh)
{
    INapSoHConstructor *constructor;
    HRESULT hr =
        CoCreateInstance(__uuidof(NapSoHConstructor), nullptr, CLSCTX_INPROC_SERVER,
                         __uuidof(INapSoHConstructor), reinterpret_cast<void **>(&constructor));

    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = constructor->Initialize(health_id, is_request)) &&
        SUCCEEDED(hr = constructor->AppendAttribute(type, &value)))
        hr = constructor->GetSoH(soh);
    constructor->Release();
    return hr;
}

/* Decodes the attribute behind the id. The value is released with FreeSoHAttributeValue. */
inline HRESULT read_packet(BOOL is_request, const SoH *soh, SoHAttributeType *type,
                           SoHAttributeValue **value)
{
    INapSoHProcessor *processor;
    SystemHealthEntityId id;
    HRESULT hr =
        CoCreateInstance(__uuidof(NapSoHProcessor), nullptr, CLSCTX_INPROC_SERVER,
                         __uuidof(INapSoHProcessor), reinterpret_cast<void **>(&processor));

    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = processor->Initialize(soh, is_request, &id)))
        hr = processor->GetAttribute(1, type, value);
    processor->Release();
    return hr;
}

#endif
