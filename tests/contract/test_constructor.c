/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of NapSoHConstructor. Runs natively with the sources, and in Windows with any
 * qutil.dll.
 */
#include "test.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
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

/* Fails the test if the packet has another number of attributes, or does not begin with the id. */
static void assert_count(INapSoHConstructor *constructor, UINT16 count)
{
    SoH *soh = get_soh(constructor);

    assert_int_equal(soh->count, count);
    assert_attribute(&soh->attributes[0], sohAttributeTypeSystemHealthId, "\x00\x01\x37\xf0", 4);
    FreeSoH(soh);
}

/* First E_POINTER, then NAP_E_NOT_INITIALIZED and ERROR_ALREADY_INITIALIZED, then the others. */
static void test_order_of_errors(void **state)
{
    static const SoHAttributeValue no_data = {.octetStringVal = {1, NULL}};
    static const struct
    {
        int type;
        const SoHAttributeValue *value;
        HRESULT before, after; /* expected before and after Initialize */
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

    assert_int_equal(INapSoHConstructor_Validate(constructor, NULL, TRUE), E_POINTER);
    assert_int_equal(INapSoHConstructor_Validate(constructor, NULL, FALSE), E_POINTER);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    assert_get_fails(constructor, NAP_E_NOT_INITIALIZED);
    for (i = 0; i < COUNT_OF(rows); i++)
        expect_append(constructor, rows[i].type, rows[i].value, rows[i].before,
                      rows[i].value ? "before Initialize" : "NULL before Initialize");
    allocations_fail(1);
    assert_append(constructor, sohAttributeTypeHealthClass, &one_byte, NAP_E_NOT_INITIALIZED);
    allocations_fail(1);
    assert_initialize(constructor, HEALTH_ID, TRUE, E_OUTOFMEMORY);
    assert_get_fails(constructor, NAP_E_NOT_INITIALIZED);
    assert_initialize(constructor, HEALTH_ID, TRUE, S_OK);
    assert_initialize(constructor, 1, TRUE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_initialize(constructor, HEALTH_ID, FALSE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    allocations_fail(1);
    assert_initialize(constructor, HEALTH_ID, TRUE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    allocations_fail(0);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, NULL), E_POINTER);
    assert_count(constructor, 1);
    for (i = 0; i < COUNT_OF(rows); i++)
        expect_append(constructor, rows[i].type, rows[i].value, rows[i].after,
                      rows[i].value ? "after Initialize" : "NULL after Initialize");
    assert_count(constructor, 2);
}

/* AppendAttribute */

/* Each attribute with a value is first appended without memory, which fails. */
static void append_samples(INapSoHConstructor *constructor)
{
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        unsigned live = allocations_live();

        if (samples[i].size)
        {
            allocations_fail(1);
            assert_append(constructor, (int)samples[i].type, &samples[i].value, E_OUTOFMEMORY);
            assert_int_equal(allocations_live(), live);
        }
        assert_count(constructor, (UINT16)(1 + i));
        assert_append(constructor, (int)samples[i].type, &samples[i].value, S_OK);
    }
}

/* GetSoH returns what was appended. Each of its allocations fails in turn. Each block has exactly
 * the size of its contents. A second packet shares no memory with the first one, nor with the
 * constructor. */
static void test_AppendAttribute_and_GetSoH_each_type(void **state)
{
    INapSoHConstructor *constructor = new_initialized_constructor(HEALTH_ID);
    const unsigned before = allocations_live();
    SoH *expected = new_sample_packet(), *soh, *second;
    const unsigned blocks = allocations_live() - before;
    unsigned live, nth;
    UINT16 i;

    append_samples(constructor);
    live = allocations_live();
    for (nth = 1; nth <= blocks; nth++)
    {
        allocations_fail(nth);
        assert_get_fails(constructor, E_OUTOFMEMORY);
        assert_int_equal(allocations_live(), live);
    }
    soh = get_soh(constructor);
    assert_packets_equal(soh, expected);
    assert_int_equal(allocations_live(), live + blocks);
    assert_int_equal(allocations_size(soh), sizeof(*soh));
    assert_int_equal(allocations_size(soh->attributes), soh->count * sizeof(*soh->attributes));
    for (i = 0; i < soh->count; i++)
        assert_int_equal(allocations_size(soh->attributes[i].value), soh->attributes[i].size);
    spoil_packet(soh);
    second = get_soh(constructor);
    for (i = 0; i < soh->count; i++)
        CoTaskMemFree(soh->attributes[i].value);
    CoTaskMemFree(soh->attributes);
    CoTaskMemFree(soh);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    assert_packets_equal(second, expected);
    FreeSoH(second);
    FreeSoH(expected);
}

/* Elements that are the same in each byte order, and are not ALLOCATIONS_FILL. */
static BYTE elements[65535 * sizeof(Ipv6Address)];

static void expect_append_list(INapSoHConstructor *constructor, int type, UINT16 count,
                               const BYTE *pointer, HRESULT expected)
{
    const struct member *member = member_of((unsigned)type);
    SoHAttributeValue value = {0};
    char key[32];

    memcpy((BYTE *)&value + member->count, &count, sizeof(count));
    memcpy((BYTE *)&value + member->pointer, &pointer, sizeof(pointer));
    snprintf(key, sizeof(key), "count %u%s", count, pointer ? "" : ", NULL");
    expect_append(constructor, type, &value, expected, key);
}

/* Fails the test if the last attribute is not the longest list of the type. */
static void assert_longest(INapSoHConstructor *constructor, UINT16 type)
{
    const size_t head = member_of(type)->fixed;
    SoH *soh = get_soh(constructor);
    const SoHAttribute *last = &soh->attributes[soh->count - 1];

    assert_int_equal(last->type, type);
    assert_int_equal(last->size, maxSoHAttributeSize);
    assert_memory_equal(last->value + head, elements, maxSoHAttributeSize - head);
    FreeSoH(soh);
}

/* A type that does not fit into the 16 bits of a packet is refused, not cut. */
static void test_AppendAttribute_each_limit(void **state)
{
    static const int wide[] = {0x10000, 0x10002, 0x10007, 0x10008, INT_MAX, INT_MIN, -1};
    UINT16 i, appended = 1;

    memset(elements, 0x3c, sizeof(elements));
    for (i = 0; i < TYPES; i++)
    {
        const UINT16 type = each_type[i];
        const UINT16 least = (UINT16)member_of(type)->least, most = (UINT16)member_of(type)->most;

        if (!member_of(type)->pointer)
            continue;
        expect_append_list(*state, type, least, elements, S_OK);
        expect_append_list(*state, type, most, elements, S_OK);
        assert_longest(*state, type);
        /* If least is 0, least - 1 is 65535. */
        expect_append_list(*state, type, (UINT16)(least - 1), elements, E_INVALIDARG);
        expect_append_list(*state, type, (UINT16)(most + 1), elements, E_INVALIDARG);
        expect_append_list(*state, type, 65535, elements, E_INVALIDARG);
        expect_append_list(*state, type, 1, NULL, E_INVALIDARG);
        appended += 2;
    }
    for (i = 0; i < COUNT_OF(wide); i++)
        expect_append_list(*state, wide[i], 1, elements, E_INVALIDARG);
    assert_count(*state, appended);
}

/* A packet has at most 100 attributes, with the SystemHealthId. All values use the same buffer. */
static void test_AppendAttribute_more_than_100(void **state)
{
    static BYTE data[maxSoHAttributeSize];
    const SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    unsigned live;
    SoH *soh;
    UINT16 i;

    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        assert_count(*state, i);
        memset(data, i, sizeof(data));
        assert_append(*state, sohAttributeTypeProductName, &value, S_OK);
    }
    live = allocations_live();
    assert_append(*state, sohAttributeTypeProductName, &value, NAP_E_INVALID_PACKET);
    assert_append(*state, sohAttributeTypeHealthClass, &one_byte, NAP_E_INVALID_PACKET);
    assert_int_equal(allocations_live(), live);
    soh = get_soh(*state);
    assert_int_equal(soh->count, maxSoHAttributeCount);
    for (i = 1; i < maxSoHAttributeCount; i++)
    {
        memset(data, i, sizeof(data));
        assert_attribute(&soh->attributes[i], sohAttributeTypeProductName, data, sizeof(data));
    }
    assert_int_equal(INapSoHConstructor_Validate((INapSoHConstructor *)*state, soh, TRUE), S_OK);
    FreeSoH(soh);
}

/* Validate */

/* Validate reads only the address of a value, not its bytes. */
static BYTE only_address;

/* The other attributes of the packet are valid. */
static void expect_attribute_size(INapSoHConstructor *constructor, UINT16 type, UINT16 size,
                                  BYTE *value)
{
    SoHAttribute attributes[] = {
        {2, 4, &only_address}, {14, 1, &only_address}, {type, size, value}};
    const SoH soh = {type == 2 ? 2 : 3, attributes};
    const bool is_allowed = is_attribute_allowed(&attributes[2]);

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

    for (i = 0; i < TYPES; i++)
    {
        for (size = 0; size <= UINT16_MAX; size += size < 4100 ? 1 : 15)
        {
            expect_attribute_size(*state, each_type[i], (UINT16)size, &only_address);
            expect_attribute_size(*state, each_type[i], (UINT16)size, NULL);
        }
    }
}

/* Validate checks its argument, not the packet of the constructor, which it does not change. */
static void test_Validate_whatever_the_constructor_holds(void **state)
{
    static SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02")};
    static const SoH response = PACKET(attributes), request = {1, attributes};
    INapSoHConstructor *constructor = *state;
    const unsigned taken = allocations_taken();

    assert_int_equal(INapSoHConstructor_Validate(constructor, &response, FALSE), S_OK);
    assert_int_equal(INapSoHConstructor_Validate(constructor, &request, TRUE), S_OK);
    /* Any other BOOL is TRUE. */
    assert_int_equal(INapSoHConstructor_Validate(constructor, &request, 2), S_OK);
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
    *state = new_initialized_constructor(HEALTH_ID);
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
    NEW(test_order_of_errors),
    TEST(test_AppendAttribute_and_GetSoH_each_type),
    INITIALIZED(test_AppendAttribute_each_limit),
    INITIALIZED(test_AppendAttribute_more_than_100),
    NEW(test_Validate_each_size),
    INITIALIZED(test_Validate_whatever_the_constructor_holds),
};

TEST_GROUP(constructor, .setup = classes_open, .teardown = classes_close, .dll = "qutil.dll");
