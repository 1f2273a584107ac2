/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The classes are registered as Both: any number of threads of the multithreaded apartment may call
 * one object at once. What two threads do to each other at one moment, tests/native/test_interference.c
 * makes certain.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "classes.h"
#include "packets.h"

enum
{
    THREADS = 8,
    ROUNDS = 200,
    DATA_SIZE = 64 /* bytes of an attribute, all of the same value */
};

struct thread
{
    HANDLE handle;
    unsigned number;
    unsigned accepted;
    const char *failure; /* CMocka's assertions work in its own thread only */
    void *object;
};

static HANDLE start;

static BOOL is_uniform(const BYTE *bytes, size_t size)
{
    size_t i;

    for (i = 1; i < size && bytes[i] == bytes[0]; i++)
        ;
    return i == size;
}

/* Whether a packet that was taken while others append is complete as far as it goes. */
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
            !is_uniform(soh->attributes[i].value, soh->attributes[i].size))
            return FALSE;
    }
    return TRUE;
}

/* Appends until the packet is full, and looks at it in between. */
static DWORD WINAPI append(void *context)
{
    struct thread *thread = context;
    INapSoHConstructor *constructor = thread->object;
    BYTE data[DATA_SIZE];
    SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    HRESULT hr = S_OK;
    SoH *soh;

    memset(data, (int)thread->number, sizeof(data));
    WaitForSingleObject(start, INFINITE);
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
    return 0;
}

/* What is wrong with an attribute of a processor that holds all samples, or NULL. */
static const char *check_sample(INapSoHProcessor *processor, UINT16 location)
{
    const struct sample *sample = &samples[location - 1];
    const char *failure = NULL;
    SoHAttributeType type;
    SoHAttributeValue *value;
    UINT16 found;

    if (INapSoHProcessor_FindNextAttribute(processor, location, sample->type, &found) != S_OK ||
        found != location)
        return "FindNextAttribute";
    if (INapSoHProcessor_GetAttribute(processor, location, &type, &value) != S_OK)
        return "GetAttribute failed";
    if (type != sample->type ||
        (sample->block && memcmp(embedded_pointer(type, value),
                                 embedded_pointer(type, &sample->value), sample->block) != 0))
        failure = "GetAttribute returned another value";
    FreeSoHAttributeValue(type, value);
    return failure;
}

static DWORD WINAPI read_all(void *context)
{
    struct thread *thread = context;
    INapSoHProcessor *processor = thread->object;
    unsigned i;
    UINT16 count;

    WaitForSingleObject(start, INFINITE);
    for (i = 0; i < ROUNDS * sample_count && !thread->failure; i++)
    {
        thread->failure =
            check_sample(processor, (UINT16)(1 + (i + thread->number) % sample_count));
        if (INapSoHProcessor_GetNumberOfAttributes(processor, &count) != S_OK ||
            count != 1 + sample_count)
            thread->failure = "GetNumberOfAttributes";
    }
    return 0;
}

/* Runs a function in all threads at once, and returns the sum of what they had accepted. */
static unsigned run(LPTHREAD_START_ROUTINE function, void *object)
{
    struct thread threads[THREADS] = {{0}};
    unsigned i, accepted = 0;

    start = CreateEventA(NULL, TRUE, FALSE, NULL);
    assert_non_null(start);
    for (i = 0; i < THREADS; i++)
    {
        threads[i].number = i;
        threads[i].object = object;
        threads[i].handle = CreateThread(NULL, 0, function, &threads[i], 0, NULL);
        assert_non_null(threads[i].handle);
    }
    SetEvent(start);
    for (i = 0; i < THREADS; i++)
    {
        assert_int_equal(WaitForSingleObject(threads[i].handle, 60000), WAIT_OBJECT_0);
        CloseHandle(threads[i].handle);
    }
    CloseHandle(start);
    for (i = 0; i < THREADS; i++)
    {
        if (threads[i].failure)
            fail_msg("thread %u: %s", i, threads[i].failure);
        accepted += threads[i].accepted;
    }
    return accepted;
}

static void test_AppendAttribute_8_threads(void **state)
{
    unsigned round;

    (void)state;
    for (round = 0; round < ROUNDS; round++)
    {
        INapSoHConstructor *constructor = new_constructor();
        SoH *soh = SENTINEL;

        assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
        assert_int_equal(run(append, constructor), maxSoHAttributeCount - 1);
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
    run(read_all, processor);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
}

struct parcel
{
    IUnknown *object;
    const IID *iid;
    IStream *stream;
    HRESULT hr;
};

static DWORD WINAPI marshal_from_sta(void *context)
{
    struct parcel *parcel = context;

    parcel->hr = CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    if (FAILED(parcel->hr))
        return 1;
    parcel->hr =
        CoMarshalInterThreadInterfaceInStream(parcel->iid, parcel->object, &parcel->stream);
    CoUninitialize();
    return 0;
}

/* The object itself arrives here, in the multithreaded apartment, also when the other is gone. */
static void test_CoMarshalInterThreadInterfaceInStream_from_STA(void **state)
{
    struct parcel parcels[] = {
        {(IUnknown *)new_constructor(), &IID_INapSoHConstructor, NULL, E_FAIL},
        {(IUnknown *)new_processor(), &IID_INapSoHProcessor, NULL, E_FAIL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(parcels); i++)
    {
        HANDLE thread = CreateThread(NULL, 0, marshal_from_sta, &parcels[i], 0, NULL);
        IUnknown *received = SENTINEL;

        assert_int_equal(WaitForSingleObject(thread, 60000), WAIT_OBJECT_0);
        CloseHandle(thread);
        assert_int_equal(parcels[i].hr, S_OK);
        assert_int_equal(
            CoGetInterfaceAndReleaseStream(parcels[i].stream, parcels[i].iid, (void **)&received),
            S_OK);
        assert_ptr_equal(received, parcels[i].object);
        assert_int_equal(IUnknown_Release(received), 1);
        assert_int_equal(IUnknown_Release(parcels[i].object), 0);
    }
    assert_int_equal(classes_can_unload_now(), S_OK);
}

#define TEST(test) cmocka_unit_test(test)

static const struct CMUnitTest tests[] = {
    TEST(test_AppendAttribute_8_threads),
    TEST(test_GetAttribute_8_threads),
    TEST(test_CoMarshalInterThreadInterfaceInStream_from_STA),
};

const struct test_group test_threads = {
    .name = "threads",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
    .dll = "qutil.dll",
};
