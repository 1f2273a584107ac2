/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What another thread can do in the middle of a call, at every moment at which it can be done: it
 * changes the memory that the call reads, or calls the same object. And what is left of a call that
 * the caller's memory ends with a fault.
 */
#include "test.h"

#include <string.h>

#include "hostile.h"

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"
#include "packets.h"

/* A packet that ends where memory ends. */
static struct shared
{
    BYTE id[4], category[1];
    SoH soh;
    SoHAttribute attributes[2];
} * shared;

static void fill_shared(void)
{
    shared = hostile_block(sizeof(*shared));
    *shared = (struct shared){{0x00, 0x01, 0x37, 0xf0},
                              {failureCategoryClientComponent},
                              {2, shared->attributes},
                              {{2, 4, shared->id}, {14, 1, shared->category}}};
}

/* What other threads may write there: nothing that would be valid. */
static unsigned what;

static void change(void)
{
    SoHAttribute *attributes = shared->attributes;

    shared->soh.count = what == 0 ? 65535 : 2;
    shared->soh.attributes = what == 1 ? NULL : attributes;
    attributes[1].type = what == 2 ? 2 : 14;
    attributes[0].size = what == 3 ? 65535 : 4;
    attributes[1].size = what == 3 ? 65535 : 1;
    attributes[0].value = what == 4 ? NULL : shared->id;
    attributes[1].value = what == 4 ? NULL : shared->category;
}

/* The packet is taken as it was before the change, or is refused. */
static void assert_taken_or_refused(INapSoHProcessor *processor, HRESULT hr,
                                    SystemHealthEntityId id)
{
    SoHAttributeType type;
    SoHAttributeValue *value;
    UINT16 count;

    if (hr == NAP_E_INVALID_PACKET)
    {
        assert_int_equal(id, 0);
        assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, &count),
                         NAP_E_NOT_INITIALIZED);
        return;
    }
    assert_int_equal(hr, S_OK);
    assert_int_equal(id, HEALTH_ID);
    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, &count), S_OK);
    assert_int_equal(count, 2);
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 1, &type, &value), S_OK);
    assert_int_equal(type, sohAttributeTypeFailureCategory);
    assert_int_equal(value->uint8Val, failureCategoryClientComponent);
    FreeSoHAttributeValue(type, value);
}

/* Returns false when the packet has been read before the change came. */
static bool initialize_with_change(unsigned nth)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = 0x5e47;
    unsigned accesses;
    HRESULT hr;

    fill_shared();
    if (sigsetjmp(hostile_fault, 1))
        fail_msg("change %u after access %u: it reads what is no part of the packet", what, nth);
    hostile_watch(nth, change);
    hr = INapSoHProcessor_Initialize(processor, &shared->soh, FALSE, &id);
    accesses = hostile_unwatch();
    assert_taken_or_refused(processor, hr, id);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
    return accesses >= nth;
}

static void test_Initialize_packet_changes(void **state)
{
    unsigned nth;

    (void)state;
    for (what = 0; what < 5; what++)
    {
        for (nth = 1; initialize_with_change(nth); nth++)
            ;
        assert_in_range(nth, 4, 100);
    }
}

/* The size grows, to one that is valid too: what is copied is as much as there is room for. */
static BYTE code_bytes[400];

static void grow_attribute(void)
{
    shared->attributes[1].size = sizeof(code_bytes);
}

static bool initialize_with_growth(unsigned nth)
{
    INapSoHProcessor *processor = new_processor();
    SoHAttributeType type;
    SoHAttributeValue *value;
    SystemHealthEntityId id;
    unsigned accesses;

    fill_shared();
    shared->attributes[1] = (SoHAttribute){sohAttributeTypeErrorCodes, 4, code_bytes};
    if (sigsetjmp(hostile_fault, 1))
        fail_msg("after access %u: it reads what is no part of the packet", nth);
    hostile_watch(nth, grow_attribute);
    assert_int_equal(INapSoHProcessor_Initialize(processor, &shared->soh, FALSE, &id), S_OK);
    accesses = hostile_unwatch();
    assert_int_equal(INapSoHProcessor_GetAttribute(processor, 1, &type, &value), S_OK);
    assert_true(value->codesVal.count == 1 || value->codesVal.count == 100);
    FreeSoHAttributeValue(type, value);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
    return accesses >= nth;
}

static void test_Initialize_packet_grows(void **state)
{
    unsigned nth;

    (void)state;
    for (nth = 1; initialize_with_growth(nth); nth++)
        ;
    assert_in_range(nth, 4, 100);
}

/* A value whose count grows, to one that is valid too, or whose elements go. */
static SoHAttributeValue *shared_value;
static BYTE four_octets[4] = {1, 2, 3, 4};

static void change_value(void)
{
    shared_value->octetStringVal.size = what == 0 ? 400 : 4;
    shared_value->octetStringVal.data = what == 1 ? NULL : four_octets;
}

static bool append_with_change(unsigned nth)
{
    INapSoHConstructor *constructor = new_constructor();
    unsigned accesses;
    SoH *soh;

    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    shared_value = hostile_block(sizeof(*shared_value));
    *shared_value = (SoHAttributeValue){.octetStringVal = {4, four_octets}};
    if (sigsetjmp(hostile_fault, 1))
        fail_msg("change %u after access %u: it reads what is no part of the value", what, nth);
    hostile_watch(nth, change_value);
    INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeProductName, shared_value);
    accesses = hostile_unwatch();
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    if (soh->count == 2)
        assert_attribute(&soh->attributes[1], sohAttributeTypeProductName, four_octets, 4);
    FreeSoH(soh);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    return accesses >= nth;
}

static void test_AppendAttribute_value_changes(void **state)
{
    unsigned nth;

    (void)state;
    for (what = 0; what < 2; what++)
    {
        for (nth = 1; append_with_change(nth); nth++)
            ;
        assert_int_equal(nth, 3);
    }
}

/* A fault that the caller handles: the object goes on as before. */

static void *last_block;

static void keep_block(void *block)
{
    last_block = block;
}

static HRESULT append_byte(INapSoHConstructor *constructor, BYTE byte)
{
    const SoHAttributeValue value = {.uint8Val = byte};

    return INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, &value);
}

static INapSoHConstructor *new_initialized(void)
{
    INapSoHConstructor *const constructor = new_constructor();

    assert_int_equal(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE), S_OK);
    return constructor;
}

/* Ends it. Its packet has so many attributes, the last of which is this. */
static void assert_last(INapSoHConstructor *constructor, UINT16 count, UINT16 type,
                        const void *bytes, UINT16 size)
{
    SoH *soh;

    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    assert_int_equal(soh->count, count);
    assert_attribute(&soh->attributes[count - 1], type, bytes, size);
    FreeSoH(soh);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
}

static void assert_append_faults(SoHAttributeType type, const SoHAttributeValue *value)
{
    INapSoHConstructor *const constructor = new_initialized();

    last_block = NULL;
    allocations_hook(keep_block);
    if (!sigsetjmp(hostile_fault, 1))
    {
        INapSoHConstructor_AppendAttribute(constructor, type, value);
        fail_msg("nothing was read of type %d", type);
    }
    allocations_hook(NULL);
    /* What the call had allocated is lost: nobody is there to free it. */
    CoTaskMemFree(last_block);
    assert_int_equal(append_byte(constructor, 1), S_OK);
    assert_last(constructor, 2, sohAttributeTypeHealthClass, "\1", 1);
}

static void test_AppendAttribute_faults(void **state)
{
    const SoHAttributeValue octets = {.octetStringVal = {4, hostile_block(0)}};
    const SoHAttributeValue codes = {.codesVal = {1, hostile_block(0)}};

    (void)state;
    assert_append_faults(sohAttributeTypeHealthClass, hostile_block(0));
    assert_append_faults(sohAttributeTypeProductName, hostile_block(0));
    assert_append_faults(sohAttributeTypeProductName, &octets);
    assert_append_faults(sohAttributeTypeErrorCodes, &codes);
}

/* Another thread calls in between. The loser of a race leaves no trace. */

static INapSoHConstructor *raced_constructor;
static INapSoHProcessor *raced_processor;

static void initialize_constructor(void *block)
{
    (void)block;
    allocations_hook(NULL);
    assert_int_equal(INapSoHConstructor_Initialize(raced_constructor, 1, TRUE), S_OK);
}

static void test_Initialize_constructor_overtaken(void **state)
{
    (void)state;
    raced_constructor = new_constructor();
    allocations_hook(initialize_constructor);
    assert_int_equal(INapSoHConstructor_Initialize(raced_constructor, HEALTH_ID, TRUE),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_last(raced_constructor, 1, sohAttributeTypeSystemHealthId, "\0\0\0\1", 4);
}

static void append_last(void *block)
{
    (void)block;
    allocations_hook(NULL);
    assert_int_equal(append_byte(raced_constructor, 1), S_OK);
}

static void test_AppendAttribute_last_place_taken(void **state)
{
    int i;

    (void)state;
    raced_constructor = new_initialized();
    for (i = 2; i < maxSoHAttributeCount; i++)
        append_last(NULL);
    allocations_hook(append_last);
    assert_int_equal(append_byte(raced_constructor, 2), NAP_E_INVALID_PACKET);
    assert_last(raced_constructor, maxSoHAttributeCount, sohAttributeTypeHealthClass, "\1", 1);
}

static void initialize_processor(void *block)
{
    SoHAttribute attribute = ATTRIBUTE(2, "\0\0\0\1");
    const SoH soh = {1, &attribute};
    SystemHealthEntityId id;

    (void)block;
    allocations_hook(NULL);
    assert_int_equal(INapSoHProcessor_Initialize(raced_processor, &soh, TRUE, &id), S_OK);
    assert_int_equal(id, 1);
}

static void test_Initialize_processor_overtaken(void **state)
{
    SystemHealthEntityId id = 0x5e47;
    UINT16 count;

    (void)state;
    fill_shared();
    raced_processor = new_processor();
    allocations_hook(initialize_processor);
    assert_int_equal(INapSoHProcessor_Initialize(raced_processor, &shared->soh, FALSE, &id),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_int_equal(id, 0);
    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(raced_processor, &count), S_OK);
    assert_int_equal(count, 1);
    assert_int_equal(INapSoHProcessor_Release(raced_processor), 0);
}

static IUnknown *raced_object;
void (*after_decrement)(void);
unsigned interlocked_calls;

static void release_last(void)
{
    assert_int_equal(IUnknown_Release(raced_object), 0);
}

static void make_objects(IUnknown *objects[3])
{
    objects[0] = (IUnknown *)new_constructor();
    objects[1] = (IUnknown *)new_processor();
    assert_int_equal(
        classes_get_object(&CLSID_NapSoHProcessor, &IID_IClassFactory, (void **)&objects[2]), S_OK);
}

/* What the one thread reads of the object after its decrement, the other has freed. */
static void test_Release_last_two_references(void **state)
{
    IUnknown *objects[3];
    size_t i;

    (void)state;
    make_objects(objects);
    for (i = 0; i < COUNT_OF(objects); i++)
    {
        raced_object = objects[i];
        assert_int_equal(classes_can_unload_now(), S_FALSE);
        assert_int_equal(IUnknown_AddRef(raced_object), 2);
        after_decrement = release_last;
        assert_int_equal(IUnknown_Release(raced_object), 1);
    }
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void assert_interlocked(unsigned calls)
{
    assert_int_equal(interlocked_calls, calls);
    interlocked_calls = 0;
}

/* A class object counts for the DLL too. A packet is published where there is none. */
static void test_changes_are_interlocked(void **state)
{
    static const unsigned calls[] = {1, 1, 2};
    IUnknown *objects[3];
    size_t i;

    (void)state;
    make_objects(objects);
    interlocked_calls = 0;
    for (i = 0; i < COUNT_OF(objects); i++)
    {
        IUnknown_AddRef(objects[i]);
        assert_interlocked(calls[i]);
        IUnknown_Release(objects[i]);
        assert_interlocked(calls[i]);
    }
    IClassFactory_LockServer((IClassFactory *)objects[2], TRUE);
    assert_interlocked(1);
    IClassFactory_LockServer((IClassFactory *)objects[2], FALSE);
    assert_interlocked(1);
    raced_processor = (INapSoHProcessor *)objects[1];
    initialize_processor(NULL);
    assert_interlocked(1);
    for (i = 0; i < COUNT_OF(objects); i++)
        assert_int_equal(IUnknown_Release(objects[i]), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, allocations_begin, allocations_end)

static const struct CMUnitTest tests[] = {
    TEST(test_Initialize_packet_changes),        TEST(test_AppendAttribute_faults),
    TEST(test_Initialize_constructor_overtaken), TEST(test_AppendAttribute_last_place_taken),
    TEST(test_Initialize_processor_overtaken),   TEST(test_Release_last_two_references),
    TEST(test_changes_are_interlocked),          TEST(test_AppendAttribute_value_changes),
    TEST(test_Initialize_packet_grows),
};

const struct test_group test_interference = {
    .name = "interference",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
};
