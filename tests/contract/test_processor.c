/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of NapSoHProcessor. Runs natively against the sources, and as a Windows program
 * against any qutil.dll.
 *
 * Tags say where an expectation is known from: documented (Microsoft's public references), inferred
 * (from them, and from real packets), decided (no evidence: what breaks nobody).
 */
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
#include "tags.h"

#define SENTINEL      ((void *)(uintptr_t)0x5e47)
#define WORD_SENTINEL 0x5e47

static SoHAttribute windows_agent[] = {
    ATTRIBUTE(2, "\x00\x01\x37\x80"),
    ATTRIBUTE(7, "\x00\x01\x37\x80\x01\x00\x00\x00"),
    ATTRIBUTE(8, "\x00"),
    ATTRIBUTE(11, "\x00\x00\x00\x05"),
    ATTRIBUTE(8, "\x01"),
    ATTRIBUTE(11, "\xc0\xff\x00\x02"),
    ATTRIBUTE(8, "\x03"),
    ATTRIBUTE(11, "\x00\x00\x00\x04"),
};
static const SoH windows_agent_request = PACKET(windows_agent);

static void initialize(INapSoHProcessor *processor, const SoH *soh, BOOL is_request)
{
    SystemHealthEntityId id = WORD_SENTINEL;

    assert_int_equal(INapSoHProcessor_Initialize(processor, soh, is_request, &id), S_OK);
}

static INapSoHProcessor *new_initialized(void)
{
    INapSoHProcessor *processor = new_processor();

    initialize(processor, &windows_agent_request, TRUE);
    return processor;
}

static void assert_not_initialized(INapSoHProcessor *processor)
{
    UINT16 count = WORD_SENTINEL;

    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, &count),
                     NAP_E_NOT_INITIALIZED);
    assert_int_equal(count, 0);
}

static void assert_number(INapSoHProcessor *processor, UINT16 number)
{
    UINT16 count = WORD_SENTINEL;

    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, &count), S_OK);
    assert_int_equal(count, number);
}

static void assert_found(INapSoHProcessor *processor, UINT16 from, int type, UINT16 location)
{
    UINT16 found = WORD_SENTINEL;

    assert_int_equal(
        INapSoHProcessor_FindNextAttribute(processor, from, (SoHAttributeType)type, &found), S_OK);
    assert_int_equal(found, location);
}

/* documented: not found is ERROR_FILE_NOT_FOUND; decided: as an HRESULT that FAILED knows */
static void assert_not_found(INapSoHProcessor *processor, UINT16 from, int type)
{
    UINT16 found = WORD_SENTINEL;

    assert_int_equal(
        INapSoHProcessor_FindNextAttribute(processor, from, (SoHAttributeType)type, &found),
        HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
    assert_int_equal(found, 0);
}

static void assert_get_fails(INapSoHProcessor *processor, UINT16 location, HRESULT hr)
{
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    assert_int_equal(INapSoHProcessor_GetAttribute(processor, location, &type, &value), hr);
    assert_int_equal(type, 0);
    assert_null(value);
}

/* A request that holds every sample behind the id. The attributes are the caller's to free. */
static SoH request_of_samples(void)
{
    SoH soh = {(UINT16)(1 + sample_count), NULL};
    UINT16 i;

    soh.attributes = calloc(soh.count, sizeof(*soh.attributes));
    assert_non_null(soh.attributes);
    soh.attributes[0] = windows_agent[0];
    for (i = 0; i < sample_count; i++)
    {
        soh.attributes[1 + i].type = (UINT16)samples[i].type;
        soh.attributes[1 + i].size = samples[i].size;
        soh.attributes[1 + i].value = samples[i].size ? (BYTE *)samples[i].bytes : NULL;
    }
    return soh;
}

/* IUnknown */

static void test_QueryInterface_identity(void **state)
{
    INapSoHProcessor *processor = new_processor(), *again = SENTINEL;
    IUnknown *unknown = SENTINEL, *same = SENTINEL;

    (void)state;
    assert_int_equal(INapSoHProcessor_QueryInterface(processor, &IID_IUnknown, (void **)&unknown),
                     S_OK);
    assert_int_equal(IUnknown_QueryInterface(unknown, &IID_INapSoHProcessor, (void **)&again),
                     S_OK);
    assert_int_equal(INapSoHProcessor_QueryInterface(again, &IID_IUnknown, (void **)&same), S_OK);
    assert_ptr_equal(same, unknown);
    assert_ptr_equal(again, processor);
    assert_int_equal(IUnknown_Release(same), 3);
    assert_int_equal(INapSoHProcessor_Release(again), 2);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
}

static void test_QueryInterface_unknown_interface(void **state)
{
    INapSoHProcessor *processor = new_processor();
    void *out = SENTINEL;

    (void)state;
    assert_int_equal(INapSoHProcessor_QueryInterface(processor, &IID_INapSoHConstructor, &out),
                     E_NOINTERFACE);
    assert_null(out);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
}

static void test_QueryInterface_null_out_parameter(void **state)
{
    INapSoHProcessor *processor = new_processor();

    (void)state;
    assert_int_equal(INapSoHProcessor_QueryInterface(processor, &IID_IUnknown, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
}

static void test_AddRef_counts(void **state)
{
    INapSoHProcessor *processor = new_processor();

    (void)state;
    assert_int_equal(INapSoHProcessor_AddRef(processor), 2);
    assert_int_equal(INapSoHProcessor_AddRef(processor), 3);
    assert_int_equal(INapSoHProcessor_Release(processor), 2);
    assert_int_equal(INapSoHProcessor_Release(processor), 1);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
}

/* Initialize */

static void test_Initialize_returns_the_id(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = WORD_SENTINEL;

    (void)state;
    assert_int_equal(INapSoHProcessor_Initialize(processor, &windows_agent_request, TRUE, &id),
                     S_OK);
    assert_int_equal(id, 0x00013780);
    assert_number(processor, COUNT_OF(windows_agent));
    INapSoHProcessor_Release(processor);
}

static void test_Initialize_null_pointers(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = WORD_SENTINEL;

    (void)state;
    assert_int_equal(INapSoHProcessor_Initialize(processor, NULL, TRUE, &id), E_POINTER);
    assert_int_equal(id, 0);
    assert_int_equal(INapSoHProcessor_Initialize(processor, &windows_agent_request, TRUE, NULL),
                     E_POINTER);
    assert_int_equal(INapSoHProcessor_Initialize(processor, NULL, TRUE, NULL), E_POINTER);
    assert_not_initialized(processor);
    INapSoHProcessor_Release(processor);
}

/* documented */
static void test_Initialize_validates(void **state)
{
    static SoHAttribute no_id[] = {ATTRIBUTE(14, "\x02")};
    static SoHAttribute odd_codes[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(4, "\0\0\0\0\0")};
    static const SoH packets[] = {PACKET(no_id), PACKET(odd_codes), {101, windows_agent}};
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(packets); i++)
        assert_int_equal(INapSoHProcessor_Initialize(processor, &packets[i], TRUE, &id),
                         NAP_E_INVALID_PACKET);
    INapSoHProcessor_Release(processor);
}

/* decided: what a refusal leaves behind */
static void test_Initialize_invalid_packet(void **state)
{
    static SoHAttribute no_id[] = {ATTRIBUTE(14, "\x02")};
    static SoHAttribute no_value[] = {ATTRIBUTE(2, "\0\0\0\0"), {14, 1, NULL}};
    static SoHAttribute too_long[] = {ATTRIBUTE(2, "\0\0\0\0"), {6, 4001, (BYTE *)""}};
    static SoHAttribute two_ids[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02"),
                                     ATTRIBUTE(2, "\0\0\0\0")};
    static SoHAttribute odd_codes[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(4, "\0\0\0\0\0")};
    static const SoH packets[] = {
        PACKET(no_id),   PACKET(no_value),   PACKET(too_long),
        PACKET(two_ids), PACKET(odd_codes),  {0, NULL},
        {1, NULL},       {0, windows_agent}, {101, windows_agent},
    };
    INapSoHProcessor *processor = new_processor();
    unsigned live = allocations_live();
    size_t i;

    (void)state;
    for (i = 0; i < 2 * COUNT_OF(packets); i++)
    {
        SystemHealthEntityId id = WORD_SENTINEL;

        assert_int_equal(
            INapSoHProcessor_Initialize(processor, &packets[i / 2], i % 2 ? TRUE : FALSE, &id),
            NAP_E_INVALID_PACKET);
        assert_int_equal(id, 0);
        assert_not_initialized(processor);
    }
    assert_int_equal(allocations_live(), live);
    initialize(processor, &windows_agent_request, TRUE);
    assert_number(processor, COUNT_OF(windows_agent));
    INapSoHProcessor_Release(processor);
}

/* documented: a response has to have a result */
static void test_Initialize_response_without_a_result(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = WORD_SENTINEL;

    (void)state;
    assert_int_equal(INapSoHProcessor_Initialize(processor, &windows_agent_request, FALSE, &id),
                     NAP_E_INVALID_PACKET);
    assert_int_equal(id, 0);
    assert_not_initialized(processor);
    INapSoHProcessor_Release(processor);
}

/* decided */
static void test_Initialize_second_call(void **state)
{
    static SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02")};
    static const SoH other = PACKET(attributes), invalid = {0, NULL};
    INapSoHProcessor *processor = new_initialized();
    SystemHealthEntityId id = WORD_SENTINEL;
    unsigned live = allocations_live();

    (void)state;
    assert_int_equal(INapSoHProcessor_Initialize(processor, &other, FALSE, &id),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_int_equal(id, 0);
    id = WORD_SENTINEL;
    assert_int_equal(INapSoHProcessor_Initialize(processor, &invalid, FALSE, &id),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_int_equal(id, 0);
    assert_int_equal(allocations_live(), live);
    assert_number(processor, COUNT_OF(windows_agent));
    INapSoHProcessor_Release(processor);
}

static void test_Initialize_keeps_a_copy(void **state)
{
    INapSoHProcessor *processor = new_processor();
    BYTE id_bytes[] = {0, 1, 0x37, 0xf0}, category[] = {2};
    SoHAttribute attributes[] = {{2, 4, id_bytes}, {14, 1, category}};
    SoH soh = PACKET(attributes);
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    (void)state;
    initialize(processor, &soh, FALSE);
    memset(id_bytes, 0xee, sizeof(id_bytes));
    memset(category, 0xee, sizeof(category));
    memset(attributes, 0xee, sizeof(attributes));
    memset(&soh, 0xee, sizeof(soh));
    assert_number(processor, 2);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 1, &type, &value), S_OK);
    assert_int_equal(type, sohAttributeTypeFailureCategory);
    assert_int_equal(value->uint8Val, failureCategoryClientComponent);
    FreeSoHAttributeValue(type, value);
    INapSoHProcessor_Release(processor);
}

static void test_Initialize_out_of_memory(void **state)
{
    INapSoHProcessor *processor = new_processor();
    unsigned live = allocations_live(), nth;

    (void)state;
    for (nth = 1; nth <= 2 + COUNT_OF(windows_agent); nth++)
    {
        SystemHealthEntityId id = WORD_SENTINEL;

        allocations_fail(nth);
        assert_int_equal(INapSoHProcessor_Initialize(processor, &windows_agent_request, TRUE, &id),
                         E_OUTOFMEMORY);
        assert_int_equal(id, 0);
        assert_int_equal(allocations_live(), live);
        assert_not_initialized(processor);
    }
    allocations_fail(0);
    initialize(processor, &windows_agent_request, TRUE);
    assert_number(processor, COUNT_OF(windows_agent));
    INapSoHProcessor_Release(processor);
}

/* FindNextAttribute */

static void test_FindNextAttribute_each_location(void **state)
{
    INapSoHProcessor *processor = new_initialized();
    UINT16 from, expected;

    (void)state;
    for (from = 0; from <= 6; from++)
    {
        for (expected = from; windows_agent[expected].type != 8; expected++)
            ;
        assert_found(processor, from, sohAttributeTypeHealthClass, expected);
    }
    INapSoHProcessor_Release(processor);
}

static void test_FindNextAttribute_first_and_last(void **state)
{
    INapSoHProcessor *processor = new_initialized();

    (void)state;
    assert_found(processor, 0, sohAttributeTypeSystemHealthId, 0);
    assert_found(processor, 7, sohAttributeTypeHealthClassStatus, 7);
    INapSoHProcessor_Release(processor);
}

/* The natural loop goes on behind what it found, and so past the end. */
static void test_FindNextAttribute_from_past_the_end(void **state)
{
    INapSoHProcessor *processor = new_initialized();

    (void)state;
    assert_not_found(processor, 8, sohAttributeTypeHealthClassStatus);
    assert_not_found(processor, 9, sohAttributeTypeHealthClassStatus);
    assert_not_found(processor, 65535, sohAttributeTypeHealthClassStatus);
    INapSoHProcessor_Release(processor);
}

static void test_FindNextAttribute_absent_type(void **state)
{
    INapSoHProcessor *processor = new_initialized();

    (void)state;
    assert_not_found(processor, 0, sohAttributeTypeErrorCodes);
    assert_not_found(processor, 1, sohAttributeTypeSystemHealthId);
    assert_not_found(processor, 7, sohAttributeTypeHealthClass);
    assert_not_found(processor, 0, 0);
    assert_not_found(processor, 0, 0x10002);
    assert_not_found(processor, 0, -1);
    INapSoHProcessor_Release(processor);
}

static void test_FindNextAttribute_null_out_parameter(void **state)
{
    INapSoHProcessor *processor = new_initialized();

    (void)state;
    assert_int_equal(
        INapSoHProcessor_FindNextAttribute(processor, 0, sohAttributeTypeSystemHealthId, NULL),
        E_POINTER);
    INapSoHProcessor_Release(processor);
}

/* decided */
static void test_FindNextAttribute_before_Initialize(void **state)
{
    INapSoHProcessor *processor = new_processor();
    UINT16 found = WORD_SENTINEL;

    (void)state;
    assert_int_equal(
        INapSoHProcessor_FindNextAttribute(processor, 0, sohAttributeTypeSystemHealthId, &found),
        NAP_E_NOT_INITIALIZED);
    assert_int_equal(found, 0);
    INapSoHProcessor_Release(processor);
}

/* GetAttribute */

static void test_GetAttribute_each_type(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SoH request = request_of_samples();
    UINT16 i;

    (void)state;
    initialize(processor, &request, TRUE);
    free(request.attributes);
    for (i = 0; i < sample_count; i++)
    {
        SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
        SoHAttributeValue *value = SENTINEL;

        assert_int_equal(INapSoHProcessor_GetAttribute(processor, (UINT16)(1 + i), &type, &value),
                         S_OK);
        assert_int_equal(type, samples[i].type);
        assert_values_equal(type, value, &samples[i].value);
        FreeSoHAttributeValue(type, value);
    }
    INapSoHProcessor_Release(processor);
}

static void test_GetAttribute_SystemHealthId(void **state)
{
    INapSoHProcessor *processor = new_initialized();
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    (void)state;
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, &type, &value), S_OK);
    assert_int_equal(type, sohAttributeTypeSystemHealthId);
    assert_int_equal(value->idVal, 0x00013780);
    FreeSoHAttributeValue(type, value);
    INapSoHProcessor_Release(processor);
}

/* documented: each embedded pointer is freed by itself */
static void test_GetAttribute_parts_freed_one_by_one(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SoH request = request_of_samples();
    unsigned live;
    UINT16 i;

    (void)state;
    initialize(processor, &request, TRUE);
    free(request.attributes);
    live = allocations_live();
    for (i = 0; i <= sample_count; i++)
    {
        SoHAttributeType type;
        SoHAttributeValue *value;

        assert_int_equal(INapSoHProcessor_GetAttribute(processor, i, &type, &value), S_OK);
        CoTaskMemFree((void *)embedded_pointer(type, value));
        CoTaskMemFree(value);
        assert_int_equal(allocations_live(), live);
    }
    INapSoHProcessor_Release(processor);
}

/* decided: sizes */
static void test_GetAttribute_one_block_per_pointer(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SoH request = request_of_samples();
    unsigned live;
    UINT16 i;

    (void)state;
    initialize(processor, &request, TRUE);
    free(request.attributes);
    live = allocations_live();
    for (i = 0; i < sample_count; i++)
    {
        SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
        SoHAttributeValue *value = SENTINEL;
        const void *embedded;

        assert_int_equal(INapSoHProcessor_GetAttribute(processor, (UINT16)(1 + i), &type, &value),
                         S_OK);
        embedded = embedded_pointer(type, value);
        assert_int_equal(allocations_size(value), sizeof(*value));
        if (samples[i].block)
            assert_int_equal(allocations_size(embedded), samples[i].block);
        else
            assert_null(embedded);
        assert_int_equal(allocations_live(), live + 1 + (samples[i].block != 0));
        FreeSoHAttributeValue(type, value);
    }
    INapSoHProcessor_Release(processor);
}

static void test_GetAttribute_outlives_the_processor(void **state)
{
    INapSoHProcessor *processor = new_initialized();
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    (void)state;
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 5, &type, &value), S_OK);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
    assert_int_equal(value->octetStringVal.size, 4);
    assert_memory_equal(value->octetStringVal.data, "\xc0\xff\x00\x02", 4);
    FreeSoHAttributeValue(type, value);
}

static void test_GetAttribute_past_the_end(void **state)
{
    INapSoHProcessor *processor = new_initialized();

    (void)state;
    assert_get_fails(processor, COUNT_OF(windows_agent), E_INVALIDARG);
    assert_get_fails(processor, COUNT_OF(windows_agent) + 1, E_INVALIDARG);
    assert_get_fails(processor, 65535, E_INVALIDARG);
    INapSoHProcessor_Release(processor);
}

static void test_GetAttribute_null_out_parameters(void **state)
{
    INapSoHProcessor *processor = new_initialized();
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;
    unsigned taken = allocations_taken();

    (void)state;
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, NULL, &value), E_POINTER);
    assert_null(value);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, &type, NULL), E_POINTER);
    assert_int_equal(type, 0);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, NULL, NULL), E_POINTER);
    assert_int_equal(allocations_taken(), taken);
    INapSoHProcessor_Release(processor);
}

/* decided */
static void test_GetAttribute_before_Initialize(void **state)
{
    INapSoHProcessor *processor = new_processor();

    (void)state;
    assert_get_fails(processor, 0, NAP_E_NOT_INITIALIZED);
    INapSoHProcessor_Release(processor);
}

static void test_GetAttribute_out_of_memory(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SoH request = request_of_samples();
    unsigned live, nth;
    UINT16 i;

    (void)state;
    initialize(processor, &request, TRUE);
    free(request.attributes);
    live = allocations_live();
    for (i = 0; i < sample_count; i++)
    {
        for (nth = 1; nth <= (samples[i].block ? 2U : 1U); nth++)
        {
            allocations_fail(nth);
            assert_get_fails(processor, (UINT16)(1 + i), E_OUTOFMEMORY);
            assert_int_equal(allocations_live(), live);
        }
    }
    assert_number(processor, (UINT16)(1 + sample_count));
    INapSoHProcessor_Release(processor);
}

/* GetNumberOfAttributes */

static void test_GetNumberOfAttributes_null_out_parameter(void **state)
{
    INapSoHProcessor *processor = new_processor();

    (void)state;
    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, NULL), E_POINTER);
    INapSoHProcessor_Release(processor);
}

static void test_GetNumberOfAttributes_before_Initialize(void **state)
{
    INapSoHProcessor *processor = new_processor();

    (void)state;
    assert_not_initialized(processor);
    INapSoHProcessor_Release(processor);
}

static void test_GetNumberOfAttributes_1_and_100(void **state)
{
    static SoHAttribute attributes[maxSoHAttributeCount] = {ATTRIBUTE(2, "\0\0\0\0")};
    static const UINT16 counts[] = {1, maxSoHAttributeCount};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(counts); i++)
    {
        const SoH soh = {counts[i], attributes};
        INapSoHProcessor *processor = new_processor();

        initialize(processor, &soh, TRUE);
        assert_number(processor, counts[i]);
        INapSoHProcessor_Release(processor);
    }
}

/* Constructor and processor together: what the one puts in the other takes out. */
static void test_GetAttribute_of_a_constructors_packet(void **state)
{
    INapSoHConstructor *constructor = new_constructor();
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = WORD_SENTINEL;
    SoH *soh = SENTINEL;
    UINT16 i;

    (void)state;
    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    for (i = 0; i < sample_count; i++)
        assert_int_equal(
            INapSoHConstructor_AppendAttribute(constructor, samples[i].type, &samples[i].value),
            S_OK);
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    INapSoHConstructor_Release(constructor);
    assert_int_equal(INapSoHProcessor_Initialize(processor, soh, FALSE, &id), S_OK);
    assert_int_equal(id, HEALTH_ID);
    FreeSoH(soh);
    for (i = 0; i < sample_count; i++)
    {
        SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
        SoHAttributeValue *value = SENTINEL;

        assert_int_equal(INapSoHProcessor_GetAttribute(processor, (UINT16)(1 + i), &type, &value),
                         S_OK);
        assert_int_equal(type, samples[i].type);
        assert_values_equal(type, value, &samples[i].value);
        FreeSoHAttributeValue(type, value);
    }
    INapSoHProcessor_Release(processor);
}

#define TEST(tag, test) TAGGED_TEST(tag, test, allocations_begin, allocations_end)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        TEST(DOCUMENTED, test_QueryInterface_identity),
        TEST(DOCUMENTED, test_QueryInterface_unknown_interface),
        TEST(DOCUMENTED, test_QueryInterface_null_out_parameter),
        TEST(DOCUMENTED, test_AddRef_counts),
        TEST(DOCUMENTED, test_Initialize_returns_the_id),
        TEST(DECIDED, test_Initialize_null_pointers),
        TEST(DOCUMENTED, test_Initialize_validates),
        TEST(DECIDED, test_Initialize_invalid_packet),
        TEST(DECIDED, test_Initialize_response_without_a_result),
        TEST(DECIDED, test_Initialize_second_call),
        TEST(DOCUMENTED, test_Initialize_keeps_a_copy),
        TEST(DECIDED, test_Initialize_out_of_memory),
        TEST(DOCUMENTED, test_FindNextAttribute_each_location),
        TEST(DOCUMENTED, test_FindNextAttribute_first_and_last),
        TEST(DECIDED, test_FindNextAttribute_from_past_the_end),
        TEST(DECIDED, test_FindNextAttribute_absent_type),
        TEST(DECIDED, test_FindNextAttribute_null_out_parameter),
        TEST(DECIDED, test_FindNextAttribute_before_Initialize),
        TEST(OBSERVED, test_GetAttribute_each_type),
        TEST(DOCUMENTED, test_GetAttribute_SystemHealthId),
        TEST(DOCUMENTED, test_GetAttribute_parts_freed_one_by_one),
        TEST(DECIDED, test_GetAttribute_one_block_per_pointer),
        TEST(DOCUMENTED, test_GetAttribute_outlives_the_processor),
        TEST(DECIDED, test_GetAttribute_past_the_end),
        TEST(DECIDED, test_GetAttribute_null_out_parameters),
        TEST(DECIDED, test_GetAttribute_before_Initialize),
        TEST(DECIDED, test_GetAttribute_out_of_memory),
        TEST(DECIDED, test_GetNumberOfAttributes_null_out_parameter),
        TEST(DECIDED, test_GetNumberOfAttributes_before_Initialize),
        TEST(DOCUMENTED, test_GetNumberOfAttributes_1_and_100),
        TEST(OBSERVED, test_GetAttribute_of_a_constructors_packet),
    };

    classes_select(argc, argv);
    return cmocka_run_group_tests_name("processor", tests, classes_open, classes_close);
}
