/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSoHConstructor, and what it calls: any value of any type, any failures of allocations, and
 * afterwards nothing is left. prove_constructor.sed has the invariants of the codec's loops.
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

/* Any number of attributes: at those that are there, nothing looks. */
static struct soh_constructor *any_constructor(UINT16 count)
{
    struct soh_constructor *constructor = any_block(sizeof(*constructor));

    begin_classes();
    GIVEN(count <= maxSoHAttributeCount);
    constructor->count = count;
    return constructor;
}

static void claim_unchanged(const struct soh_constructor *constructor, UINT16 count)
{
    CLAIM(constructor->count == count, "a call that fails leaves the packet as it was");
    CLAIM(live_blocks == 0, "and leaves nothing allocated");
}

void prove_constructor_Initialize(void)
{
    const SystemHealthEntityId id = nondet_uint32();
    const UINT16 count = nondet_uint16();
    struct soh_constructor *constructor = any_constructor(count);
    const SoHAttribute *first = &constructor->attributes[0];
    HRESULT hr;

    hr = soh_constructor_Initialize(&constructor->INapSoHConstructor_iface, id, nondet_bool());
    CLAIM(entered == 0, "the lock is left");
    if (FAILED(hr))
    {
        claim_unchanged(constructor, count);
        return;
    }
    CLAIM(count == 0 && constructor->count == 1, "it is the first");
    CLAIM(first->type == sohAttributeTypeSystemHealthId && first->size == sizeof(id), "an id");
    CLAIM(first->value[0] == id >> 24 && first->value[1] == (id >> 16 & 0xff) &&
              first->value[2] == (id >> 8 & 0xff) && first->value[3] == (id & 0xff),
          "in network order");
    CoTaskMemFree(first->value);
    CLAIM(live_blocks == 0, "its value is what is allocated");
}

void prove_AppendAttribute(void)
{
    const SoHAttributeType type = (SoHAttributeType)nondet_uint32();
    const UINT16 count = nondet_uint16();
    struct soh_constructor *constructor = any_constructor(count);
    SoHAttributeValue value;
    SoHAttribute *added;
    HRESULT hr;

    fill_value(type, &value);
    hr = soh_constructor_AppendAttribute(&constructor->INapSoHConstructor_iface, type,
                                         nondet_bool() ? &value : NULL);
    CLAIM(entered == 0, "the lock is left");
    if (FAILED(hr))
    {
        claim_unchanged(constructor, count);
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

void prove_GetSoH(void)
{
    const UINT16 count = nondet_uint16();
    struct soh_constructor *constructor = any_constructor(count);
    SoH *soh;
    HRESULT hr;

    CLAIM(soh_constructor_GetSoH(&constructor->INapSoHConstructor_iface, NULL) == E_POINTER,
          "NULL is refused");
    hr = soh_constructor_GetSoH(&constructor->INapSoHConstructor_iface, &soh);
    CLAIM((hr == S_OK) == (soh != NULL), "there is a packet after S_OK, and else NULL");
    CLAIM(live_blocks == (soh != NULL), "and nothing else is allocated");
    CLAIM(!soh || soh->count == count, "it has all attributes");
    if (soh)
        model_packet_free(soh);
    CLAIM((hr == NAP_E_NOT_INITIALIZED) == (count == 0), "before Initialize there is none");
    CLAIM(constructor->count == count && entered == 0, "the object is as it was");
}

void prove_Validate(void)
{
    const UINT16 count = nondet_uint16();
    SoHAttribute *attributes = any_block_or_null(count * sizeof(*attributes));
    SoH packet = {count, attributes};
    INapSoHConstructor iface;
    HRESULT hr;

    begin_classes();
    CLAIM(soh_constructor_Validate(&iface, NULL, nondet_bool()) == E_POINTER, "NULL is refused");
    hr = soh_constructor_Validate(&iface, &packet, nondet_bool());
    CLAIM(hr == S_OK || hr == NAP_E_INVALID_PACKET, "the result is documented");
    CLAIM(hr != S_OK || (attributes && 1 <= count && count <= maxSoHAttributeCount),
          "a packet has 1 to 100 attributes");
    CLAIM(packet.count == count && packet.attributes == attributes, "the packet is as it was");
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
