/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The classes are registered as Both, so any number of threads of the multithreaded apartment may
 * call one object at once. Here threads meet by chance; in tests/native/test_interference.c another
 * thread's change comes at a chosen moment.
 */
#include "test.h"

#include <string.h>

#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "classes.h"
#include "packets.h"
#include "threads.h"

#define ROUNDS    200
#define DATA_SIZE 64 /* bytes of an attribute, all with the same value */

/* Gets the packet, in which each attribute is complete. Other threads append meanwhile. Returns the
 * number of the attributes. */
static UINT16 check_packet(INapSoHConstructor *constructor)
{
    SoH *soh = SENTINEL;
    UINT16 i, count;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    count = soh->count;
    assert_in_range(count, 1, maxSoHAttributeCount);
    assert_int_equal(soh->attributes[0].type, sohAttributeTypeSystemHealthId);
    for (i = 1; i < count; i++)
    {
        assert_int_equal(soh->attributes[i].type, sohAttributeTypeProductName);
        assert_int_equal(soh->attributes[i].size, DATA_SIZE);
        assert_memory_equal(soh->attributes[i].value, soh->attributes[i].value + 1, DATA_SIZE - 1);
    }
    FreeSoH(soh);
    return count;
}

/* Appends until the packet is full, and checks the packet after each attribute. */
static void append(struct thread *thread)
{
    BYTE data[DATA_SIZE];
    const SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    HRESULT hr = S_OK;

    memset(data, (int)thread->number, sizeof(data));
    while (hr == S_OK)
    {
        hr = INapSoHConstructor_AppendAttribute((INapSoHConstructor *)thread->context,
                                                sohAttributeTypeProductName, &value);
        thread->accepted += hr == S_OK;
        assert_in_range(check_packet(thread->context), thread->accepted + 1, maxSoHAttributeCount);
    }
    assert_int_equal(hr, NAP_E_INVALID_PACKET);
}

static SoH *sample_packet;

static void read_all(struct thread *thread)
{
    unsigned round;

    for (round = 0; round < ROUNDS; round++)
        assert_processor_has(thread->context, HEALTH_ID, TRUE, sample_packet);
}

static void test_AppendAttribute_8_threads(void **state)
{
    unsigned round;

    for (round = 0; round < ROUNDS; round++)
    {
        INapSoHConstructor *constructor = new_initialized_constructor(HEALTH_ID);

        assert_int_equal(run_threads(append, constructor), maxSoHAttributeCount - 1);
        assert_int_equal(check_packet(constructor), maxSoHAttributeCount);
        assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    }
}

static void test_GetAttribute_8_threads(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id;

    sample_packet = new_sample_packet();
    assert_int_equal(INapSoHProcessor_Initialize(processor, sample_packet, TRUE, &id), S_OK);
    run_threads(read_all, processor);
    FreeSoH(sample_packet);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
}

static void test_CoMarshalInterThreadInterfaceInStream_from_STA(void **state)
{
    assert_has_no_apartment(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor);
    assert_has_no_apartment(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_AppendAttribute_8_threads),
    cmocka_unit_test(test_GetAttribute_8_threads),
    cmocka_unit_test(test_CoMarshalInterThreadInterfaceInStream_from_STA),
};

TEST_GROUP(threads, .setup = classes_open, .teardown = classes_close, .dll = "qutil.dll");
