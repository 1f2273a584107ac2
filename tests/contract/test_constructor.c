/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of NapSoHConstructor. Runs natively against the sources, and as a Windows program
 * against any qutil.dll.
 *
 * Tags say where an expectation is known from: documented (Microsoft's public references), inferred
 * (from them, and from real packets), decided (no evidence: what breaks nobody).
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"
#include "packets.h"
#include "requests.h"
#include "tags.h"

#define SENTINEL ((void *)(uintptr_t)0x5e47)

static const SoHAttributeValue one_byte = {.uint8Val = 1};

static INapSoHConstructor *new_initialized(void)
{
    INapSoHConstructor *constructor = new_constructor();

    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    return constructor;
}

static SoH *get_soh(INapSoHConstructor *constructor)
{
    SoH *soh = SENTINEL;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    assert_non_null(soh);
    return soh;
}

/* Fails the test where the constructor holds anything but so many attributes, the id first. */
static void assert_count(INapSoHConstructor *constructor, UINT16 count)
{
    SoH *soh = get_soh(constructor);

    assert_int_equal(soh->count, count);
    assert_attribute(&soh->attributes[0], sohAttributeTypeSystemHealthId, "\x00\x01\x37\xf0", 4);
    FreeSoH(soh);
}

static void append_all_samples(INapSoHConstructor *constructor)
{
    UINT16 i;

    for (i = 0; i < sample_count; i++)
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, samples[i].type, &samples[i].value),
            S_OK);
}

/* IUnknown */

static void test_QueryInterface_identity(void **state)
{
    INapSoHConstructor *constructor = new_constructor(), *again = SENTINEL;
    IUnknown *unknown = SENTINEL, *same = SENTINEL;

    (void)state;
    assert_int_equal(
        INapSoHConstructor_QueryInterface(constructor, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_QueryInterface(unknown, &IID_INapSoHConstructor, (void **)&again),
                     S_OK);
    assert_int_equal(INapSoHConstructor_QueryInterface(again, &IID_IUnknown, (void **)&same), S_OK);
    assert_ptr_equal(same, unknown);
    assert_ptr_equal(again, constructor);
    assert_int_equal(IUnknown_Release(same), 3);
    assert_int_equal(INapSoHConstructor_Release(again), 2);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
}

static void test_QueryInterface_unknown_interface(void **state)
{
    INapSoHConstructor *constructor = new_constructor();
    void *out = SENTINEL;

    (void)state;
    assert_int_equal(INapSoHConstructor_QueryInterface(constructor, &IID_INapSoHProcessor, &out),
                     E_NOINTERFACE);
    assert_null(out);
    out = SENTINEL;
    assert_int_equal(INapSoHConstructor_QueryInterface(constructor, &IID_IClassFactory, &out),
                     E_NOINTERFACE);
    assert_null(out);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
}

static void test_QueryInterface_null_out_parameter(void **state)
{
    INapSoHConstructor *constructor = new_constructor();

    (void)state;
    assert_int_equal(INapSoHConstructor_QueryInterface(constructor, &IID_IUnknown, NULL),
                     E_POINTER);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
}

static void test_AddRef_counts(void **state)
{
    INapSoHConstructor *constructor = new_constructor();

    (void)state;
    assert_int_equal(INapSoHConstructor_AddRef(constructor), 2);
    assert_int_equal(INapSoHConstructor_AddRef(constructor), 3);
    assert_int_equal(INapSoHConstructor_Release(constructor), 2);
    assert_int_equal(INapSoHConstructor_Release(constructor), 1);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
}

/* Initialize */

static void test_Initialize_puts_the_id_first(void **state)
{
    static const BOOL kinds[] = {TRUE, FALSE};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(kinds); i++)
    {
        INapSoHConstructor *constructor = new_constructor();

        assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, kinds[i]), S_OK);
        assert_count(constructor, 1);
        INapSoHConstructor_Release(constructor);
    }
}

/* documented: once; decided: the code */
static void test_Initialize_second_call(void **state)
{
    INapSoHConstructor *constructor = new_initialized();

    (void)state;
    assert_int_equal(INapSoHConstructor_Initialize(constructor, 1, TRUE),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, FALSE),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

static void test_Initialize_out_of_memory(void **state)
{
    INapSoHConstructor *constructor = new_constructor();
    SoH *soh = SENTINEL;

    (void)state;
    allocations_fail(1);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), E_OUTOFMEMORY);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), NAP_E_NOT_INITIALIZED);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

/* AppendAttribute */

static void test_AppendAttribute_each_type(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    SoH *soh;
    UINT16 i;

    (void)state;
    append_all_samples(constructor);
    soh = get_soh(constructor);
    assert_int_equal(soh->count, 1 + sample_count);
    for (i = 0; i < sample_count; i++)
        assert_attribute(&soh->attributes[1 + i], (UINT32)samples[i].type, samples[i].bytes,
                         samples[i].size);
    FreeSoH(soh);
    INapSoHConstructor_Release(constructor);
}

/* decided */
static void test_AppendAttribute_before_Initialize(void **state)
{
    INapSoHConstructor *constructor = new_constructor();

    (void)state;
    assert_int_equal(
        INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, &one_byte),
        NAP_E_NOT_INITIALIZED);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

/* documented: must not be; decided: the code */
static void test_AppendAttribute_SystemHealthId(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    const SoHAttributeValue id = {.idVal = HEALTH_ID};

    (void)state;
    assert_int_equal(
        INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeSystemHealthId, &id),
        E_INVALIDARG);
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

static void test_AppendAttribute_null_value(void **state)
{
    INapSoHConstructor *constructor = new_initialized();

    (void)state;
    assert_int_equal(
        INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, NULL),
        E_POINTER);
    assert_int_equal(
        INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeSystemHealthId, NULL),
        E_POINTER);
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

static void test_AppendAttribute_null_embedded_pointer(void **state)
{
    static const struct
    {
        SoHAttributeType type;
        SoHAttributeValue value;
    } values[] = {
        {sohAttributeTypeIpv4FixupServers, {.v4AddressesVal = {1, NULL}}},
        {sohAttributeTypeIpv6FixupServers, {.v6AddressesVal = {1, NULL}}},
        {sohAttributeTypeComplianceResultCodes, {.codesVal = {1, NULL}}},
        {sohAttributeTypeErrorCodes, {.codesVal = {1, NULL}}},
        {sohAttributeTypeVendorSpecific, {.vendorSpecificVal = {HEALTH_ID, 1, NULL}}},
        {sohAttributeTypeProductName, {.octetStringVal = {1, NULL}}},
        {(SoHAttributeType)100, {.octetStringVal = {1, NULL}}},
    };
    INapSoHConstructor *constructor = new_initialized();
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(values); i++)
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, values[i].type, &values[i].value),
            E_INVALIDARG);
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

/* Sets the count of a value; elements are zero. */
static SoHAttributeValue value_of_count(SoHAttributeType type, UINT16 count)
{
    static BYTE elements[65535 * sizeof(Ipv6Address)];
    SoHAttributeValue value = {0};

    switch (type)
    {
    case sohAttributeTypeIpv4FixupServers:
        value.v4AddressesVal.count = count;
        value.v4AddressesVal.addresses = (Ipv4Address *)elements;
        break;
    case sohAttributeTypeIpv6FixupServers:
        value.v6AddressesVal.count = count;
        value.v6AddressesVal.addresses = (Ipv6Address *)elements;
        break;
    case sohAttributeTypeComplianceResultCodes:
    case sohAttributeTypeErrorCodes:
        value.codesVal.count = count;
        value.codesVal.results = (HRESULT *)(void *)elements;
        break;
    case sohAttributeTypeVendorSpecific:
        value.vendorSpecificVal.size = count;
        value.vendorSpecificVal.vendorSpecificData = elements;
        break;
    default:
        value.octetStringVal.size = count;
        value.octetStringVal.data = elements;
        break;
    }
    return value;
}

/* documented: the limits of an attribute's bytes, which with the greatest count are 4000 */
static const struct
{
    SoHAttributeType type;
    UINT16 least, greatest;
} limits[] = {
    {sohAttributeTypeIpv4FixupServers, 1, 1000},      {sohAttributeTypeIpv6FixupServers, 1, 250},
    {sohAttributeTypeComplianceResultCodes, 0, 1000}, {sohAttributeTypeErrorCodes, 0, 1000},
    {sohAttributeTypeVendorSpecific, 0, 3996},        {sohAttributeTypeClientId, 0, 4000},
    {sohAttributeTypeSoftwareVersion, 0, 4000},       {sohAttributeTypeProductName, 0, 4000},
    {sohAttributeTypeHealthClassStatus, 0, 4000},     {(SoHAttributeType)100, 0, 4000},
};

static HRESULT append_count(INapSoHConstructor *constructor, SoHAttributeType type, UINT16 count)
{
    SoHAttributeValue value = value_of_count(type, count);

    return INapSoHConstructor_AppendAttribute(constructor, type, &value);
}

static void test_AppendAttribute_each_limit(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    SoH *soh;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(limits); i++)
    {
        assert_int_equal(append_count(constructor, limits[i].type, limits[i].least), S_OK);
        assert_int_equal(append_count(constructor, limits[i].type, limits[i].greatest), S_OK);
    }
    soh = get_soh(constructor);
    assert_int_equal(soh->count, 1 + 2 * COUNT_OF(limits));
    for (i = 2; i < soh->count; i += 2)
        assert_int_equal(soh->attributes[i].size, maxSoHAttributeSize);
    FreeSoH(soh);
    INapSoHConstructor_Release(constructor);
}

/* decided: the code */
static void test_AppendAttribute_beyond_each_limit(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(limits); i++)
    {
        const UINT16 beyond[] = {(UINT16)(limits[i].greatest + 1), 65535,
                                 limits[i].least ? (UINT16)(limits[i].least - 1) : 65534};
        size_t j;

        for (j = 0; j < COUNT_OF(beyond); j++)
            assert_int_equal(append_count(constructor, limits[i].type, beyond[j]), E_INVALIDARG);
    }
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

/* A type that the 16 bits of a packet cannot hold is not cut to one that they can (decided). */
static void test_AppendAttribute_type_over_16_bits(void **state)
{
    static const int types[] = {0x10000, 0x10002, 0x10008, INT_MAX, INT_MIN, -1};
    INapSoHConstructor *constructor = new_initialized();
    SoHAttributeValue value = value_of_count((SoHAttributeType)100, 1);
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, (SoHAttributeType)types[i], &value),
            E_INVALIDARG);
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

/* documented: at most 100, the SystemHealthId among them */
static void test_AppendAttribute_more_than_100(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    unsigned live;
    UINT16 i;

    (void)state;
    for (i = 1; i < maxSoHAttributeCount; i++)
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, &one_byte),
            S_OK);
    live = allocations_live();
    assert_int_equal(
        INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, &one_byte),
        NAP_E_INVALID_PACKET);
    assert_int_equal(
        INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, &one_byte),
        NAP_E_INVALID_PACKET);
    assert_int_equal(allocations_live(), live);
    assert_count(constructor, maxSoHAttributeCount);
    INapSoHConstructor_Release(constructor);
}

static void test_AppendAttribute_out_of_memory(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    UINT16 i;

    (void)state;
    for (i = 0; i < sample_count; i++)
    {
        unsigned live = allocations_live();

        allocations_fail(samples[i].size ? 1 : 0);
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, samples[i].type, &samples[i].value),
            samples[i].size ? E_OUTOFMEMORY : S_OK);
        assert_int_equal(allocations_live(), live);
        if (samples[i].size)
            assert_int_equal(
                INapSoHConstructor_AppendAttribute(constructor, samples[i].type, &samples[i].value),
                S_OK);
        assert_count(constructor, (UINT16)(2 + i));
    }
    INapSoHConstructor_Release(constructor);
}

static void test_AppendAttribute_copies_the_value(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    BYTE data[] = {1, 2, 3};
    SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    SoH *soh;

    (void)state;
    assert_int_equal(
        INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeProductName, &value), S_OK);
    memset(data, 0xee, sizeof(data));
    memset(&value, 0xee, sizeof(value));
    soh = get_soh(constructor);
    assert_attribute(&soh->attributes[1], sohAttributeTypeProductName, "\x01\x02\x03", 3);
    FreeSoH(soh);
    INapSoHConstructor_Release(constructor);
}

/* GetSoH */

/* decided */
static void test_GetSoH_before_Initialize(void **state)
{
    INapSoHConstructor *constructor = new_constructor();
    SoH *soh = SENTINEL;

    (void)state;
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), NAP_E_NOT_INITIALIZED);
    assert_null(soh);
    INapSoHConstructor_Release(constructor);
}

static void test_GetSoH_null_out_parameter(void **state)
{
    INapSoHConstructor *constructor = new_constructor();

    (void)state;
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    INapSoHConstructor_Release(constructor);
}

/* decided: sizes */
static void test_GetSoH_one_block_per_pointer(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    unsigned live, blocks = 3;
    SoH *soh;
    UINT16 i;

    (void)state;
    append_all_samples(constructor);
    for (i = 0; i < sample_count; i++)
        blocks += samples[i].size != 0;
    live = allocations_live();
    soh = get_soh(constructor);
    assert_int_equal(allocations_live(), live + blocks);
    assert_int_equal(allocations_size(soh), sizeof(*soh));
    assert_int_equal(allocations_size(soh->attributes), soh->count * sizeof(*soh->attributes));
    for (i = 0; i < soh->count; i++)
    {
        if (soh->attributes[i].size)
            assert_int_equal(allocations_size(soh->attributes[i].value), soh->attributes[i].size);
        else
            assert_null(soh->attributes[i].value);
    }
    FreeSoH(soh);
    INapSoHConstructor_Release(constructor);
}

/* documented: each embedded pointer is freed by itself */
static void test_GetSoH_parts_freed_one_by_one(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    unsigned live;
    SoH *soh;
    UINT16 i;

    (void)state;
    append_all_samples(constructor);
    live = allocations_live();
    soh = get_soh(constructor);
    for (i = 0; i < soh->count; i++)
        CoTaskMemFree(soh->attributes[i].value);
    CoTaskMemFree(soh->attributes);
    CoTaskMemFree(soh);
    assert_int_equal(allocations_live(), live);
    INapSoHConstructor_Release(constructor);
}

static void test_GetSoH_outlives_the_constructor(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    SoH *soh;
    UINT16 i;

    (void)state;
    append_all_samples(constructor);
    soh = get_soh(constructor);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    assert_int_equal(soh->count, 1 + sample_count);
    for (i = 0; i < sample_count; i++)
        assert_attribute(&soh->attributes[1 + i], (UINT32)samples[i].type, samples[i].bytes,
                         samples[i].size);
    FreeSoH(soh);
}

static void test_GetSoH_copies_are_independent(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    SoH *first, *second;
    UINT16 i;

    (void)state;
    append_all_samples(constructor);
    first = get_soh(constructor);
    for (i = 0; i < first->count; i++)
    {
        if (first->attributes[i].size)
            memset(first->attributes[i].value, 0xee, first->attributes[i].size);
        first->attributes[i].type = 0xeeee;
    }
    second = get_soh(constructor);
    assert_attribute(&second->attributes[0], sohAttributeTypeSystemHealthId, "\x00\x01\x37\xf0", 4);
    for (i = 0; i < sample_count; i++)
        assert_attribute(&second->attributes[1 + i], (UINT32)samples[i].type, samples[i].bytes,
                         samples[i].size);
    FreeSoH(first);
    FreeSoH(second);
    INapSoHConstructor_Release(constructor);
}

static void test_GetSoH_between_appends(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    UINT16 i;

    (void)state;
    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        assert_count(constructor, i);
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, &one_byte),
            S_OK);
    }
    assert_count(constructor, maxSoHAttributeCount);
    INapSoHConstructor_Release(constructor);
}

/* documented: agents compare their requests byte by byte */
static void test_GetSoH_same_calls_same_bytes(void **state)
{
    INapSoHConstructor *constructors[2];
    SoH *packets[3];
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(constructors); i++)
    {
        constructors[i] = new_initialized();
        append_all_samples(constructors[i]);
        packets[i] = get_soh(constructors[i]);
    }
    packets[2] = get_soh(constructors[0]);
    assert_packets_equal(packets[1], packets[0]);
    assert_packets_equal(packets[2], packets[0]);
    for (i = 0; i < COUNT_OF(packets); i++)
        FreeSoH(packets[i]);
    for (i = 0; i < COUNT_OF(constructors); i++)
        INapSoHConstructor_Release(constructors[i]);
}

static void test_GetSoH_longest_packet(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    static BYTE data[maxSoHAttributeSize];
    SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    SoH *soh;
    UINT16 i;

    (void)state;
    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        memset(data, i, sizeof(data));
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeProductName, &value),
            S_OK);
    }
    soh = get_soh(constructor);
    assert_int_equal(soh->count, maxSoHAttributeCount);
    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        memset(data, i, sizeof(data));
        assert_attribute(&soh->attributes[i], sohAttributeTypeProductName, data, sizeof(data));
    }
    assert_int_equal(INapSoHConstructor_Validate(constructor, soh, TRUE), S_OK);
    FreeSoH(soh);
    INapSoHConstructor_Release(constructor);
}

static void test_GetSoH_out_of_memory(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    unsigned live, nth, blocks = 3;
    UINT16 i;

    (void)state;
    append_all_samples(constructor);
    for (i = 0; i < sample_count; i++)
        blocks += samples[i].size != 0;
    live = allocations_live();
    for (nth = 1; nth <= blocks; nth++)
    {
        SoH *soh = SENTINEL;

        allocations_fail(nth);
        assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), E_OUTOFMEMORY);
        assert_null(soh);
        assert_int_equal(allocations_live(), live);
    }
    assert_count(constructor, (UINT16)(1 + sample_count));
    INapSoHConstructor_Release(constructor);
}

/* observed: FreeRADIUS reads these bytes (scripts/peer) */
static void test_GetSoH_requests_of_the_peer(void **state)
{
    struct request request;
    size_t i;
    UINT16 j;

    (void)state;
    for (i = 0; request_read(&request, i); i++)
    {
        INapSoHConstructor *constructor = new_constructor();
        SystemHealthEntityId id = request_number(request.attributes[0].value, 4);
        SoH *soh;

        assert_int_equal(INapSoHConstructor_Initialize(constructor, id, TRUE), S_OK);
        for (j = 1; j < request.soh.count; j++)
        {
            const SoHAttributeValue value = request_value(&request.attributes[j]);

            assert_int_equal(INapSoHConstructor_AppendAttribute(
                                 constructor, (SoHAttributeType)request.attributes[j].type, &value),
                             S_OK);
        }
        soh = get_soh(constructor);
        assert_packets_equal(soh, &request.soh);
        FreeSoH(soh);
        INapSoHConstructor_Release(constructor);
    }
    assert_int_equal(i, 11);
}

/* Validate */

static void test_Validate_null_packet(void **state)
{
    INapSoHConstructor *constructor = new_constructor();

    (void)state;
    assert_int_equal(INapSoHConstructor_Validate(constructor, NULL, TRUE), E_POINTER);
    assert_int_equal(INapSoHConstructor_Validate(constructor, NULL, FALSE), E_POINTER);
    INapSoHConstructor_Release(constructor);
}

struct validated
{
    SoH soh;
    HRESULT request, response;
};

static void assert_validates(const struct validated *packets, size_t count)
{
    INapSoHConstructor *constructor = new_constructor();
    size_t i;

    for (i = 0; i < count; i++)
    {
        assert_int_equal(INapSoHConstructor_Validate(constructor, &packets[i].soh, TRUE),
                         packets[i].request);
        assert_int_equal(INapSoHConstructor_Validate(constructor, &packets[i].soh, FALSE),
                         packets[i].response);
    }
    INapSoHConstructor_Release(constructor);
}

/* The rules are the codec's, whose tests go through all of them. Here is one packet for each, as
 * request and as response. documented */
static void test_Validate_each_rule(void **state)
{
    static SoHAttribute vendor_request[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"),
                                            ATTRIBUTE(7, "\x00\x01\x37\xf0\xaa\xaa")};
    static SoHAttribute compliant[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"), ATTRIBUTE(4, "\0\0\0\0")};
    static SoHAttribute unbound[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"), ATTRIBUTE(14, "\x02"),
                                     ATTRIBUTE(13, "\x80\x27\x00\x07")};
    static SoHAttribute two_results[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"), ATTRIBUTE(14, "\x02"),
                                         ATTRIBUTE(4, "\0\0\0\0"), ATTRIBUTE(4, "")};
    static SoHAttribute id_not_first[] = {ATTRIBUTE(4, "\0\0\0\0"),
                                          ATTRIBUTE(2, "\x00\x01\x37\xf0")};
    static SoHAttribute short_id[] = {ATTRIBUTE(2, "\x00\x01\x37"), ATTRIBUTE(4, "\0\0\0\0")};
    static SoHAttribute odd_codes[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"), ATTRIBUTE(4, "\0\0\0")};
    static SoHAttribute too_long[] = {{2, 4, (BYTE *)"\0\0\0\0"}, {4, 4004, (BYTE *)"\0\0\0\0"}};
    static const struct validated packets[] = {
        {PACKET(vendor_request), S_OK, NAP_E_INVALID_PACKET},
        {PACKET(compliant), S_OK, S_OK},
        {PACKET(unbound), S_OK, S_OK},
        {PACKET(two_results), S_OK, S_OK},
        {PACKET(id_not_first), NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {PACKET(short_id), NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {PACKET(odd_codes), NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {PACKET(too_long), NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {{101, compliant}, NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {{65535, compliant}, NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
    };

    (void)state;
    assert_validates(packets, COUNT_OF(packets));
}

static void test_Validate_each_decided_rule(void **state)
{
    static SoHAttribute two_ids[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"), ATTRIBUTE(4, "\0\0\0\0"),
                                     ATTRIBUTE(2, "\x00\x01\x37\xf0")};
    static SoHAttribute no_value[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"), {4, 4, NULL}};
    static SoHAttribute two_lists[] = {ATTRIBUTE(2, "\x00\x01\x37\xf0"), ATTRIBUTE(4, "\0\0\0\0"),
                                       ATTRIBUTE(3, "\x7f\0\0\1"), ATTRIBUTE(3, "\x7f\0\0\1")};
    static const struct validated packets[] = {
        {PACKET(two_ids), NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {PACKET(no_value), NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {PACKET(two_lists), S_OK, NAP_E_INVALID_PACKET},
        {{0, two_ids}, NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {{0, NULL}, NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
        {{2, NULL}, NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET},
    };
    INapSoHConstructor *constructor = new_constructor();

    (void)state;
    assert_validates(packets, COUNT_OF(packets));
    /* Any other BOOL is TRUE. */
    assert_int_equal(INapSoHConstructor_Validate(constructor, &packets[2].soh, 2), S_OK);
    INapSoHConstructor_Release(constructor);
}

/* The packet is the argument's, not the object's: it may hold anything, or nothing yet. */
static void test_Validate_whatever_the_constructor_holds(void **state)
{
    static SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02")};
    static SoHAttribute nothing[] = {ATTRIBUTE(2, "\0\0\0\0")};
    static const SoH response = PACKET(attributes), request = PACKET(nothing);
    INapSoHConstructor *constructor = new_constructor();
    unsigned taken;

    (void)state;
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, FALSE), S_OK);
    taken = allocations_taken();
    assert_int_equal(INapSoHConstructor_Validate(constructor, &response, FALSE), S_OK);
    assert_int_equal(INapSoHConstructor_Validate(constructor, &request, TRUE), S_OK);
    assert_int_equal(INapSoHConstructor_Validate(constructor, &request, FALSE),
                     NAP_E_INVALID_PACKET);
    assert_int_equal(allocations_taken(), taken);
    assert_count(constructor, 1);
    INapSoHConstructor_Release(constructor);
}

#define TEST(tag, test) TAGGED_TEST(tag, test, allocations_begin, allocations_end)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        TEST(DOCUMENTED, test_QueryInterface_identity),
        TEST(DOCUMENTED, test_QueryInterface_unknown_interface),
        TEST(DOCUMENTED, test_QueryInterface_null_out_parameter),
        TEST(DOCUMENTED, test_AddRef_counts),
        TEST(DOCUMENTED, test_Initialize_puts_the_id_first),
        TEST(DECIDED, test_Initialize_second_call),
        TEST(DECIDED, test_Initialize_out_of_memory),
        TEST(OBSERVED, test_AppendAttribute_each_type),
        TEST(DECIDED, test_AppendAttribute_before_Initialize),
        TEST(DECIDED, test_AppendAttribute_SystemHealthId),
        TEST(DECIDED, test_AppendAttribute_null_value),
        TEST(DECIDED, test_AppendAttribute_null_embedded_pointer),
        TEST(DOCUMENTED, test_AppendAttribute_each_limit),
        TEST(DECIDED, test_AppendAttribute_beyond_each_limit),
        TEST(DECIDED, test_AppendAttribute_type_over_16_bits),
        TEST(DECIDED, test_AppendAttribute_more_than_100),
        TEST(DECIDED, test_AppendAttribute_out_of_memory),
        TEST(DOCUMENTED, test_AppendAttribute_copies_the_value),
        TEST(DECIDED, test_GetSoH_before_Initialize),
        TEST(DECIDED, test_GetSoH_null_out_parameter),
        TEST(DECIDED, test_GetSoH_one_block_per_pointer),
        TEST(DOCUMENTED, test_GetSoH_parts_freed_one_by_one),
        TEST(OBSERVED, test_GetSoH_outlives_the_constructor),
        TEST(OBSERVED, test_GetSoH_copies_are_independent),
        TEST(DECIDED, test_GetSoH_between_appends),
        TEST(DOCUMENTED, test_GetSoH_same_calls_same_bytes),
        TEST(DOCUMENTED, test_GetSoH_longest_packet),
        TEST(DECIDED, test_GetSoH_out_of_memory),
        TEST(OBSERVED, test_GetSoH_requests_of_the_peer),
        TEST(DECIDED, test_Validate_null_packet),
        TEST(DOCUMENTED, test_Validate_each_rule),
        TEST(DECIDED, test_Validate_each_decided_rule),
        TEST(DECIDED, test_Validate_whatever_the_constructor_holds),
    };

    classes_select(argc, argv);
    return cmocka_run_group_tests_name("constructor", tests, classes_open, classes_close);
}
