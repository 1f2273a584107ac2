/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSoHConstructor, and what it calls: any value of any type, any failures of allocations, and
 * afterwards nothing is left. prove_constructor.sed has the invariant of the codec's loop.
 */
#include "class_model.h"

#include "soh_constructor.c"

/* A list's count, and NULL or a block of the size that this count says. */
#define FILL(count, elements)                                                                      \
    do                                                                                             \
    {                                                                                              \
        count = nondet_uint16();                                                                   \
        elements = any_block_or_null(count * sizeof(*elements));                                   \
    }                                                                                              \
    while (0)

static void fill_value(SoHAttributeType type, SoHAttributeValue *value)
{
    switch (type)
    {
    case sohAttributeTypeSystemHealthId:
    case sohAttributeTypeTimeOfLastUpdate:
    case sohAttributeTypeHealthClass:
    case sohAttributeTypeSoHGenerationTime:
    case sohAttributeTypeFailureCategory:
    case sohAttributeTypeExtendedIsolationState:
        break;
    case sohAttributeTypeIpv4FixupServers:
        FILL(value->v4AddressesVal.count, value->v4AddressesVal.addresses);
        break;
    case sohAttributeTypeIpv6FixupServers:
        FILL(value->v6AddressesVal.count, value->v6AddressesVal.addresses);
        break;
    case sohAttributeTypeComplianceResultCodes:
    case sohAttributeTypeErrorCodes:
        FILL(value->codesVal.count, value->codesVal.results);
        break;
    case sohAttributeTypeVendorSpecific:
        FILL(value->vendorSpecificVal.size, value->vendorSpecificVal.vendorSpecificData);
        break;
    default:
        FILL(value->octetStringVal.size, value->octetStringVal.data);
    }
}

/* Whatever number of attributes the packet has: of those that are there, nothing is looked at. */
void prove_AppendAttribute(void)
{
    const SoHAttributeType type = (SoHAttributeType)nondet_uint32();
    const UINT16 count = nondet_uint16();
    struct soh_constructor *constructor = any_block(sizeof(*constructor));
    SoHAttributeValue value;
    SoHAttribute *added;
    HRESULT hr;

    begin_classes();
    GIVEN(count <= maxSoHAttributeCount);
    constructor->count = count;
    fill_value(type, &value);

    hr = soh_constructor_AppendAttribute(&constructor->INapSoHConstructor_iface, type,
                                         nondet_bool() ? &value : NULL);
    CLAIM(entered == 0, "the lock is left");
    if (FAILED(hr))
    {
        CLAIM(constructor->count == count, "a call that fails leaves the packet as it was");
        CLAIM(live_blocks == 0, "and leaves nothing allocated");
        return;
    }
    added = &constructor->attributes[count];
    CLAIM(count != 0 && type != sohAttributeTypeSystemHealthId, "the id is the first");
    CLAIM(count < maxSoHAttributeCount, "a packet has at most 100 attributes");
    CLAIM(constructor->count == count + 1, "there is one more");
    CLAIM(added->type == (UINT32)type && added->size <= maxSoHAttributeSize,
          "of 4,000 bytes at most");
    CoTaskMemFree(added->value);
    CLAIM(live_blocks == 0, "its value is what is allocated");
}

/* Each step of making an object may fail. */
void prove_constructor_create(void)
{
    void *out;
    HRESULT hr;

    begin_classes();
    hr = soh_constructor_create(NULL, &IID_INapSoHConstructor, &out);
    CLAIM((hr == S_OK) == (out != NULL), "there is an object after S_OK, and else NULL");
    if (out)
        CLAIM(INapSoHConstructor_Release((INapSoHConstructor *)out) == 0, "it has one reference");
    claim_nothing_left();
}
