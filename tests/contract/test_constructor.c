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

static void assert_append(INapSoHConstructor *constructor, int type, const SoHAttributeValue *value,
                          HRESULT expected)
{
    assert_int_equal(INapSoHConstructor_AppendAttribute(constructor, (SoHAttributeType)type, value),
                     expected);
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

static void assert_samples(const SoH *soh)
{
    UINT16 i;

    assert_int_equal(soh->count, 1 + sample_count);
    assert_attribute(&soh->attributes[0], sohAttributeTypeSystemHealthId, "\x00\x01\x37\xf0", 4);
    for (i = 0; i < sample_count; i++)
        assert_attribute(&soh->attributes[1 + i], (UINT32)samples[i].type, samples[i].bytes,
                         samples[i].size);
}

static void append_all_samples(INapSoHConstructor *constructor)
{
    UINT16 i;

    for (i = 0; i < sample_count; i++)
        assert_append(constructor, samples[i].type, &samples[i].value, S_OK);
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
    INapSoHConstructor *constructor = *state;

    assert_int_equal(INapSoHConstructor_Initialize(constructor, 1, TRUE),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, FALSE),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_count(constructor, 1);
}

static void test_Initialize_out_of_memory(void **state)
{
    INapSoHConstructor *constructor = *state;
    SoH *soh = SENTINEL;

    allocations_fail(1);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), E_OUTOFMEMORY);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), NAP_E_NOT_INITIALIZED);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    assert_count(constructor, 1);
}

/* AppendAttribute */

static void test_AppendAttribute_each_type(void **state)
{
    SoH *soh;

    append_all_samples(*state);
    soh = get_soh(*state);
    assert_samples(soh);
    FreeSoH(soh);
}

/* decided */
static void test_AppendAttribute_before_Initialize(void **state)
{
    INapSoHConstructor *constructor = *state;

    assert_append(constructor, sohAttributeTypeHealthClass, &one_byte, NAP_E_NOT_INITIALIZED);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    assert_count(constructor, 1);
}

/* documented: must not be; decided: the code */
static void test_AppendAttribute_SystemHealthId(void **state)
{
    INapSoHConstructor *constructor = *state;
    const SoHAttributeValue id = {.idVal = HEALTH_ID};

    assert_append(constructor, sohAttributeTypeSystemHealthId, &id, E_INVALIDARG);
    assert_count(constructor, 1);
}

static void test_AppendAttribute_null_value(void **state)
{
    INapSoHConstructor *constructor = *state;

    assert_append(constructor, sohAttributeTypeHealthClass, NULL, E_POINTER);
    assert_count(constructor, 1);
}

/* decided: E_POINTER, then NAP_E_NOT_INITIALIZED, then the others */
static void test_AppendAttribute_order_of_errors(void **state)
{
    static const SoHAttributeValue no_data = {.octetStringVal = {1, NULL}};
    INapSoHConstructor *constructor = *state;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    assert_append(constructor, 2, NULL, E_POINTER);
    assert_append(constructor, 10, NULL, E_POINTER);
    assert_append(constructor, 2, &one_byte, NAP_E_NOT_INITIALIZED);
    assert_append(constructor, 10, &no_data, NAP_E_NOT_INITIALIZED);
    allocations_fail(1);
    assert_append(constructor, 8, &one_byte, NAP_E_NOT_INITIALIZED);
    allocations_fail(0);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    assert_append(constructor, 2, NULL, E_POINTER);
    allocations_fail(1);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    allocations_fail(0);
    assert_count(constructor, 1);
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
    INapSoHConstructor *constructor = *state;
    size_t i;

    for (i = 0; i < COUNT_OF(values); i++)
        assert_append(constructor, values[i].type, &values[i].value, E_INVALIDARG);
    assert_count(constructor, 1);
}

/* Sets the count of a value; elements are zero. */
static SoHAttributeValue value_of_count(int type, UINT16 count)
{
    static BYTE elements[65535 * sizeof(Ipv6Address)];
    static const void *const pointer = elements;
    const struct member *member = member_of((unsigned)type);
    SoHAttributeValue value = {0};

    memcpy((BYTE *)&value + member->count, &count, sizeof(count));
    memcpy((BYTE *)&value + member->pointer, &pointer, sizeof(pointer));
    return value;
}

static void assert_append_count(INapSoHConstructor *constructor, int type, int count,
                                HRESULT expected)
{
    const SoHAttributeValue value = value_of_count(type, (UINT16)count);

    assert_append(constructor, type, &value, expected);
}

/* documented: the limits of an attribute's bytes, which with the greatest count are 4000 */
static const struct
{
    int type, least, greatest;
} limits[] = {
    {3, 1, 1000}, {15, 1, 250}, {4, 0, 1000},  {13, 0, 1000}, {7, 0, 3996},
    {6, 0, 4000}, {9, 0, 4000}, {10, 0, 4000}, {11, 0, 4000}, {100, 0, 4000},
};

static void test_AppendAttribute_each_limit(void **state)
{
    SoH *soh;
    size_t i;

    for (i = 0; i < COUNT_OF(limits); i++)
    {
        assert_append_count(*state, limits[i].type, limits[i].least, S_OK);
        assert_append_count(*state, limits[i].type, limits[i].greatest, S_OK);
    }
    soh = get_soh(*state);
    assert_int_equal(soh->count, 1 + 2 * COUNT_OF(limits));
    for (i = 2; i < soh->count; i += 2)
        assert_int_equal(soh->attributes[i].size, maxSoHAttributeSize);
    FreeSoH(soh);
}

/* decided: the code */
static void test_AppendAttribute_beyond_each_limit(void **state)
{
    size_t i;

    for (i = 0; i < COUNT_OF(limits); i++)
    {
        /* One less than 0 is 65535. */
        assert_append_count(*state, limits[i].type, limits[i].least - 1, E_INVALIDARG);
        assert_append_count(*state, limits[i].type, limits[i].greatest + 1, E_INVALIDARG);
        assert_append_count(*state, limits[i].type, 65535, E_INVALIDARG);
    }
    assert_count(*state, 1);
}

/* decided: an octet string, too short for a type 7 */
static void test_AppendAttribute_type_over_14_bits(void **state)
{
    INapSoHConstructor *constructor = *state;
    SoHAttributeValue value = value_of_count(100, 3);
    SoH *soh;
    UINT16 i;

    for (i = 0; i < WIDE_TYPES; i++)
        assert_append(constructor, wide_types[i], &value, S_OK);
    soh = get_soh(constructor);
    for (i = 0; i < WIDE_TYPES; i++)
        assert_attribute(&soh->attributes[1 + i], wide_types[i], "\0\0\0", 3);
    FreeSoH(soh);
}

/* A type that the 16 bits of a packet cannot hold is not cut to one that they can (decided). */
static void test_AppendAttribute_type_over_16_bits(void **state)
{
    static const int types[] = {0x10000, 0x10002, 0x10007, 0x10008, INT_MAX, INT_MIN, -1};
    INapSoHConstructor *constructor = *state;
    SoHAttributeValue value = value_of_count(100, 1);
    size_t i;

    for (i = 0; i < COUNT_OF(types); i++)
        assert_append(constructor, types[i], &value, E_INVALIDARG);
    assert_count(constructor, 1);
}

/* documented: at most 100, the SystemHealthId among them */
static void test_AppendAttribute_more_than_100(void **state)
{
    INapSoHConstructor *constructor = *state;
    unsigned live;
    UINT16 i;

    for (i = 1; i < maxSoHAttributeCount; i++)
        assert_append(constructor, sohAttributeTypeHealthClass, &one_byte, S_OK);
    live = allocations_live();
    assert_append(constructor, sohAttributeTypeHealthClass, &one_byte, NAP_E_INVALID_PACKET);
    assert_append(constructor, sohAttributeTypeHealthClass, &one_byte, NAP_E_INVALID_PACKET);
    assert_int_equal(allocations_live(), live);
    assert_count(constructor, maxSoHAttributeCount);
}

static void test_AppendAttribute_out_of_memory(void **state)
{
    INapSoHConstructor *constructor = *state;
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        unsigned live = allocations_live();

        allocations_fail(samples[i].size ? 1 : 0);
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, samples[i].type, &samples[i].value),
            samples[i].size ? E_OUTOFMEMORY : S_OK);
        assert_int_equal(allocations_live(), live);
        if (samples[i].size)
            assert_append(constructor, samples[i].type, &samples[i].value, S_OK);
        assert_count(constructor, (UINT16)(2 + i));
    }
}

static void test_AppendAttribute_copies_the_value(void **state)
{
    INapSoHConstructor *constructor = *state;
    BYTE data[] = {1, 2, 3};
    SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    SoH *soh;

    assert_append(constructor, sohAttributeTypeProductName, &value, S_OK);
    memset(data, 0xee, sizeof(data));
    memset(&value, 0xee, sizeof(value));
    soh = get_soh(constructor);
    assert_attribute(&soh->attributes[1], sohAttributeTypeProductName, "\x01\x02\x03", 3);
    FreeSoH(soh);
}

/* GetSoH */

/* decided */
static void test_GetSoH_before_Initialize(void **state)
{
    INapSoHConstructor *constructor = *state;
    SoH *soh = SENTINEL;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), NAP_E_NOT_INITIALIZED);
    assert_null(soh);
}

static void test_GetSoH_null_out_parameter(void **state)
{
    INapSoHConstructor *constructor = *state;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
}

/* decided: sizes */
static void test_GetSoH_one_block_per_pointer(void **state)
{
    unsigned live, blocks = 3;
    SoH *soh;
    UINT16 i;

    append_all_samples(*state);
    for (i = 0; i < sample_count; i++)
        blocks += samples[i].size != 0;
    live = allocations_live();
    soh = get_soh(*state);
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
}

/* documented: each embedded pointer is freed by itself */
static void test_GetSoH_parts_freed_one_by_one(void **state)
{
    SoH *soh;
    UINT16 i;

    append_all_samples(*state);
    soh = get_soh(*state);
    for (i = 0; i < soh->count; i++)
        CoTaskMemFree(soh->attributes[i].value);
    CoTaskMemFree(soh->attributes);
    CoTaskMemFree(soh);
}

static void test_GetSoH_outlives_the_constructor(void **state)
{
    INapSoHConstructor *constructor = new_initialized();
    SoH *soh;

    (void)state;
    append_all_samples(constructor);
    soh = get_soh(constructor);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    assert_samples(soh);
    FreeSoH(soh);
}

static void test_GetSoH_copies_are_independent(void **state)
{
    INapSoHConstructor *constructor = *state;
    SoH *first, *second;
    UINT16 i;

    append_all_samples(constructor);
    first = get_soh(constructor);
    for (i = 0; i < first->count; i++)
    {
        if (first->attributes[i].size)
            memset(first->attributes[i].value, 0xee, first->attributes[i].size);
        first->attributes[i].type = 0xeeee;
    }
    second = get_soh(constructor);
    assert_samples(second);
    FreeSoH(first);
    FreeSoH(second);
}

static void test_GetSoH_between_appends(void **state)
{
    INapSoHConstructor *constructor = *state;
    UINT16 i;

    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        assert_count(constructor, i);
        assert_append(constructor, sohAttributeTypeHealthClass, &one_byte, S_OK);
    }
    assert_count(constructor, maxSoHAttributeCount);
}

/* documented: agents compare their requests byte by byte */
static void test_GetSoH_same_calls_same_bytes(void **state)
{
    INapSoHConstructor *other = new_initialized();
    SoH *first, *second;

    append_all_samples(*state);
    append_all_samples(other);
    first = get_soh(*state);
    second = get_soh(other);
    assert_packets_equal(second, first);
    FreeSoH(first);
    FreeSoH(second);
    INapSoHConstructor_Release(other);
}

static void test_GetSoH_longest_packet(void **state)
{
    INapSoHConstructor *constructor = *state;
    static BYTE data[maxSoHAttributeSize];
    SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    SoH *soh;
    UINT16 i;

    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        memset(data, i, sizeof(data));
        assert_append(constructor, sohAttributeTypeProductName, &value, S_OK);
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
}

static void test_GetSoH_out_of_memory(void **state)
{
    INapSoHConstructor *constructor = *state;
    unsigned live, nth, blocks = 3;
    UINT16 i;

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

            assert_append(constructor, request.attributes[j].type, &value, S_OK);
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
    INapSoHConstructor *constructor = *state;

    assert_int_equal(INapSoHConstructor_Validate(constructor, NULL, TRUE), E_POINTER);
    assert_int_equal(INapSoHConstructor_Validate(constructor, NULL, FALSE), E_POINTER);
}

static void assert_validates(const struct packet *table, size_t count)
{
    INapSoHConstructor *constructor = new_constructor();
    size_t i;

    for (i = 0; i < count; i++)
    {
        SoH *soh = new_packet(table[i].hex);

        assert_result(INapSoHConstructor_Validate(constructor, soh, TRUE), table[i].request,
                      table[i].hex);
        assert_result(INapSoHConstructor_Validate(constructor, soh, FALSE), table[i].response,
                      table[i].hex);
        FreeSoH(soh);
    }
    INapSoHConstructor_Release(constructor);
}

/* documented: what Microsoft's components send is valid */
static void test_Validate_real_packets(void **state)
{
    (void)state;
    assert_validates(packets, packet_count);
}

/* The rules are the codec's, whose tests go through all of them. */
static void test_Validate_each_rule(void **state)
{
    (void)state;
    assert_validates(rules, rule_count);
}

static void test_Validate_each_decided_rule(void **state)
{
    INapSoHConstructor *constructor = *state;
    SoH *soh = new_packet(packets[0].hex);
    size_t i;

    assert_validates(decided_rules, decided_rule_count);
    for (i = 0; i < NO_PACKETS; i++)
        assert_int_equal(INapSoHConstructor_Validate(constructor, &no_packets[i], TRUE),
                         NAP_E_INVALID_PACKET);
    /* Any other BOOL is TRUE. */
    assert_int_equal(INapSoHConstructor_Validate(constructor, soh, 2), S_OK);
    FreeSoH(soh);
}

/* The packet is the argument's, not the object's: it may hold anything, or nothing yet. */
static void test_Validate_whatever_the_constructor_holds(void **state)
{
    static SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02")};
    static SoHAttribute nothing[] = {ATTRIBUTE(2, "\0\0\0\0")};
    static const SoH response = PACKET(attributes), request = PACKET(nothing);
    INapSoHConstructor *constructor = *state;
    unsigned taken;

    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, FALSE), S_OK);
    taken = allocations_taken();
    assert_int_equal(INapSoHConstructor_Validate(constructor, &response, FALSE), S_OK);
    assert_int_equal(INapSoHConstructor_Validate(constructor, &request, TRUE), S_OK);
    assert_int_equal(INapSoHConstructor_Validate(constructor, &request, FALSE),
                     NAP_E_INVALID_PACKET);
    assert_int_equal(allocations_taken(), taken);
    assert_count(constructor, 1);
}

static int begin_new(void **state)
{
    allocations_begin(state);
    *state = new_constructor();
    return 0;
}

static int begin_initialized(void **state)
{
    allocations_begin(state);
    *state = new_initialized();
    return 0;
}

static int release(void **state)
{
    assert_int_equal(INapSoHConstructor_Release((INapSoHConstructor *)*state), 0);
    return allocations_end(state);
}

#define TEST(tag, test)        TAGGED_TEST(tag, test, allocations_begin, allocations_end)
#define NEW(tag, test)         TAGGED_TEST(tag, test, begin_new, release)
#define INITIALIZED(tag, test) TAGGED_TEST(tag, test, begin_initialized, release)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        TEST(DOCUMENTED, test_Initialize_puts_the_id_first),
        INITIALIZED(DECIDED, test_Initialize_second_call),
        NEW(DECIDED, test_Initialize_out_of_memory),
        INITIALIZED(OBSERVED, test_AppendAttribute_each_type),
        NEW(DECIDED, test_AppendAttribute_before_Initialize),
        INITIALIZED(DECIDED, test_AppendAttribute_SystemHealthId),
        INITIALIZED(DECIDED, test_AppendAttribute_null_value),
        NEW(DECIDED, test_AppendAttribute_order_of_errors),
        INITIALIZED(DECIDED, test_AppendAttribute_null_embedded_pointer),
        INITIALIZED(DOCUMENTED, test_AppendAttribute_each_limit),
        INITIALIZED(DECIDED, test_AppendAttribute_beyond_each_limit),
        INITIALIZED(DECIDED, test_AppendAttribute_type_over_14_bits),
        INITIALIZED(DECIDED, test_AppendAttribute_type_over_16_bits),
        INITIALIZED(DECIDED, test_AppendAttribute_more_than_100),
        INITIALIZED(DECIDED, test_AppendAttribute_out_of_memory),
        INITIALIZED(DOCUMENTED, test_AppendAttribute_copies_the_value),
        NEW(DECIDED, test_GetSoH_before_Initialize),
        NEW(DECIDED, test_GetSoH_null_out_parameter),
        INITIALIZED(DECIDED, test_GetSoH_one_block_per_pointer),
        INITIALIZED(DOCUMENTED, test_GetSoH_parts_freed_one_by_one),
        TEST(OBSERVED, test_GetSoH_outlives_the_constructor),
        INITIALIZED(OBSERVED, test_GetSoH_copies_are_independent),
        INITIALIZED(DECIDED, test_GetSoH_between_appends),
        INITIALIZED(DOCUMENTED, test_GetSoH_same_calls_same_bytes),
        INITIALIZED(DOCUMENTED, test_GetSoH_longest_packet),
        INITIALIZED(DECIDED, test_GetSoH_out_of_memory),
        TEST(OBSERVED, test_GetSoH_requests_of_the_peer),
        NEW(DECIDED, test_Validate_null_packet),
        TEST(DOCUMENTED, test_Validate_real_packets),
        TEST(DOCUMENTED, test_Validate_each_rule),
        NEW(DECIDED, test_Validate_each_decided_rule),
        NEW(DECIDED, test_Validate_whatever_the_constructor_holds),
    };

    classes_select(argc, argv);
    return cmocka_run_group_tests_name("constructor", tests, classes_open, classes_close);
}
