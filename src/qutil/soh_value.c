/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Which members of a SoHAttributeValue belong to a type of attribute: the one place that knows.
 */
#include "qutil_private.h"

struct soh_value soh_value_get(uint32_t type, const SoHAttributeValue *value)
{
    struct soh_value plain = {0};

    switch (soh_kind_of(type))
    {
    case SOH_KIND_ID:
        plain.id = value->idVal;
        break;
    case SOH_KIND_IPV4:
        plain.count = value->v4AddressesVal.count;
        plain.elements = value->v4AddressesVal.addresses;
        break;
    case SOH_KIND_IPV6:
        plain.count = value->v6AddressesVal.count;
        plain.elements = value->v6AddressesVal.addresses;
        break;
    case SOH_KIND_CODES:
        plain.count = value->codesVal.count;
        plain.elements = value->codesVal.results;
        break;
    case SOH_KIND_TIME:
        plain.time_low = value->dateTimeVal.dwLowDateTime;
        plain.time_high = value->dateTimeVal.dwHighDateTime;
        break;
    case SOH_KIND_VENDOR:
        plain.id = value->vendorSpecificVal.vendorId;
        plain.count = value->vendorSpecificVal.size;
        plain.elements = value->vendorSpecificVal.vendorSpecificData;
        break;
    case SOH_KIND_BYTE:
        plain.byte = value->uint8Val;
        break;
    default:
        plain.count = value->octetStringVal.size;
        plain.elements = value->octetStringVal.data;
        break;
    }
    return plain;
}

void soh_value_set(uint32_t type, const struct soh_value *plain, void *elements,
                   SoHAttributeValue *value)
{
    const UINT16 count = (UINT16)plain->count;

    switch (soh_kind_of(type))
    {
    case SOH_KIND_ID:
        value->idVal = plain->id;
        break;
    case SOH_KIND_IPV4:
        value->v4AddressesVal.count = count;
        value->v4AddressesVal.addresses = elements;
        break;
    case SOH_KIND_IPV6:
        value->v6AddressesVal.count = count;
        value->v6AddressesVal.addresses = elements;
        break;
    case SOH_KIND_CODES:
        value->codesVal.count = count;
        value->codesVal.results = elements;
        break;
    case SOH_KIND_TIME:
        value->dateTimeVal.dwLowDateTime = plain->time_low;
        value->dateTimeVal.dwHighDateTime = plain->time_high;
        break;
    case SOH_KIND_VENDOR:
        value->vendorSpecificVal.vendorId = plain->id;
        value->vendorSpecificVal.size = count;
        value->vendorSpecificVal.vendorSpecificData = elements;
        break;
    case SOH_KIND_BYTE:
        value->uint8Val = plain->byte;
        break;
    default:
        value->octetStringVal.size = count;
        value->octetStringVal.data = elements;
        break;
    }
}

void soh_value_clear(uint32_t type, SoHAttributeValue *value)
{
    /* The union's own pointer is not const. */
    CoTaskMemFree((void *)soh_value_get(type, value).elements);
}
