/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Validates and copies packets. A packet is the list of the attributes of a Statement of Health.
 *
 * A packet may come from a hostile peer, and may change while it is read. Its counts and sizes
 * bound every access. Each structure is read once, through a volatile pointer, into a local
 * variable, which is then checked and used.
 */
#include "qutil_private.h"

static BOOL has_attributes(const SoH *soh)
{
    return soh->attributes && soh->count >= 1 && soh->count <= maxSoHAttributeCount;
}

static BOOL contains(const UINT16 *types, UINT16 count, UINT16 type)
{
    UINT16 i;

    for (i = 0; i < count; i++)
    {
        if (types[i] == type)
            return TRUE;
    }
    return FALSE;
}

HRESULT soh_packet_validate(const SoH *soh, BOOL is_request)
{
    const SoH packet = *(const volatile SoH *)soh;
    UINT16 types[maxSoHAttributeCount]; /* of the attributes before the current one */
    BOOL has_result = FALSE, has_repeated = FALSE;
    UINT16 i;

    if (!has_attributes(&packet))
        return NAP_E_INVALID_PACKET;
    for (i = 0; i < packet.count; i++)
    {
        const SoHAttribute attribute = *(const volatile SoHAttribute *)&packet.attributes[i];
        const enum soh_place place = soh_attribute_place(attribute.type);

        if (!soh_attribute_is_valid(&attribute) || (place == SOH_FIRST) != (i == 0))
            return NAP_E_INVALID_PACKET;
        if (place == SOH_RESULT)
            has_result = TRUE;
        if (place == SOH_ONCE && contains(types, i, attribute.type))
            has_repeated = TRUE;
        types[i] = attribute.type;
    }
    return is_request || (has_result && !has_repeated) ? S_OK : NAP_E_INVALID_PACKET;
}

static HRESULT copy_attribute(const SoHAttribute *source, SoHAttribute *copy)
{
    const SoHAttribute attribute = *(const volatile SoHAttribute *)source;

    if (attribute.size > maxSoHAttributeSize || (attribute.size && !attribute.value))
        return NAP_E_INVALID_PACKET;
    copy->type = attribute.type;
    if (!attribute.size)
        return S_OK;
    if (!(copy->value = CoTaskMemAlloc(attribute.size)))
        return E_OUTOFMEMORY;
    memcpy(copy->value, attribute.value, attribute.size);
    copy->size = attribute.size;
    return S_OK;
}

HRESULT soh_packet_copy(const SoH *soh, SoH **copy)
{
    const SoH packet = *(const volatile SoH *)soh;
    SoH *made;
    HRESULT hr;

    if (!has_attributes(&packet))
        return NAP_E_INVALID_PACKET;
    if (!(made = alloc_zeroed(1, sizeof(*made))))
        return E_OUTOFMEMORY;
    if (!(made->attributes = alloc_zeroed(packet.count, sizeof(*made->attributes))))
    {
        FreeSoH(made);
        return E_OUTOFMEMORY;
    }
    while (made->count < packet.count)
    {
        hr = copy_attribute(&packet.attributes[made->count], &made->attributes[made->count]);
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
