/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Which members of a SoHAttributeValue belong to a type of attribute: the one place that knows.
 *
 * The union's lists have a count and a pointer each, of different types and in different places. A
 * table says where, and copying bytes is the way to read and write them that the aliasing rules
 * allow.
 */
#include "qutil_private.h"

#include <string.h>

struct list
{
    size_t count;    /* offset of a UINT16 */
    size_t elements; /* offset of a pointer; 0 for kinds without a list */
};

#define LIST(count, elements)                                                                      \
    {                                                                                              \
        offsetof(SoHAttributeValue, count), offsetof(SoHAttributeValue, elements)                  \
    }

static const struct list lists[] = {
    [SOH_KIND_OCTETS] = LIST(octetStringVal.size, octetStringVal.data),
    [SOH_KIND_ID] = {0, 0},
    [SOH_KIND_IPV4] = LIST(v4AddressesVal.count, v4AddressesVal.addresses),
    [SOH_KIND_IPV6] = LIST(v6AddressesVal.count, v6AddressesVal.addresses),
    [SOH_KIND_CODES] = LIST(codesVal.count, codesVal.results),
    [SOH_KIND_TIME] = {0, 0},
    [SOH_KIND_VENDOR] = LIST(vendorSpecificVal.size, vendorSpecificVal.vendorSpecificData),
    [SOH_KIND_BYTE] = {0, 0},
};

static void get_list(const struct list *list, const SoHAttributeValue *value,
                     struct soh_value *plain)
{
    UINT16 count;

    memcpy(&count, (const BYTE *)value + list->count, sizeof(count));
    memcpy(&plain->elements, (const BYTE *)value + list->elements, sizeof(plain->elements));
    plain->count = count;
}

static void set_list(const struct list *list, const struct soh_value *plain,
                     SoHAttributeValue *value)
{
    const UINT16 count = (UINT16)plain->count;

    memcpy((BYTE *)value + list->count, &count, sizeof(count));
    memcpy((BYTE *)value + list->elements, &plain->elements, sizeof(plain->elements));
}

struct soh_value soh_value_get(uint32_t type, const SoHAttributeValue *value)
{
    const enum soh_kind kind = soh_kind_of(type);
    struct soh_value plain = {0};

    switch (kind)
    {
    case SOH_KIND_ID:
        plain.id = value->idVal;
        break;
    case SOH_KIND_TIME:
        plain.time_low = value->dateTimeVal.dwLowDateTime;
        plain.time_high = value->dateTimeVal.dwHighDateTime;
        break;
    case SOH_KIND_VENDOR:
        plain.id = value->vendorSpecificVal.vendorId;
        break;
    case SOH_KIND_BYTE:
        plain.byte = value->uint8Val;
        break;
    default:
        break;
    }
    if (lists[kind].elements)
        get_list(&lists[kind], value, &plain);
    return plain;
}

void soh_value_set(uint32_t type, const struct soh_value *plain, SoHAttributeValue *value)
{
    const enum soh_kind kind = soh_kind_of(type);

    switch (kind)
    {
    case SOH_KIND_ID:
        value->idVal = plain->id;
        break;
    case SOH_KIND_TIME:
        value->dateTimeVal.dwLowDateTime = plain->time_low;
        value->dateTimeVal.dwHighDateTime = plain->time_high;
        break;
    case SOH_KIND_VENDOR:
        value->vendorSpecificVal.vendorId = plain->id;
        break;
    case SOH_KIND_BYTE:
        value->uint8Val = plain->byte;
        break;
    default:
        break;
    }
    if (lists[kind].elements)
        set_list(&lists[kind], plain, value);
}

void soh_value_clear(uint32_t type, SoHAttributeValue *value)
{
    /* Freed from the union's own member, what a list points to was never const. */
    CoTaskMemFree((void *)soh_value_get(type, value).elements);
}
