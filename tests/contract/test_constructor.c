/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of NapSoHConstructor. Runs natively against the sources, and as a Windows program
 * against any qutil.dll.
 *
 * Tags say where an expectation is known from: documented (Microsoft's public references), inferred
 * (from them, and from real packets), decided (no evidence: what breaks nobody).
 */
#include "test.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"
#include "packets.h"
#include "rows.h"

static const SoHAttributeValue one_byte = {.uint8Val = 1};

static void assert_initialize(INapSoHConstructor *constructor, SystemHealthEntityId id,
                              BOOL is_request, HRESULT expected)
{
    assert_int_equal(INapSoHConstructor_Initialize(constructor, id, is_request), expected);
}

static void assert_append(INapSoHConstructor *constructor, int type, const SoHAttributeValue *value,
                          HRESULT expected)
{
    assert_int_equal(INapSoHConstructor_AppendAttribute(constructor, (SoHAttributeType)type, value),
                     expected);
}

/* A row of a table. */
static void expect_append(INapSoHConstructor *constructor, int type, const SoHAttributeValue *value,
                          HRESULT expected, const char *key)
{
    expect_result(expected,
                  INapSoHConstructor_AppendAttribute(constructor, (SoHAttributeType)type, value),
                  "type %d, %s", type, key);
}

static SoH *get_soh(INapSoHConstructor *constructor)
{
    SoH *soh = SENTINEL;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    assert_non_null(soh);
    return soh;
}

static void assert_get_fails(INapSoHConstructor *constructor, HRESULT expected)
{
    SoH *soh = SENTINEL;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), expected);
    assert_null(soh);
}

/* Fails the test where the constructor holds anything but so many attributes, the id first. */
static void assert_count(INapSoHConstructor *constructor, UINT16 count)
{
    SoH *soh = get_soh(constructor);

    assert_int_equal(soh->count, count);
    assert_attribute(&soh->attributes[0], sohAttributeTypeSystemHealthId, "\x00\x01\x37\xf0", 4);
    FreeSoH(soh);
}

static void assert_samples(INapSoHConstructor *constructor)
{
    SoH *expected = new_sample_packet(), *soh = get_soh(constructor);

    assert_packets_equal(soh, expected);
    FreeSoH(soh);
    FreeSoH(expected);
}

static void append_all_samples(INapSoHConstructor *constructor)
{
    UINT16 i;

    for (i = 0; i < sample_count; i++)
        assert_append(constructor, (int)samples[i].type, &samples[i].value, S_OK);
}

/* Initialize */

static void test_Initialize_puts_the_id_first(void **state)
{
    BOOL is_request;

    (void)state;
    for (is_request = FALSE; is_request <= TRUE; is_request++)
    {
        INapSoHConstructor *constructor = new_constructor();

        assert_initialize(constructor, HEALTH_ID, is_request, S_OK);
        assert_count(constructor, 1);
        INapSoHConstructor_Release(constructor);
    }
}

/* documented: once; decided: the code */
static void test_Initialize_second_call(void **state)
{
    assert_initialize(*state, 1, TRUE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_initialize(*state, HEALTH_ID, FALSE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    allocations_fail(1);
    assert_initialize(*state, HEALTH_ID, TRUE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    allocations_fail(0);
    assert_count(*state, 1);
}

static void test_Initialize_out_of_memory(void **state)
{
    allocations_fail(1);
    assert_initialize(*state, HEALTH_ID, TRUE, E_OUTOFMEMORY);
    assert_get_fails(*state, NAP_E_NOT_INITIALIZED);
    assert_initialize(*state, HEALTH_ID, TRUE, S_OK);
    assert_count(*state, 1);
}

/* decided: E_POINTER, then NAP_E_NOT_INITIALIZED, then the others */
static void test_order_of_errors(void **state)
{
    static const SoHAttributeValue no_data = {.octetStringVal = {1, NULL}};
    static const struct
    {
        int type;
        const SoHAttributeValue *value;
        HRESULT before, after; /* Initialize */
    } rows[] = {
        {sohAttributeTypeSystemHealthId, NULL, E_POINTER, E_POINTER},
        {sohAttributeTypeHealthClass, NULL, E_POINTER, E_POINTER},
        {sohAttributeTypeProductName, NULL, E_POINTER, E_POINTER},
        {sohAttributeTypeSystemHealthId, &one_byte, NAP_E_NOT_INITIALIZED, E_INVALIDARG},
        {sohAttributeTypeProductName, &no_data, NAP_E_NOT_INITIALIZED, E_INVALIDARG},
        {sohAttributeTypeHealthClass, &one_byte, NAP_E_NOT_INITIALIZED, S_OK},
    };
    INapSoHConstructor *constructor = *state;
    size_t i;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    assert_get_fails(constructor, NAP_E_NOT_INITIALIZED);
    rows_begin();
    for (i = 0; i < COUNT_OF(rows); i++)
        expect_append(constructor, rows[i].type, rows[i].value, rows[i].before,
                      rows[i].value ? "before Initialize" : "NULL before Initialize");
    allocations_fail(1);
    assert_append(constructor, sohAttributeTypeHealthClass, &one_byte, NAP_E_NOT_INITIALIZED);
    allocations_fail(0);
    assert_initialize(constructor, HEALTH_ID, TRUE, S_OK);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    assert_count(constructor, 1);
    for (i = 0; i < COUNT_OF(rows); i++)
        expect_append(constructor, rows[i].type, rows[i].value, rows[i].after,
                      rows[i].value ? "after Initialize" : "NULL after Initialize");
    rows_end();
    assert_count(constructor, 2);
}

/* AppendAttribute */

static void test_AppendAttribute_each_type(void **state)
{
    append_all_samples(*state);
    assert_samples(*state);
}

/* Elements that are the same in either order of their bytes, and no ALLOCATIONS_FILL. */
static BYTE elements[65535 * sizeof(Ipv6Address)];

static void expect_append_list(INapSoHConstructor *constructor, int type, int count,
                               const BYTE *pointer, HRESULT expected)
{
    const struct member *member = member_of((unsigned)type);
    const UINT16 count16 = (UINT16)count;
    SoHAttributeValue value = {0};
    char key[32];

    memcpy((BYTE *)&value + member->count, &count16, sizeof(count16));
    memcpy((BYTE *)&value + member->pointer, &pointer, sizeof(pointer));
    snprintf(key, sizeof(key), "count %u%s", count16, pointer ? "" : ", NULL");
    expect_append(constructor, type, &value, expected, key);
}

static bool has_list(UINT16 type)
{
    return member_of(type)->pointer != 0;
}

static void test_AppendAttribute_each_limit(void **state)
{
    UINT16 i, appended = 1;
    SoH *soh;

    memset(elements, 0x3c, sizeof(elements));
    rows_begin();
    for (i = 0; i < TYPES; i++)
    {
        if (!has_list(each_type[i]))
            continue;
        expect_append_list(*state, each_type[i], (int)member_of(each_type[i])->least, elements,
                           S_OK);
        expect_append_list(*state, each_type[i], (int)member_of(each_type[i])->most, elements,
                           S_OK);
        appended += 2;
    }
    rows_end();
    soh = get_soh(*state);
    assert_int_equal(soh->count, appended);
    for (i = 2; i < soh->count; i += 2)
    {
        const size_t head = member_of(soh->attributes[i].type)->fixed;

        assert_int_equal(soh->attributes[i].size, maxSoHAttributeSize);
        assert_memory_equal(soh->attributes[i].value + head, elements, maxSoHAttributeSize - head);
    }
    FreeSoH(soh);
}

/* decided: the code */
static void test_AppendAttribute_beyond_each_limit(void **state)
{
    UINT16 i;

    rows_begin();
    for (i = 0; i < TYPES; i++)
    {
        const int least = (int)member_of(each_type[i])->least,
                  most = (int)member_of(each_type[i])->most;

        if (!has_list(each_type[i]))
            continue;
        /* One less than 0 is 65535. */
        expect_append_list(*state, each_type[i], least - 1, elements, E_INVALIDARG);
        expect_append_list(*state, each_type[i], most + 1, elements, E_INVALIDARG);
        expect_append_list(*state, each_type[i], 65535, elements, E_INVALIDARG);
    }
    rows_end();
    assert_count(*state, 1);
}

static void test_AppendAttribute_null_embedded_pointer(void **state)
{
    UINT16 i;

    rows_begin();
    for (i = 0; i < TYPES; i++)
    {
        if (has_list(each_type[i]))
            expect_append_list(*state, each_type[i], 1, NULL, E_INVALIDARG);
    }
    rows_end();
    assert_count(*state, 1);
}

/* decided: an octet string, too short for a type 7 */
static void test_AppendAttribute_type_over_14_bits(void **state)
{
    SoH *soh;
    UINT16 i;

    rows_begin();
    for (i = 0; i < WIDE_TYPES; i++)
        expect_append_list(*state, wide_types[i], 3, (const BYTE *)"\1\2\3", S_OK);
    rows_end();
    soh = get_soh(*state);
    for (i = 0; i < WIDE_TYPES; i++)
        assert_attribute(&soh->attributes[1 + i], wide_types[i], "\1\2\3", 3);
    FreeSoH(soh);
}

/* A type that the 16 bits of a packet cannot hold is not cut to one that they can (decided). */
static void test_AppendAttribute_type_over_16_bits(void **state)
{
    static const int types[] = {0x10000, 0x10002, 0x10007, 0x10008, INT_MAX, INT_MIN, -1};
    size_t i;

    rows_begin();
    for (i = 0; i < COUNT_OF(types); i++)
        expect_append_list(*state, types[i], 1, elements, E_INVALIDARG);
    rows_end();
    assert_count(*state, 1);
}

/* documented: at most 100, the SystemHealthId among them */
static void test_AppendAttribute_more_than_100(void **state)
{
    unsigned live;
    UINT16 i;

    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        assert_count(*state, i);
        assert_append(*state, sohAttributeTypeHealthClass, &one_byte, S_OK);
    }
    live = allocations_live();
    assert_append(*state, sohAttributeTypeHealthClass, &one_byte, NAP_E_INVALID_PACKET);
    assert_append(*state, sohAttributeTypeHealthClass, &one_byte, NAP_E_INVALID_PACKET);
    assert_int_equal(allocations_live(), live);
    assert_count(*state, maxSoHAttributeCount);
}

static void test_AppendAttribute_out_of_memory(void **state)
{
    INapSoHConstructor *constructor = *state;
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        unsigned live = allocations_live();

        allocations_fail(samples[i].size ? 1 : 0);
        assert_append(constructor, (int)samples[i].type, &samples[i].value,
                      samples[i].size ? E_OUTOFMEMORY : S_OK);
        assert_int_equal(allocations_live(), live);
        if (samples[i].size)
            assert_append(constructor, (int)samples[i].type, &samples[i].value, S_OK);
        assert_count(constructor, (UINT16)(2 + i));
    }
}

/* GetSoH */

/* Returns how many blocks the packet is: itself, its array, and the values. */
static unsigned append_samples_of_blocks(INapSoHConstructor *constructor)
{
    unsigned blocks = 3;
    UINT16 i;

    append_all_samples(constructor);
    for (i = 0; i < sample_count; i++)
        blocks += samples[i].size != 0;
    return blocks;
}

/* decided: sizes */
static void test_GetSoH_one_block_per_pointer(void **state)
{
    const unsigned blocks = append_samples_of_blocks(*state), live = allocations_live();
    SoH *soh = get_soh(*state);
    UINT16 i;

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

/* Two packets have nothing in common, and neither has anything of the constructor's. */
static void test_GetSoH_copies_are_independent(void **state)
{
    INapSoHConstructor *constructor = new_constructor();
    SoH *expected = new_sample_packet(), *first, *second;
    UINT16 i;

    (void)state;
    assert_initialize(constructor, HEALTH_ID, TRUE, S_OK);
    append_all_samples(constructor);
    first = get_soh(constructor);
    for (i = 0; i < first->count; i++)
    {
        if (first->attributes[i].size)
            memset(first->attributes[i].value, 0xee, first->attributes[i].size);
        first->attributes[i].type = 0xeeee;
    }
    second = get_soh(constructor);
    FreeSoH(first);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    assert_packets_equal(second, expected);
    FreeSoH(second);
    FreeSoH(expected);
}

/* And each value is copied: the next one stands where it stood. */
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
    const unsigned blocks = append_samples_of_blocks(*state), live = allocations_live();
    unsigned nth;

    for (nth = 1; nth <= blocks; nth++)
    {
        allocations_fail(nth);
        assert_get_fails(*state, E_OUTOFMEMORY);
        assert_int_equal(allocations_live(), live);
    }
    assert_samples(*state);
}

/* Validate */

static void expect_validate(const SoH *soh, BOOL is_request, HRESULT expected, const char *packet)
{
    INapSoHConstructor *constructor = new_constructor();

    expect_result(expected, INapSoHConstructor_Validate(constructor, soh, is_request), "%s, %s",
                  is_request ? "request" : "response", packet);
    INapSoHConstructor_Release(constructor);
}

/* Only its address is looked at: Validate does not read the bytes of values. */
static BYTE only_address;

static bool is_size_allowed(UINT16 type, size_t size)
{
    const struct member *member = member_of(type);

    if (size < member->fixed || (size > member->fixed && !has_list(type)))
        return false;
    size -= member->fixed;
    return !has_list(type) || (size % member->size == 0 && size / member->size >= member->least &&
                               size / member->size <= member->most);
}

/* The attribute is in a packet that is valid around it. */
static void expect_attribute_size(INapSoHConstructor *constructor, UINT16 type, UINT16 size,
                                  BYTE *value)
{
    SoHAttribute attributes[] = {
        {2, 4, &only_address}, {14, 1, &only_address}, {type, size, value}};
    const SoH soh = {type == 2 ? 2 : 3, attributes};
    const bool is_allowed = is_size_allowed(type, size) && (value || !size);

    if (type == 2)
        attributes[0] = attributes[2];
    expect_result(is_allowed ? S_OK : NAP_E_INVALID_PACKET,
                  INapSoHConstructor_Validate(constructor, &soh, FALSE),
                  "type %u, size %u, value %s", type, size, value ? "there" : "NULL");
}

static void test_Validate_each_size(void **state)
{
    unsigned size;
    size_t i;

    rows_begin();
    for (i = 0; i < TYPES; i++)
    {
        for (size = 0; size <= UINT16_MAX; size += size < 4100 ? 1 : 15)
        {
            expect_attribute_size(*state, each_type[i], (UINT16)size, &only_address);
            expect_attribute_size(*state, each_type[i], (UINT16)size, NULL);
        }
    }
    rows_end();
}

/* Packets of the least attributes of some types. */
static const struct
{
    const char *what;
    HRESULT request, response;
    UINT16 types[14]; /* up to the 0 */
} orders[] = {
    {"the id is not there", NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET, {4}},
    {"the id is not first", NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET, {4, 2}},
    {"a second id", NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET, {2, 2, 4}},
    {"a last id", NAP_E_INVALID_PACKET, NAP_E_INVALID_PACKET, {2, 4, 2}},
    {"compliance codes are a result", S_OK, S_OK, {2, 4}},
    {"error codes are a result", S_OK, S_OK, {2, 13}},
    {"a failure category is a result", S_OK, S_OK, {2, 14}},
    {"no result", S_OK, NAP_E_INVALID_PACKET, {2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17}},
    {"a last result", S_OK, S_OK, {2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 14}},
    {"servers of both", S_OK, S_OK, {2, 4, 3, 15}},
    {"IPv4 twice", S_OK, NAP_E_INVALID_PACKET, {2, 4, 3, 3}},
    {"IPv4 twice, and first", S_OK, NAP_E_INVALID_PACKET, {2, 3, 3, 4, 5}},
    {"IPv6 twice", S_OK, NAP_E_INVALID_PACKET, {2, 4, 15, 15}},
    {"IPv4 around IPv6", S_OK, NAP_E_INVALID_PACKET, {2, 3, 15, 4, 3}},
    {"IPv6 around IPv4", S_OK, NAP_E_INVALID_PACKET, {2, 15, 4, 3, 15}},
    /* Rules that the reference would have, and that Microsoft's own packets break (documented). */
    {"two results", S_OK, S_OK, {2, 4, 14}},
    {"a result each", S_OK, S_OK, {2, 8, 4, 8, 4, 8, 4, 8, 4, 8, 4}},
    {"all results twice", S_OK, S_OK, {2, 4, 13, 14, 4, 13, 14}},
    {"others twice", S_OK, S_OK, {2, 14, 7, 7, 8, 8, 10, 10, 11, 11, 16, 16}},
    {"more others twice", S_OK, S_OK, {2, 14, 5, 5, 6, 6, 9, 9, 12, 12, 17, 17, 1}},
    {"types over 14 bits", S_OK, S_OK, {2, 0x4000, 0x8002, 0x8002, 0xFFFF, 4}},
};

static void test_Validate_each_order(void **state)
{
    SoHAttribute attributes[COUNT_OF(orders[0].types)];
    SoH soh = {0, attributes};
    size_t i;

    (void)state;
    rows_begin();
    for (i = 0; i < COUNT_OF(orders); i++)
    {
        for (soh.count = 0; orders[i].types[soh.count]; soh.count++)
        {
            const UINT16 type = orders[i].types[soh.count];
            const struct member *member = member_of(type);

            attributes[soh.count] = (SoHAttribute){
                type, (UINT16)(member->fixed + member->least * member->size), &only_address};
        }
        expect_validate(&soh, TRUE, orders[i].request, orders[i].what);
        expect_validate(&soh, FALSE, orders[i].response, orders[i].what);
    }
    rows_end();
}

/* documented: what Microsoft's components send is valid */
static void test_Validate_each_rule(void **state)
{
    (void)state;
    rows_begin();
    for_each_packet(packets, expect_validate);
    rows_end();
}

static void test_Validate_each_decided_rule(void **state)
{
    SoH *soh = new_packet(packets[0].hex);

    (void)state;
    rows_begin();
    for_each_packet(decided_packets, expect_validate);
    for_each_no_packet(expect_validate);
    expect_validate(NULL, TRUE, E_POINTER, "NULL");
    expect_validate(NULL, FALSE, E_POINTER, "NULL");
    /* Any other BOOL is TRUE. */
    expect_validate(soh, 2, S_OK, packets[0].hex);
    FreeSoH(soh);
    rows_end();
}

/* The packet is the argument's, not the object's: it may hold anything, or nothing yet. */
static void test_Validate_whatever_the_constructor_holds(void **state)
{
    static SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02")};
    static const SoH response = PACKET(attributes), request = {1, attributes};
    INapSoHConstructor *constructor = *state;
    const unsigned taken = allocations_taken();

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
    begin_new(state);
    assert_initialize(*state, HEALTH_ID, TRUE, S_OK);
    return 0;
}

static int release(void **state)
{
    assert_int_equal(INapSoHConstructor_Release((INapSoHConstructor *)*state), 0);
    return allocations_end(state);
}

#define TEST(test)        cmocka_unit_test_setup_teardown(test, allocations_begin, allocations_end)
#define NEW(test)         cmocka_unit_test_setup_teardown(test, begin_new, release)
#define INITIALIZED(test) cmocka_unit_test_setup_teardown(test, begin_initialized, release)

static const struct CMUnitTest tests[] = {
    TEST(test_Initialize_puts_the_id_first),
    INITIALIZED(test_Initialize_second_call),
    NEW(test_Initialize_out_of_memory),
    NEW(test_order_of_errors),
    INITIALIZED(test_AppendAttribute_each_type),
    INITIALIZED(test_AppendAttribute_each_limit),
    INITIALIZED(test_AppendAttribute_beyond_each_limit),
    INITIALIZED(test_AppendAttribute_null_embedded_pointer),
    INITIALIZED(test_AppendAttribute_type_over_14_bits),
    INITIALIZED(test_AppendAttribute_type_over_16_bits),
    INITIALIZED(test_AppendAttribute_more_than_100),
    INITIALIZED(test_AppendAttribute_out_of_memory),
    INITIALIZED(test_GetSoH_one_block_per_pointer),
    INITIALIZED(test_GetSoH_parts_freed_one_by_one),
    TEST(test_GetSoH_copies_are_independent),
    INITIALIZED(test_GetSoH_longest_packet),
    INITIALIZED(test_GetSoH_out_of_memory),
    NEW(test_Validate_each_size),
    TEST(test_Validate_each_order),
    TEST(test_Validate_each_rule),
    TEST(test_Validate_each_decided_rule),
    INITIALIZED(test_Validate_whatever_the_constructor_holds),
};

const struct test_group test_constructor = {
    .name = "constructor",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
    .dll = "qutil.dll",
};
