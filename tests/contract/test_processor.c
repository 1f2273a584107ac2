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

/* What Windows' health agent sends, shortened. */
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

/* Returns the id, which is 0 where the call fails. */
static SystemHealthEntityId initialize(INapSoHProcessor *processor, const SoH *soh, BOOL is_request,
                                       HRESULT expected)
{
    SystemHealthEntityId id = WORD_SENTINEL;

    assert_int_equal(INapSoHProcessor_Initialize(processor, soh, is_request, &id), expected);
    if (expected != S_OK)
        assert_int_equal(id, 0);
    return id;
}

/* All that is known of attributes that cannot be counted is that there are none. */
static void assert_number(INapSoHProcessor *processor, HRESULT expected, UINT16 number)
{
    UINT16 count = WORD_SENTINEL;

    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, &count), expected);
    assert_int_equal(count, number);
}

static void assert_find(INapSoHProcessor *processor, UINT16 from, int type, HRESULT expected,
                        UINT16 location)
{
    UINT16 found = WORD_SENTINEL;

    assert_int_equal(
        INapSoHProcessor_FindNextAttribute(processor, from, (SoHAttributeType)type, &found),
        expected);
    assert_int_equal(found, location);
}

static void assert_found(INapSoHProcessor *processor, UINT16 from, int type, UINT16 location)
{
    assert_find(processor, from, type, S_OK, location);
}

/* documented: not found is ERROR_FILE_NOT_FOUND; decided: as an HRESULT that FAILED knows */
static void assert_not_found(INapSoHProcessor *processor, UINT16 from, int type)
{
    assert_find(processor, from, type, HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND), 0);
}

static SoHAttributeValue *get(INapSoHProcessor *processor, UINT16 location, int expected_type)
{
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    assert_int_equal(INapSoHProcessor_GetAttribute(processor, location, &type, &value), S_OK);
    assert_int_equal(type, expected_type);
    return value;
}

static void assert_get_fails(INapSoHProcessor *processor, UINT16 location, HRESULT hr)
{
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    assert_int_equal(INapSoHProcessor_GetAttribute(processor, location, &type, &value), hr);
    assert_int_equal(type, 0);
    assert_null(value);
}

static INapSoHProcessor *new_initialized(void)
{
    INapSoHProcessor *processor = new_processor();

    initialize(processor, &windows_agent_request, TRUE, S_OK);
    return processor;
}

/* It holds every sample behind the id. */
static INapSoHProcessor *new_of_samples(void)
{
    INapSoHProcessor *processor = new_processor();
    SoHAttribute attributes[maxSoHAttributeCount] = {ATTRIBUTE(2, "\x00\x01\x37\xf0")};
    const SoH soh = {(UINT16)(1 + sample_count), attributes};
    UINT16 i;

    for (i = 0; i < sample_count; i++)
        attributes[1 + i] = (SoHAttribute){(UINT16)samples[i].type, samples[i].size,
                                           samples[i].size ? (BYTE *)samples[i].bytes : NULL};
    initialize(processor, &soh, TRUE, S_OK);
    memset(attributes, 0, sizeof(attributes));
    return processor;
}

/* Initialize */

static void test_Initialize_returns_the_id(void **state)
{
    assert_int_equal(initialize(*state, &windows_agent_request, TRUE, S_OK), 0x00013780);
    assert_number(*state, S_OK, COUNT_OF(windows_agent));
}

static void test_Initialize_null_pointers(void **state)
{
    INapSoHProcessor *processor = *state;

    initialize(processor, NULL, TRUE, E_POINTER);
    assert_int_equal(INapSoHProcessor_Initialize(processor, &windows_agent_request, TRUE, NULL),
                     E_POINTER);
    assert_int_equal(INapSoHProcessor_Initialize(processor, NULL, TRUE, NULL), E_POINTER);
    assert_number(processor, NAP_E_NOT_INITIALIZED, 0);
}

static void assert_initializes(const SoH *soh, BOOL is_request, HRESULT expected, const char *hex)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = WORD_SENTINEL;
    unsigned live = allocations_live();

    assert_result(INapSoHProcessor_Initialize(processor, soh, is_request, &id), expected, hex);
    assert_int_equal(id >> 8, expected == S_OK ? 0x000137 : 0);
    if (expected != S_OK)
    {
        assert_number(processor, NAP_E_NOT_INITIALIZED, 0);
        assert_int_equal(allocations_live(), live);
        soh = &windows_agent_request;
        initialize(processor, soh, TRUE, S_OK);
    }
    assert_number(processor, S_OK, soh->count);
    INapSoHProcessor_Release(processor);
}

static void assert_each_initializes(const struct packet *table, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
    {
        SoH *soh = new_packet(table[i].hex);

        assert_initializes(soh, TRUE, table[i].request, table[i].hex);
        assert_initializes(soh, FALSE, table[i].response, table[i].hex);
        FreeSoH(soh);
    }
}

/* documented */
static void test_Initialize_validates(void **state)
{
    INapSoHProcessor *processor = *state;
    SystemHealthEntityId id;
    size_t i;

    for (i = 0; i < rule_count; i++)
    {
        SoH *soh = new_packet(rules[i].hex);

        assert_result(INapSoHProcessor_Initialize(processor, soh, TRUE, &id), rules[i].request,
                      rules[i].hex);
        FreeSoH(soh);
    }
}

/* decided: some rules, and what a refusal leaves behind */
static void test_Initialize_each_rule(void **state)
{
    size_t i;

    (void)state;
    assert_each_initializes(packets, packet_count);
    assert_each_initializes(rules, rule_count);
    assert_each_initializes(decided_rules, decided_rule_count);
    for (i = 0; i < NO_PACKETS; i++)
        assert_initializes(&no_packets[i], FALSE, NAP_E_INVALID_PACKET, "none");
}

/* What number and array tell takes no memory. */
static void test_Initialize_no_packet_without_memory(void **state)
{
    size_t i;

    allocations_fail(1);
    for (i = 0; i < NO_PACKETS; i++)
        initialize(*state, &no_packets[i], TRUE, NAP_E_INVALID_PACKET);
    allocations_fail(0);
}

/* decided */
static void test_Initialize_second_call(void **state)
{
    INapSoHProcessor *processor = *state;
    unsigned live = allocations_live();

    initialize(processor, &windows_agent_request, TRUE,
               HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    initialize(processor, &no_packets[0], FALSE, HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    initialize(processor, NULL, TRUE, E_POINTER);
    assert_int_equal(INapSoHProcessor_Initialize(processor, &windows_agent_request, TRUE, NULL),
                     E_POINTER);
    assert_int_equal(allocations_live(), live);
    assert_number(processor, S_OK, COUNT_OF(windows_agent));
}

/* decided: NULL comes before what has been initialized or not */
static void test_order_of_errors(void **state)
{
    INapSoHProcessor *processor = *state;
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;

    assert_int_equal(INapSoHProcessor_FindNextAttribute(processor, 0, 2, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, NULL, &value), E_POINTER);
    assert_null(value);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, &type, NULL), E_POINTER);
    assert_int_equal(type, 0);
    initialize(processor, &windows_agent_request, TRUE, S_OK);
    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, NULL), E_POINTER);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 65535, NULL, NULL), E_POINTER);
    value = SENTINEL;
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, NULL, &value), E_POINTER);
    assert_null(value);
    type = (SoHAttributeType)WORD_SENTINEL;
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 0, &type, NULL), E_POINTER);
    assert_int_equal(type, 0);
}

static void test_Initialize_keeps_a_copy(void **state)
{
    INapSoHProcessor *processor = *state;
    BYTE id_bytes[] = {0, 1, 0x37, 0xf0}, category[] = {2};
    SoHAttribute attributes[] = {{2, 4, id_bytes}, {14, 1, category}};
    SoH soh = PACKET(attributes);
    SoHAttributeValue *value;

    initialize(processor, &soh, FALSE, S_OK);
    memset(id_bytes, 0xee, sizeof(id_bytes));
    memset(category, 0xee, sizeof(category));
    memset(attributes, 0xee, sizeof(attributes));
    memset(&soh, 0xee, sizeof(soh));
    assert_number(processor, S_OK, 2);
    value = get(processor, 1, sohAttributeTypeFailureCategory);
    assert_int_equal(value->uint8Val, failureCategoryClientComponent);
    FreeSoHAttributeValue(sohAttributeTypeFailureCategory, value);
}

static void test_Initialize_out_of_memory(void **state)
{
    INapSoHProcessor *processor = *state;
    unsigned live = allocations_live(), nth;

    for (nth = 1; nth <= 2 + COUNT_OF(windows_agent); nth++)
    {
        allocations_fail(nth);
        initialize(processor, &windows_agent_request, TRUE, E_OUTOFMEMORY);
        assert_int_equal(allocations_live(), live);
        assert_number(processor, NAP_E_NOT_INITIALIZED, 0);
    }
    allocations_fail(0);
    initialize(processor, &windows_agent_request, TRUE, S_OK);
    assert_number(processor, S_OK, COUNT_OF(windows_agent));
}

/* FindNextAttribute */

static void test_FindNextAttribute_each_location(void **state)
{
    UINT16 from, expected;

    for (from = 0; from <= 6; from++)
    {
        for (expected = from; windows_agent[expected].type != 8; expected++)
            ;
        assert_found(*state, from, sohAttributeTypeHealthClass, expected);
    }
}

static void test_FindNextAttribute_first_and_last(void **state)
{
    assert_found(*state, 0, sohAttributeTypeSystemHealthId, 0);
    assert_found(*state, 7, sohAttributeTypeHealthClassStatus, 7);
}

/* The natural loop goes on behind what it found, and so past the end. */
static void test_FindNextAttribute_from_past_the_end(void **state)
{
    INapSoHProcessor *processor = *state;

    assert_not_found(processor, 8, sohAttributeTypeHealthClassStatus);
    assert_not_found(processor, 9, sohAttributeTypeHealthClassStatus);
    assert_not_found(processor, 65535, sohAttributeTypeHealthClassStatus);
}

static void test_FindNextAttribute_absent_type(void **state)
{
    INapSoHProcessor *processor = *state;

    assert_not_found(processor, 0, sohAttributeTypeErrorCodes);
    assert_not_found(processor, 1, sohAttributeTypeSystemHealthId);
    assert_not_found(processor, 7, sohAttributeTypeHealthClass);
    assert_not_found(processor, 0, 0);
    assert_not_found(processor, 0, 0x10002);
    assert_not_found(processor, 0, 0x10007);
    assert_not_found(processor, 0, 0x8002);
    assert_not_found(processor, 0, 0x8007);
    assert_not_found(processor, 0, -1);
}

static void test_FindNextAttribute_null_out_parameter(void **state)
{
    INapSoHProcessor *processor = *state;

    assert_int_equal(
        INapSoHProcessor_FindNextAttribute(processor, 0, sohAttributeTypeSystemHealthId, NULL),
        E_POINTER);
}

/* decided */
static void test_FindNextAttribute_before_Initialize(void **state)
{
    assert_find(*state, 0, sohAttributeTypeSystemHealthId, NAP_E_NOT_INITIALIZED, 0);
}

/* GetAttribute */

static void test_GetAttribute_each_type(void **state)
{
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        SoHAttributeValue *value = get(*state, (UINT16)(1 + i), samples[i].type);

        assert_values_equal(samples[i].type, value, &samples[i].value);
        FreeSoHAttributeValue(samples[i].type, value);
    }
}

static void test_GetAttribute_SystemHealthId(void **state)
{
    SoHAttributeValue *value = get(*state, 0, sohAttributeTypeSystemHealthId);

    assert_int_equal(value->idVal, 0x00013780);
    FreeSoHAttributeValue(sohAttributeTypeSystemHealthId, value);
}

/* documented: each embedded pointer is freed by itself */
static void test_GetAttribute_parts_freed_one_by_one(void **state)
{
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        SoHAttributeValue *value = get(*state, (UINT16)(1 + i), samples[i].type);

        CoTaskMemFree((void *)embedded_pointer(samples[i].type, value));
        CoTaskMemFree(value);
    }
}

/* decided: sizes */
static void test_GetAttribute_one_block_per_pointer(void **state)
{
    unsigned live = allocations_live();
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        SoHAttributeValue *value = get(*state, (UINT16)(1 + i), samples[i].type);
        const void *embedded = embedded_pointer(samples[i].type, value);

        assert_int_equal(allocations_size(value), sizeof(*value));
        if (samples[i].block)
            assert_int_equal(allocations_size(embedded), samples[i].block);
        else
            assert_null(embedded);
        assert_int_equal(allocations_live(), live + 1 + (samples[i].block != 0));
        FreeSoHAttributeValue(samples[i].type, value);
    }
}

static void test_GetAttribute_outlives_the_processor(void **state)
{
    INapSoHProcessor *processor = new_initialized();
    SoHAttributeValue *value = get(processor, 5, sohAttributeTypeHealthClassStatus);

    (void)state;
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
    assert_int_equal(value->octetStringVal.size, 4);
    assert_memory_equal(value->octetStringVal.data, "\xc0\xff\x00\x02", 4);
    FreeSoHAttributeValue(sohAttributeTypeHealthClassStatus, value);
}

static void test_GetAttribute_past_the_end(void **state)
{
    assert_get_fails(*state, COUNT_OF(windows_agent), E_INVALIDARG);
    assert_get_fails(*state, COUNT_OF(windows_agent) + 1, E_INVALIDARG);
    assert_get_fails(*state, 65535, E_INVALIDARG);
}

/* decided */
static void test_GetAttribute_before_Initialize(void **state)
{
    assert_get_fails(*state, 0, NAP_E_NOT_INITIALIZED);
}

static void test_GetAttribute_out_of_memory(void **state)
{
    unsigned live = allocations_live(), nth;
    UINT16 i;

    for (i = 0; i < sample_count; i++)
    {
        for (nth = 1; nth <= (samples[i].block ? 2U : 1U); nth++)
        {
            allocations_fail(nth);
            assert_get_fails(*state, (UINT16)(1 + i), E_OUTOFMEMORY);
            assert_int_equal(allocations_live(), live);
        }
    }
    assert_number(*state, S_OK, (UINT16)(1 + sample_count));
}

/* GetNumberOfAttributes */

static void test_GetNumberOfAttributes_before_Initialize(void **state)
{
    assert_number(*state, NAP_E_NOT_INITIALIZED, 0);
}

static void test_GetNumberOfAttributes_1(void **state)
{
    static const SoH soh = {1, windows_agent};

    initialize(*state, &soh, TRUE, S_OK);
    assert_number(*state, S_OK, 1);
}

static void test_GetNumberOfAttributes_100(void **state)
{
    static SoHAttribute attributes[maxSoHAttributeCount] = {ATTRIBUTE(2, "\0\0\0\0")};
    static const SoH soh = PACKET(attributes);

    initialize(*state, &soh, TRUE, S_OK);
    assert_number(*state, S_OK, maxSoHAttributeCount);
}

/* decided: all bits count */
static void test_FindNextAttribute_type_over_14_bits(void **state)
{
    SoHAttribute attributes[1 + WIDE_TYPES] = {ATTRIBUTE(2, "\0\0\0\0")};
    const SoH soh = PACKET(attributes);
    UINT16 i;

    for (i = 0; i < WIDE_TYPES; i++)
        attributes[1 + i] = (SoHAttribute){wide_types[i], 3, (BYTE *)"\1\2\3"};
    initialize(*state, &soh, TRUE, S_OK);
    assert_not_found(*state, 1, sohAttributeTypeSystemHealthId);
    assert_not_found(*state, 0, sohAttributeTypeVendorSpecific);
    for (i = 0; i < WIDE_TYPES; i++)
    {
        SoHAttributeValue *value = get(*state, (UINT16)(1 + i), wide_types[i]);

        assert_found(*state, 0, wide_types[i], (UINT16)(1 + i));
        assert_int_equal(value->octetStringVal.size, 3);
        FreeSoHAttributeValue(wide_types[i], value);
    }
}

/* Constructor and processor together: what the one takes out the other puts in again. */

/* By plain index. */
static SoH *rebuild(INapSoHProcessor *processor, SystemHealthEntityId id, const SoH *packet)
{
    INapSoHConstructor *constructor = new_constructor();
    SoH *soh = SENTINEL;
    UINT16 i;

    assert_int_equal(INapSoHConstructor_Initialize(constructor, id, TRUE), S_OK);
    for (i = 1; i < packet->count; i++)
    {
        const SoHAttributeType type = (SoHAttributeType)packet->attributes[i].type;
        SoHAttributeValue *value = get(processor, i, type);

        assert_int_equal(INapSoHConstructor_AppendAttribute(constructor, type, value), S_OK);
        FreeSoHAttributeValue(type, value);
    }
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    INapSoHConstructor_Release(constructor);
    return soh;
}

/* By type, one type after the other. Returns the number of those that are found. */
static UINT16 walk(INapSoHProcessor *processor, const SoH *soh)
{
    UINT16 type, from, found, visited = 0;

    for (type = 0; type <= 17; type++)
    {
        for (from = 0; INapSoHProcessor_FindNextAttribute(processor, from, (SoHAttributeType)type,
                                                          &found) == S_OK;
             from = (UINT16)(found + 1))
        {
            assert_in_range(found, from, soh->count - 1);
            assert_int_equal(soh->attributes[found].type, type);
            visited++;
        }
    }
    return visited;
}

/* documented: Microsoft's agent and validator build and read their packets with these classes */
static void test_real_packets(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < packet_count; i++)
    {
        INapSoHProcessor *processor = new_processor();
        SoH *soh = new_packet(packets[i].hex), *again;
        SystemHealthEntityId id;

        assert_result(INapSoHProcessor_Initialize(processor, soh, packets[i].response != S_OK, &id),
                      S_OK, packets[i].hex);
        assert_number(processor, S_OK, soh->count);
        assert_int_equal(walk(processor, soh), soh->count);
        again = rebuild(processor, id, soh);
        assert_packets_equal(again, soh);
        FreeSoH(again);
        FreeSoH(soh);
        INapSoHProcessor_Release(processor);
    }
}

static int begin_new(void **state)
{
    allocations_begin(state);
    *state = new_processor();
    return 0;
}

static int begin_initialized(void **state)
{
    allocations_begin(state);
    *state = new_initialized();
    return 0;
}

static int begin_samples(void **state)
{
    allocations_begin(state);
    *state = new_of_samples();
    return 0;
}

static int release(void **state)
{
    assert_int_equal(INapSoHProcessor_Release((INapSoHProcessor *)*state), 0);
    return allocations_end(state);
}

#define TEST(tag, test)        TAGGED_TEST(tag, test, allocations_begin, allocations_end)
#define NEW(tag, test)         TAGGED_TEST(tag, test, begin_new, release)
#define SAMPLES(tag, test)     TAGGED_TEST(tag, test, begin_samples, release)
#define INITIALIZED(tag, test) TAGGED_TEST(tag, test, begin_initialized, release)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        NEW(DOCUMENTED, test_Initialize_returns_the_id),
        NEW(DECIDED, test_Initialize_null_pointers),
        NEW(DOCUMENTED, test_Initialize_validates),
        TEST(DECIDED, test_Initialize_each_rule),
        NEW(DECIDED, test_Initialize_no_packet_without_memory),
        INITIALIZED(DECIDED, test_Initialize_second_call),
        NEW(DECIDED, test_order_of_errors),
        NEW(DOCUMENTED, test_Initialize_keeps_a_copy),
        NEW(DECIDED, test_Initialize_out_of_memory),
        INITIALIZED(DOCUMENTED, test_FindNextAttribute_each_location),
        INITIALIZED(DOCUMENTED, test_FindNextAttribute_first_and_last),
        INITIALIZED(DECIDED, test_FindNextAttribute_from_past_the_end),
        INITIALIZED(DECIDED, test_FindNextAttribute_absent_type),
        INITIALIZED(DECIDED, test_FindNextAttribute_null_out_parameter),
        NEW(DECIDED, test_FindNextAttribute_before_Initialize),
        SAMPLES(OBSERVED, test_GetAttribute_each_type),
        INITIALIZED(DOCUMENTED, test_GetAttribute_SystemHealthId),
        SAMPLES(DOCUMENTED, test_GetAttribute_parts_freed_one_by_one),
        SAMPLES(DECIDED, test_GetAttribute_one_block_per_pointer),
        TEST(DOCUMENTED, test_GetAttribute_outlives_the_processor),
        INITIALIZED(DECIDED, test_GetAttribute_past_the_end),
        NEW(DECIDED, test_GetAttribute_before_Initialize),
        SAMPLES(DECIDED, test_GetAttribute_out_of_memory),
        NEW(DECIDED, test_GetNumberOfAttributes_before_Initialize),
        NEW(DECIDED, test_GetNumberOfAttributes_1),
        NEW(DOCUMENTED, test_GetNumberOfAttributes_100),
        NEW(DECIDED, test_FindNextAttribute_type_over_14_bits),
        TEST(DOCUMENTED, test_real_packets),
    };

    classes_select(argc, argv);
    return cmocka_run_group_tests_name("processor", tests, classes_open, classes_close);
}
