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

static HRESULT copy_attribute(const SoHAttribute *attribute, SoHAttribute *copy)
{
    const UINT16 size = attribute->size;

    copy->type = attribute->type;
    if (size == 0)
        return S_OK;
    if (!(copy->value = CoTaskMemAlloc(size)))
        return E_OUTOFMEMORY;
    memcpy(copy->value, attribute->value, size);
    copy->size = size;
    return S_OK;
}

HRESULT soh_packet_copy(const SoHAttribute *attributes, UINT16 count, SoH **copy)
{
    SoH *soh;
    HRESULT hr;

    if (!(soh = alloc_zeroed(1, sizeof(*soh))))
        return E_OUTOFMEMORY;
    if (!(soh->attributes = alloc_zeroed(count, sizeof(*soh->attributes))))
    {
        FreeSoH(soh);
        return E_OUTOFMEMORY;
    }
    while (soh->count < count)
    {
        if (FAILED(hr = copy_attribute(&attributes[soh->count], &soh->attributes[soh->count])))
        {
            FreeSoH(soh);
            return hr;
        }
        soh->count++;
    }
    *copy = soh;
    return S_OK;
}
