/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of NapSoHProcessor. Runs natively with the sources, and in Windows with any
 * qutil.dll.
 */
#include "test.h"

#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"
#include "packets.h"
#include "rows.h"

#define WORD_SENTINEL 0x5e47
#define NOT_FOUND     HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND)

static const SoH no_packet;

static void initialize(INapSoHProcessor *processor, const SoH *soh, BOOL is_request,
                       HRESULT expected)
{
    SystemHealthEntityId id = WORD_SENTINEL;

    assert_int_equal(INapSoHProcessor_Initialize(processor, soh, is_request, &id), expected);
    if (expected != S_OK)
        assert_int_equal(id, 0);
}

/* With an id and the samples. The packet is overwritten and freed afterwards. */
static void initialize_samples(INapSoHProcessor *processor, HRESULT expected)
{
    SoH *soh = new_sample_packet();

    initialize(processor, soh, TRUE, expected);
    spoil_packet(soh);
    FreeSoH(soh);
}

static void assert_number(INapSoHProcessor *processor, HRESULT expected, UINT16 number)
{
    UINT16 count = WORD_SENTINEL;

    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, &count), expected);
    assert_int_equal(count, number);
}

static void assert_get_fails(INapSoHProcessor *processor, UINT16 location, HRESULT hr)
{
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    assert_int_equal(INapSoHProcessor_GetAttribute(processor, location, &type, &value), hr);
    assert_int_equal(type, 0);
    assert_null(value);
}

/* Initialize, and the constructor's Validate */

/* After a failure the processor can be used as before. Refusing a wrong count needs no memory. */
static void expect_packet(const SoH *soh, BOOL is_request, HRESULT expected, const char *packet)
{
    const char *message = is_request ? "request" : "response";
    INapSoHConstructor *constructor = new_constructor();
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = WORD_SENTINEL;
    unsigned live = allocations_live();
    HRESULT hr;

    expect_result(expected, INapSoHConstructor_Validate(constructor, soh, is_request),
                  "Validate, %s, %s", message, packet);
    if (!soh->attributes || !soh->count || soh->count > maxSoHAttributeCount)
        allocations_fail(1);
    hr = INapSoHProcessor_Initialize(processor, soh, is_request, &id);
    allocations_fail(0);
    if (expect_result(expected, hr, "Initialize, %s, %s", message, packet) && hr == S_OK)
        assert_processor_has(processor, id, is_request, soh);
    else if (hr != S_OK)
    {
        expect_size(0, id, "id, %s", packet);
        assert_number(processor, NAP_E_NOT_INITIALIZED, 0);
        assert_int_equal(allocations_live(), live);
        initialize_samples(processor, S_OK);
    }
    INapSoHConstructor_Release(constructor);
    INapSoHProcessor_Release(processor);
}

static void test_Validate_and_Initialize_each_packet(void **state)
{
    for_each_packet(expect_packet);
}

static void assert_null_is_refused(INapSoHProcessor *processor, UINT16 location)
{
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    initialize(processor, NULL, TRUE, E_POINTER);
    assert_int_equal(INapSoHProcessor_Initialize(processor, &no_packet, TRUE, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_Initialize(processor, NULL, TRUE, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_FindNextAttribute(processor, location, 2, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, location, NULL, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, location, NULL, &value), E_POINTER);
    assert_null(value);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, location, &type, NULL), E_POINTER);
    assert_int_equal(type, 0);
}

/* First E_POINTER, then NAP_E_NOT_INITIALIZED or ERROR_ALREADY_INITIALIZED, then the others. */
static void test_order_of_errors(void **state)
{
    const UINT16 count = (UINT16)(1 + sample_count);
    UINT16 location, found;
    unsigned live;

    for (location = 0; location <= 1; location++)
    {
        assert_null_is_refused(*state, location);
        assert_number(*state, NAP_E_NOT_INITIALIZED, 0);
        found = WORD_SENTINEL;
        assert_int_equal(
            INapSoHProcessor_FindNextAttribute((INapSoHProcessor *)*state, location, 2, &found),
            NAP_E_NOT_INITIALIZED);
        assert_int_equal(found, 0);
        assert_get_fails(*state, location, NAP_E_NOT_INITIALIZED);
    }
    initialize_samples(*state, S_OK);
    live = allocations_live();
    initialize_samples(*state, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    initialize(*state, &no_packet, FALSE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_int_equal(allocations_live(), live);
    assert_null_is_refused(*state, 0);
    assert_null_is_refused(*state, 65535);
    assert_get_fails(*state, count, E_INVALIDARG);
    assert_get_fails(*state, (UINT16)(count + 1), E_INVALIDARG);
    assert_get_fails(*state, 65535, E_INVALIDARG);
    assert_number(*state, S_OK, count);
}

/* The processor's copy has as many blocks as the packet. */
static void test_Initialize_out_of_memory(void **state)
{
    const unsigned before = allocations_live();
    SoH *soh = new_sample_packet();
    const unsigned live = allocations_live(), blocks = live - before;
    unsigned nth;

    for (nth = 1; nth <= blocks; nth++)
    {
        allocations_fail(nth);
        initialize(*state, soh, TRUE, E_OUTOFMEMORY);
        assert_int_equal(allocations_live(), live);
        assert_number(*state, NAP_E_NOT_INITIALIZED, 0);
    }
    allocations_fail(0);
    initialize(*state, soh, TRUE, S_OK);
    assert_int_equal(allocations_live(), live + blocks);
    assert_number(*state, S_OK, soh->count);
    FreeSoH(soh);
}

/* FindNextAttribute */

/* In the samples there are three codes at 2, and vendor-specific attributes at 7 and 8. A program
 * searches again behind each attribute that it finds, and so also behind the last one. */
static void test_FindNextAttribute_each_location(void **state)
{
    enum
    {
        NOWHERE = UINT16_MAX
    };
    static const struct
    {
        UINT16 from;
        int type;
        UINT16 location;
    } rows[] = {
        {0, 2, 0},
        {1, 2, NOWHERE},
        {0, 4, 2},
        {2, 4, 2},
        {3, 4, 3},
        {4, 4, 4},
        {5, 4, NOWHERE},
        {0, 7, 7},
        {8, 7, 8},
        {9, 7, NOWHERE},
        {26, 0xffff, 26},
        {27, 0xffff, NOWHERE},
        {28, 0xffff, NOWHERE},
        {65535, 0xffff, NOWHERE},
        {0, 18, NOWHERE},
        {0, 0x10002, NOWHERE},
        {0, 0x10007, NOWHERE},
        {0, 0x4002, NOWHERE},
        {0, 0x4007, 23},
        {0, 0x8002, 24},
        {0, 0x8007, 25},
        {0, 0xc007, NOWHERE},
        {0, -1, NOWHERE},
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++)
    {
        const SoHAttributeType type = (SoHAttributeType)rows[i].type;
        const bool is_there = rows[i].location != NOWHERE;
        UINT16 found = WORD_SENTINEL;

        expect_result(is_there ? S_OK : NOT_FOUND,
                      INapSoHProcessor_FindNextAttribute((INapSoHProcessor *)*state, rows[i].from,
                                                         type, &found),
                      "type %d from %u", rows[i].type, rows[i].from);
        expect_size(is_there ? rows[i].location : 0, found, "location of type %d from %u",
                    rows[i].type, rows[i].from);
    }
}

/* GetAttribute */

/* Each pointer has a block of its own. Each allocation fails in turn. */
static void test_GetAttribute_each_type(void **state)
{
    unsigned live = allocations_live(), blocks, nth;
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        const struct sample *sample = &samples[i];
        const UINT16 location = (UINT16)(1 + i);
        SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
        SoHAttributeValue *value = SENTINEL;
        const void *embedded;

        blocks = embedded_size(sample->type, &sample->value) ? 2 : 1;
        for (nth = 1; nth <= blocks; nth++)
        {
            allocations_fail(nth);
            assert_get_fails(*state, location, E_OUTOFMEMORY);
            assert_int_equal(allocations_live(), live);
        }
        assert_int_equal(
            INapSoHProcessor_GetAttribute((INapSoHProcessor *)*state, location, &type, &value),
            S_OK);
        assert_int_equal(type, sample->type);
        embedded = embedded_pointer(sample->type, value);
        assert_values_equal(sample->type, value, &sample->value);
        assert_int_equal(allocations_size(value), sizeof(*value));
        assert_int_equal(allocations_size(embedded), embedded_size(sample->type, value));
        assert_int_equal(allocations_live(), live + blocks);
        CoTaskMemFree((void *)embedded);
        CoTaskMemFree(value);
    }
    assert_number(*state, S_OK, (UINT16)(1 + sample_count));
}

static int begin_new(void **state)
{
    allocations_begin(state);
    *state = new_processor();
    return 0;
}

static int begin_initialized(void **state)
{
    begin_new(state);
    initialize_samples(*state, S_OK);
    return 0;
}

static int release(void **state)
{
    assert_int_equal(INapSoHProcessor_Release((INapSoHProcessor *)*state), 0);
    return allocations_end(state);
}

#define TEST(test)        cmocka_unit_test_setup_teardown(test, allocations_begin, allocations_end)
#define NEW(test)         cmocka_unit_test_setup_teardown(test, begin_new, release)
#define INITIALIZED(test) cmocka_unit_test_setup_teardown(test, begin_initialized, release)

static const struct CMUnitTest tests[] = {
    TEST(test_Validate_and_Initialize_each_packet),
    NEW(test_order_of_errors),
    NEW(test_Initialize_out_of_memory),
    INITIALIZED(test_FindNextAttribute_each_location),
    INITIALIZED(test_GetAttribute_each_type),
};

TEST_GROUP(processor, .setup = classes_open, .teardown = classes_close, .dll = "qutil.dll");
