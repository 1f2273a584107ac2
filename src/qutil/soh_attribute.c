/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Converts the attributes of a Statement of Health (SoH) between the bytes in a packet and a
 * SoHAttributeValue.
 *
 * In a packet all types are laid out alike: first a head, which is one number or empty, then
 * elements of equal size up to the end of the attribute. Numbers are big-endian in a packet, and
 * little-endian in a SoHAttributeValue. All other bytes are the same in both.
 */
#include "qutil_private.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "numbers are reversed");

struct layout
{
    UINT16 head;         /* size of the head in bytes; the head is at SoHAttributeValue's start */
    UINT16 element;      /* size of one element in bytes, at least 1 */
    BOOL is_number;      /* whether the elements are numbers, whose bytes are reversed */
    UINT16 min_elements; /* the fewest elements in a valid attribute */
    UINT16 max_elements; /* the most elements; 0 for a type without elements */
    UINT16 count_offset; /* offset in SoHAttributeValue of the number of elements */
    UINT16 array_offset; /* offset in SoHAttributeValue of the pointer to the elements */
    enum soh_place place;
};

#define IN_VALUE(count, array)                                                                     \
    offsetof(SoHAttributeValue, count), offsetof(SoHAttributeValue, array)
#define NUMBER(size, place) size, 1, FALSE, 0, 0, 0, 0, place
#define OCTETS                                                                                     \
    0, 1, FALSE, 0, maxSoHAttributeSize, IN_VALUE(octetStringVal.size, octetStringVal.data),       \
        SOH_ANYWHERE
#define CODES                                                                                      \
    0, 4, TRUE, 0, maxSoHAttributeSize / 4, IN_VALUE(codesVal.count, codesVal.results), SOH_RESULT

/* Indexed by type. A type past the end of the table has the layout of type 0 (documented). */
static const struct layout layouts[] = {
    [0] = {OCTETS},
    [1] = {OCTETS},
    [sohAttributeTypeSystemHealthId] = {NUMBER(sizeof(SystemHealthEntityId), SOH_FIRST)},
    [sohAttributeTypeIpv4FixupServers] = {0, 4, FALSE, 1, maxSoHAttributeSize / 4,
                                          IN_VALUE(v4AddressesVal.count, v4AddressesVal.addresses),
                                          SOH_ONCE},
    [sohAttributeTypeComplianceResultCodes] = {CODES},
    [sohAttributeTypeTimeOfLastUpdate] = {NUMBER(sizeof(FILETIME), SOH_ANYWHERE)},
    [sohAttributeTypeClientId] = {OCTETS},
    [sohAttributeTypeVendorSpecific] = {4, 1, FALSE, 0, maxSoHAttributeSize - 4,
                                        IN_VALUE(vendorSpecificVal.size,
                                                 vendorSpecificVal.vendorSpecificData),
                                        SOH_ANYWHERE},
    [sohAttributeTypeHealthClass] = {NUMBER(sizeof(UINT8), SOH_ANYWHERE)},
    [sohAttributeTypeSoftwareVersion] = {OCTETS},
    [sohAttributeTypeProductName] = {OCTETS},
    [sohAttributeTypeHealthClassStatus] = {OCTETS},
    [sohAttributeTypeSoHGenerationTime] = {NUMBER(sizeof(FILETIME), SOH_ANYWHERE)},
    [sohAttributeTypeErrorCodes] = {CODES},
    [sohAttributeTypeFailureCategory] = {NUMBER(sizeof(UINT8), SOH_RESULT)},
    [sohAttributeTypeIpv6FixupServers] = {0, 16, FALSE, 1, maxSoHAttributeSize / 16,
                                          IN_VALUE(v6AddressesVal.count, v6AddressesVal.addresses),
                                          SOH_ONCE},
    [sohAttributeTypeExtendedIsolationState] = {NUMBER(sizeof(UINT8), SOH_ANYWHERE)},
};

static const struct layout *layout_of(UINT32 type)
{
    return &layouts[type < ARRAYSIZE(layouts) ? type : 0];
}

static BOOL has_elements(const struct layout *layout)
{
    return layout->max_elements != 0;
}

static BOOL is_count_allowed(const struct layout *layout, size_t count)
{
    return layout->min_elements <= count && count <= layout->max_elements;
}

/* Another thread may change the value during the call. Because of volatile each member is read only
 * once, so that the count that is checked is also the count that is used. */
static UINT16 read_count(const struct layout *layout, const SoHAttributeValue *value)
{
    const volatile BYTE *bytes = (const volatile BYTE *)value;

    return has_elements(layout) ? *(const volatile UINT16 *)(bytes + layout->count_offset) : 0;
}

static BYTE *read_array(const struct layout *layout, const SoHAttributeValue *value)
{
    const volatile BYTE *bytes = (const volatile BYTE *)value;

    return has_elements(layout) ? *(void *const volatile *)(bytes + layout->array_offset) : NULL;
}

/* Copies numbers, and reverses the bytes of each. size is the size of one number (1, 4 or 8 bytes),
 * total the size of all. i ^ (size - 1) counts backwards through the bytes of each number. */
static void copy_numbers(BYTE *to, const BYTE *from, size_t size, size_t total)
{
    size_t i;

    for (i = 0; i < total; i++)
        to[i] = from[i ^ (size - 1)];
}

static void copy_elements(const struct layout *layout, BYTE *to, const BYTE *from, size_t size)
{
    if (layout->is_number)
        copy_numbers(to, from, layout->element, size);
    else
        memcpy(to, from, size);
}

enum soh_place soh_attribute_place(UINT16 type)
{
    return layout_of(type)->place;
}

BOOL soh_attribute_is_valid(const SoHAttribute *attribute)
{
    const struct layout *layout = layout_of(attribute->type);
    size_t size;

    if (attribute->size < layout->head || (attribute->size && !attribute->value))
        return FALSE;
    size = (size_t)attribute->size - layout->head;
    return size % layout->element == 0 && is_count_allowed(layout, size / layout->element);
}

HRESULT soh_attribute_encode(SoHAttributeType type, const SoHAttributeValue *value,
                             SoHAttribute *attribute)
{
    const struct layout *layout = layout_of((UINT32)type);
    const UINT16 count = read_count(layout, value);
    const BYTE *array = read_array(layout, value);
    const size_t elements_size = (size_t)count * layout->element;
    const size_t size = layout->head + elements_size;
    BYTE *bytes = NULL;

    if ((UINT32)type > UINT16_MAX || !is_count_allowed(layout, count) || (count && !array))
        return E_INVALIDARG;
    if (size)
    {
        if (!(bytes = CoTaskMemAlloc(size)))
            return E_OUTOFMEMORY;
        if (layout->head)
            copy_numbers(bytes, (const BYTE *)value, layout->head, layout->head);
        if (count)
            copy_elements(layout, bytes + layout->head, array, elements_size);
    }
    *attribute = (SoHAttribute){(UINT16)type, (UINT16)size, bytes};
    return S_OK;
}

static HRESULT decode_elements(const struct layout *layout, const SoHAttribute *attribute,
                               SoHAttributeValue *value)
{
    const size_t size = (size_t)attribute->size - layout->head;
    BYTE *bytes = (BYTE *)value, *array = NULL;

    if (size)
    {
        if (!(array = CoTaskMemAlloc(size)))
            return E_OUTOFMEMORY;
        copy_elements(layout, array, attribute->value + layout->head, size);
    }
    *(UINT16 *)(void *)(bytes + layout->count_offset) = (UINT16)(size / layout->element);
    *(void **)(void *)(bytes + layout->array_offset) = array;
    return S_OK;
}

HRESULT soh_attribute_decode(const SoHAttribute *attribute, SoHAttributeValue *value)
{
    const struct layout *layout = layout_of(attribute->type);
    HRESULT hr;

    if (has_elements(layout) && FAILED(hr = decode_elements(layout, attribute, value)))
        return hr;
    if (layout->head)
        copy_numbers((BYTE *)value, attribute->value, layout->head, layout->head);
    return S_OK;
}

VOID WINAPI FreeSoHAttributeValue(SoHAttributeType type, SoHAttributeValue *value)
{
    if (!value)
        return;
    CoTaskMemFree(read_array(layout_of((UINT32)type), value));
    CoTaskMemFree(value);
}
