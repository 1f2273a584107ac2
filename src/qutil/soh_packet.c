/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The bridge between the codec and the Windows structures: checks and copies packets.
 */
#include "qutil_private.h"

#include <string.h>

/* The codec reads arrays of SoHAttribute as arrays of its own structure. */
_Static_assert(sizeof(struct soh_attribute) == sizeof(SoHAttribute), "size");
_Static_assert(offsetof(struct soh_attribute, type) == offsetof(SoHAttribute, type), "type");
_Static_assert(offsetof(struct soh_attribute, size) == offsetof(SoHAttribute, size), "size");
_Static_assert(offsetof(struct soh_attribute, value) == offsetof(SoHAttribute, value), "value");
_Static_assert(SOH_MAX_ATTRIBUTES == maxSoHAttributeCount, "limit of attributes");
_Static_assert(SOH_MAX_SIZE == maxSoHAttributeSize, "limit of bytes");

HRESULT soh_packet_result(enum soh_status status)
{
    switch (status)
    {
    case SOH_OK:
        return S_OK;
    case SOH_BAD_ARGUMENT:
        return E_INVALIDARG;
    default:
        return NAP_E_INVALID_PACKET;
    }
}

HRESULT soh_packet_validate(const SoH *soh, BOOL is_request)
{
    const struct soh_attribute *attributes = (const struct soh_attribute *)soh->attributes;

    return soh_packet_result(soh_validate(attributes, soh->count, is_request != FALSE));
}

/* The caller's structures may change while they are read. Each is read once, which volatile makes sure
 * of: what is checked is what is used. */
static HRESULT copy_attribute(const SoHAttribute *attribute, SoHAttribute *copy)
{
    const SoHAttribute own = *(const volatile SoHAttribute *)attribute;

    if (own.size > maxSoHAttributeSize || (own.size != 0 && !own.value))
        return NAP_E_INVALID_PACKET;
    copy->type = own.type;
    if (own.size == 0)
        return S_OK;
    if (!(copy->value = CoTaskMemAlloc(own.size)))
        return E_OUTOFMEMORY;
    memcpy(copy->value, own.value, own.size);
    copy->size = own.size;
    return S_OK;
}

HRESULT soh_packet_copy(const SoH *soh, SoH **copy)
{
    const SoH own = *(const volatile SoH *)soh;
    SoH *made;
    HRESULT hr;

    if (!own.attributes || own.count == 0 || own.count > maxSoHAttributeCount)
        return NAP_E_INVALID_PACKET;
    if (!(made = alloc_zeroed(1, sizeof(*made))))
        return E_OUTOFMEMORY;
    if (!(made->attributes = alloc_zeroed(own.count, sizeof(*made->attributes))))
    {
        FreeSoH(made);
        return E_OUTOFMEMORY;
    }
    while (made->count < own.count)
    {
        hr = copy_attribute(&own.attributes[made->count], &made->attributes[made->count]);
        if (FAILED(hr))
        {
            FreeSoH(made);
            return hr;
        }
        made->count++;
    }
    *copy = made;
    return S_OK;
}
