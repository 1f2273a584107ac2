/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The classes are registered as Both, so any number of threads of the multithreaded apartment may
 * call one object at once. Here threads meet by chance; in tests/native/test_interference.c another
 * thread's change comes at a chosen moment.
 */
#include "test.h"

#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "classes.h"
#include "packets.h"
#include "threads.h"

enum
{
    ROUNDS = 200,
    DATA_SIZE = 64 /* bytes of an attribute, all with the same value */
};

/* Whether each attribute of the packet is complete. Other threads append meanwhile. */
static BOOL is_consistent(const SoH *soh)
{
    UINT16 i;

    if (soh->count < 1 || soh->count > maxSoHAttributeCount ||
        soh->attributes[0].type != sohAttributeTypeSystemHealthId)
        return FALSE;
    for (i = 1; i < soh->count; i++)
    {
        if (soh->attributes[i].type != sohAttributeTypeProductName ||
            soh->attributes[i].size != DATA_SIZE ||
            memcmp(soh->attributes[i].value, soh->attributes[i].value + 1, DATA_SIZE - 1) != 0)
            return FALSE;
    }
    return TRUE;
}

/* Appends until the packet is full, and checks a copy of the packet after each attribute. */
static void append(struct thread *thread)
{
    INapSoHConstructor *constructor = thread->context;
    BYTE data[DATA_SIZE];
    SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    HRESULT hr = S_OK;
    SoH *soh;

    memset(data, (int)thread->number, sizeof(data));
    while (hr == S_OK)
    {
        hr = INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeProductName, &value);
        if (hr == S_OK)
            thread->accepted++;
        else if (hr != NAP_E_INVALID_PACKET)
            thread->failure = "AppendAttribute failed";
        if (INapSoHConstructor_GetSoH(constructor, &soh) != S_OK)
        {
            thread->failure = "GetSoH failed";
            break;
        }
        if (!is_consistent(soh))
            thread->failure = "GetSoH returned a torn packet";
        if (soh->count < thread->accepted + 1)
            thread->failure = "GetSoH returned less than was appended";
        FreeSoH(soh);
    }
}

/* The processor holds all samples. */
static void read_all(struct thread *thread)
{
    INapSoHProcessor *processor = thread->context;
    SoHAttributeType type;
    SoHAttributeValue *value;
    UINT16 count, found;
    unsigned i;

    for (i = 0; i < ROUNDS * sample_count && !thread->failure; i++)
    {
        const UINT16 location = (UINT16)(1 + (i + thread->number) % sample_count);
        const struct sample *sample = &samples[location - 1];

        if (INapSoHProcessor_GetNumberOfAttributes(processor, &count) != S_OK ||
            count != 1 + sample_count)
            thread->failure = "GetNumberOfAttributes";
        if (INapSoHProcessor_FindNextAttribute(processor, location, sample->type, &found) != S_OK ||
            found != location)
            thread->failure = "FindNextAttribute";
        if (INapSoHProcessor_GetAttribute(processor, location, &type, &value) != S_OK)
        {
            thread->failure = "GetAttribute failed";
            return;
        }
        if (type != sample->type ||
            embedded_size(type, value) != embedded_size(type, &sample->value) ||
            memcmp(embedded_pointer(type, value), embedded_pointer(type, &sample->value),
                   embedded_size(type, value)) != 0)
            thread->failure = "GetAttribute returned another value";
        FreeSoHAttributeValue(type, value);
    }
}

static void test_AppendAttribute_8_threads(void **state)
{
    unsigned round;

    (void)state;
    for (round = 0; round < ROUNDS; round++)
    {
        INapSoHConstructor *constructor = new_initialized_constructor(HEALTH_ID);
        SoH *soh = SENTINEL;

        assert_int_equal(run_threads(append, constructor), maxSoHAttributeCount - 1);
        assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
        assert_int_equal(soh->count, maxSoHAttributeCount);
        assert_true(is_consistent(soh));
        FreeSoH(soh);
        assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    }
}

static void test_GetAttribute_8_threads(void **state)
{
    INapSoHProcessor *processor = new_processor();
    SoH *soh = new_sample_packet();
    SystemHealthEntityId id;

    (void)state;
    assert_int_equal(INapSoHProcessor_Initialize(processor, soh, TRUE, &id), S_OK);
    FreeSoH(soh);
    run_threads(read_all, processor);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
}

static void test_CoMarshalInterThreadInterfaceInStream_from_STA(void **state)
{
    (void)state;
    assert_has_no_apartment(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor);
    assert_has_no_apartment(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_AppendAttribute_8_threads),
    cmocka_unit_test(test_GetAttribute_8_threads),
    cmocka_unit_test(test_CoMarshalInterThreadInterfaceInStream_from_STA),
};

TEST_GROUP(threads, .setup = classes_open, .teardown = classes_close, .dll = "qutil.dll");
