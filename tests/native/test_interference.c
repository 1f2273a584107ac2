/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * In the middle of a call, another thread changes the memory that the call reads, or calls a method
 * of the same object. Or the call ends with a fault, because it reads memory that is not there.
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

/* The memory of the caller, which is a hostile_block: a value, and a packet. */
static struct shared
{
    SoHAttributeValue value;
    BYTE id[4];
    SoH soh;
    SoHAttribute attributes[2];
} * shared;

/* The octets or codes of both. The codes are the same in each byte order. */
static BYTE elements[400] = {7, 7, 7, 7};

static void fill_shared(void)
{
    shared = hostile_block(sizeof(*shared));
    *shared = (struct shared){{.octetStringVal = {4, elements}},
                              {0x00, 0x01, 0x37, 0xf0},
                              {2, shared->attributes},
                              {{2, 4, shared->id}, {sohAttributeTypeErrorCodes, 4, elements}}};
}

/* What another thread writes to the hostile_block: a number, or NULL. */
struct change
{
    const char *name;
    size_t place, size;
    UINT16 number;
};

#define IN_SHARED(member) offsetof(struct shared, member), sizeof(shared->member)

static const struct change packet_changes[] = {
    {"more attributes", IN_SHARED(soh.count), 65535},
    {"no attributes", IN_SHARED(soh.attributes), 0},
    {"a second id", IN_SHARED(attributes[1].type), 2},
    {"an id of 65535 bytes", IN_SHARED(attributes[0].size), 65535},
    {"codes of 65535 bytes", IN_SHARED(attributes[1].size), 65535},
    {"codes of a valid size", IN_SHARED(attributes[1].size), sizeof(elements)},
    {"an id at NULL", IN_SHARED(attributes[0].value), 0},
    {"codes at NULL", IN_SHARED(attributes[1].value), 0},
};
static const struct change value_changes[] = {
    {"more octets", IN_SHARED(value.octetStringVal.size), sizeof(elements)},
    {"octets at NULL", IN_SHARED(value.octetStringVal.data), 0},
};

static const struct change *change;
static unsigned moment;

static void make_change(void)
{
    const UINT64 number = change->number;

    memcpy((BYTE *)shared + change->place, &number, change->size);
}

/* The processor has the packet as it was before the change, or has refused it. */
static void check_processor(INapSoHProcessor *processor, HRESULT hr, SystemHealthEntityId id)
{
    SoHAttributeType type;
    SoHAttributeValue *value;
    UINT16 count;

    if (hr == NAP_E_INVALID_PACKET)
    {
        assert_int_not_equal(change->number, sizeof(elements)); /* which is valid */
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
    assert_int_equal(type, sohAttributeTypeErrorCodes);
    assert_true(value->codesVal.count == 1 || value->codesVal.count == sizeof(elements) / 4);
    assert_memory_equal(value->codesVal.results, elements, value->codesVal.count * sizeof(HRESULT));
    FreeSoHAttributeValue(type, value);
}

/* Returns the number of instructions that read the packet. */
static unsigned initialize_with_change(void)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = 0x5e47;
    unsigned accesses;
    HRESULT hr;

    fill_shared();
    hostile_watch(moment, make_change);
    hr = INapSoHProcessor_Initialize(processor, &shared->soh, FALSE, &id);
    accesses = hostile_unwatch();
    check_processor(processor, hr, id);
    assert_int_equal(INapSoHProcessor_Release(processor), 0);
    return accesses;
}

static unsigned append_with_change(void)
{
    INapSoHConstructor *constructor = new_initialized_constructor(HEALTH_ID);
    unsigned accesses;
    SoH *soh;

    fill_shared();
    hostile_watch(moment, make_change);
    INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeProductName, &shared->value);
    accesses = hostile_unwatch();
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &soh), S_OK);
    if (soh->count == 2)
        assert_attribute(&soh->attributes[1], sohAttributeTypeProductName, elements, 4);
    FreeSoH(soh);
    assert_int_equal(INapSoHConstructor_Release(constructor), 0);
    return accesses;
}

/* Makes each change after the first access, then after the second, and so on, until a call has
 * fewer accesses. */
static void check_each_moment(const struct change *changes, size_t count, unsigned (*call)(void),
                              unsigned least_accesses, unsigned most_accesses)
{
    for (change = changes; change < changes + count; change++)
    {
        moment = 0;
        if (sigsetjmp(hostile_fault, 1))
            fail_msg("%s after access %u: it reads what is not the caller's", change->name, moment);
        do
            moment++;
        while (call() >= moment);
        assert_in_range(moment - 1, least_accesses, most_accesses);
    }
}

static void test_Initialize_packet_changes(void **state)
{
    check_each_moment(packet_changes, COUNT_OF(packet_changes), initialize_with_change, 3, 99);
}

static void test_AppendAttribute_value_changes(void **state)
{
    check_each_moment(value_changes, COUNT_OF(value_changes), append_with_change, 2, 2);
}

/* The caller handles a fault, and then can use the object as before. */

static HRESULT append_byte(INapSoHConstructor *constructor, BYTE byte)
{
    const SoHAttributeValue value = {.uint8Val = byte};

    return INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeHealthClass, &value);
}

/* Checks the number of attributes and the last one of them. Releases the constructor. */
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
    INapSoHConstructor *const constructor = new_initialized_constructor(HEALTH_ID);
    const unsigned taken = allocations_taken();

    if (!sigsetjmp(hostile_fault, 1))
    {
        INapSoHConstructor_AppendAttribute(constructor, type, value);
        fail_msg("nothing was read of type %d", type);
    }
    /* The call did not return, so it did not free its block. */
    if (allocations_taken() > taken)
        CoTaskMemFree(allocations_last());
    assert_int_equal(append_byte(constructor, 1), S_OK);
    assert_last(constructor, 2, sohAttributeTypeHealthClass, "\1", 1);
}

static void test_AppendAttribute_faults(void **state)
{
    const SoHAttributeValue octets = {.octetStringVal = {4, hostile_block(0)}};
    const SoHAttributeValue codes = {.codesVal = {1, hostile_block(0)}};

    assert_append_faults(sohAttributeTypeHealthClass, hostile_block(0));
    assert_append_faults(sohAttributeTypeProductName, hostile_block(0));
    assert_append_faults(sohAttributeTypeProductName, &octets);
    assert_append_faults(sohAttributeTypeErrorCodes, &codes);
}

/* Another thread calls the same method in between. The call that is too late changes nothing. */

static INapSoHConstructor *raced_constructor;
static INapSoHProcessor *raced_processor;

static void initialize_constructor(void)
{
    assert_int_equal(INapSoHConstructor_Initialize(raced_constructor, 1, TRUE), S_OK);
}

static void test_Initialize_constructor_overtaken(void **state)
{
    raced_constructor = new_constructor();
    allocations_hook(initialize_constructor);
    assert_int_equal(INapSoHConstructor_Initialize(raced_constructor, HEALTH_ID, TRUE),
                     HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED));
    assert_last(raced_constructor, 1, sohAttributeTypeSystemHealthId, "\0\0\0\1", 4);
}

static void append_last(void)
{
    assert_int_equal(append_byte(raced_constructor, 1), S_OK);
}

static void test_AppendAttribute_last_place_taken(void **state)
{
    int i;

    raced_constructor = new_initialized_constructor(HEALTH_ID);
    for (i = 2; i < maxSoHAttributeCount; i++)
        append_last();
    allocations_hook(append_last);
    assert_int_equal(append_byte(raced_constructor, 2), NAP_E_INVALID_PACKET);
    assert_last(raced_constructor, maxSoHAttributeCount, sohAttributeTypeHealthClass, "\1", 1);
}

static void initialize_processor(void)
{
    SoHAttribute attribute = ATTRIBUTE(2, "\0\0\0\1");
    const SoH soh = {1, &attribute};
    SystemHealthEntityId id;

    assert_int_equal(INapSoHProcessor_Initialize(raced_processor, &soh, TRUE, &id), S_OK);
    assert_int_equal(id, 1);
}

static void test_Initialize_processor_overtaken(void **state)
{
    SystemHealthEntityId id = 0x5e47;
    UINT16 count;

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

/* The other thread frees the object, which this thread must not read after its decrement. */
static void test_Release_last_two_references(void **state)
{
    IUnknown *objects[3];
    size_t i;

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

/* A reference to a class object is also one to the DLL, so it takes two calls. */
static void test_changes_are_interlocked(void **state)
{
    static const unsigned calls[] = {1, 1, 2};
    IUnknown *objects[3];
    size_t i;

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
    initialize_processor();
    assert_interlocked(1);
    for (i = 0; i < COUNT_OF(objects); i++)
        assert_int_equal(IUnknown_Release(objects[i]), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, allocations_begin, allocations_end)

static const struct CMUnitTest tests[] = {
    TEST(test_Initialize_packet_changes),        TEST(test_AppendAttribute_value_changes),
    TEST(test_AppendAttribute_faults),           TEST(test_Initialize_constructor_overtaken),
    TEST(test_AppendAttribute_last_place_taken), TEST(test_Initialize_processor_overtaken),
    TEST(test_Release_last_two_references),      TEST(test_changes_are_interlocked),
};

TEST_GROUP(interference, .setup = classes_open, .teardown = classes_close, .dll = "qutil.dll");
