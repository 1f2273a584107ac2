/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of the Alloc and Free functions. Runs natively against src/memory.c, and as a
 * Windows program against any qutil.dll.
 *
 * Tags say where an expectation is known from: documented (Microsoft's public reference), observed
 * (how public programs call the function), decided (no evidence: what breaks nobody).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <windows.h>
#include <objbase.h>
#define COBJMACROS
#include <naputil.h>

#include "allocations.h"
#include "connection.h"
#include "packets.h"
#include "tags.h"

/* Callers pass uninitialized variables as out parameters: this stands for one. */
#define SENTINEL ((void *)(uintptr_t)0x5e47)

/* Every count up to a few hundred, which takes the copying and clearing of memory through all of its
 * cases, then some up to the largest that the field holds. The documented limits are among them. */
static const UINT16 large_counts[] = {1000, 1023, 1024, 1025, 65534, 65535};

#define SMALL_COUNTS 600
#define COUNTS       (SMALL_COUNTS + COUNT_OF(large_counts))

static UINT16 count_at(size_t i)
{
    return i < SMALL_COUNTS ? (UINT16)i : large_counts[i - SMALL_COUNTS];
}

static void assert_zero(const void *block, size_t size)
{
    const unsigned char *bytes = block;
    size_t i;

    for (i = 0; i < size && !bytes[i]; i++)
        ;
    assert_int_equal(i, size);
}

static void assert_block(const void *block, size_t size)
{
    assert_non_null(block);
    assert_int_equal(allocations_size(block), size);
}

static void assert_freed_in_order(const void *inner, const void *outer)
{
    assert_int_not_equal(allocations_freed(inner), 0);
    assert_int_not_equal(allocations_freed(outer), 0);
    assert_true(allocations_freed(inner) < allocations_freed(outer));
}

/* A block of the kind that callers and RPC hand to the Free functions. */
static void *task_block(size_t size)
{
    void *block = CoTaskMemAlloc(size);

    assert_non_null(block);
    return block;
}

static void *zeroed_task_block(size_t size)
{
    return memset(task_block(size), 0, size);
}

/* The structures, each with the function that frees it and with the pointers in it. */

struct embedded
{
    size_t pointer, count; /* where they are; pointer is 0 behind the last one */
};

struct structure
{
    void (*release)(void *shell);
    HRESULT (*alloc)(void **shell); /* or NULL: no function of the DLL does */
    size_t size;
    struct embedded embedded[5];
};

#define EMBEDDED(type, pointer, count)                                                             \
    {                                                                                              \
        offsetof(type, pointer), offsetof(type, count)                                             \
    }
#define STRUCTURE(function, alloc, type, ...)                                                      \
    static void call_##function(void *shell)                                                       \
    {                                                                                              \
        function(shell);                                                                           \
    }                                                                                              \
    static int begin_##function(void **state)                                                      \
    {                                                                                              \
        static const struct structure structure = {                                                \
            call_##function, alloc, sizeof(type), {__VA_ARGS__}};                                  \
                                                                                                   \
        *state = (void *)&structure;                                                               \
        return allocations_begin(state);                                                           \
    }
#define ALLOC(name, type, call)                                                                    \
    static HRESULT name(void **shell)                                                              \
    {                                                                                              \
        type *made = SENTINEL;                                                                     \
        HRESULT hr = call;                                                                         \
                                                                                                   \
        *shell = made;                                                                             \
        return hr;                                                                                 \
    }

static const WCHAR nap[] = {'n', 'a', 'p', 0};

ALLOC(alloc_connections, Connections, AllocConnections(&made, 20))
ALLOC(alloc_counted_string, CountedString, AllocCountedString(&made, nap))
ALLOC(alloc_fixup_info, FixupInfo, AllocFixupInfo(&made, 5))

/* An array of one. */
static void free_component(void *shell)
{
    NapComponentRegistrationInfo *info = shell;

    FreeNapComponentRegistrationInfoArray(1, &info);
}
#define FreeComponent(shell) free_component(shell)

STRUCTURE(FreeConnections, alloc_connections, Connections,
          EMBEDDED(Connections, connections, count))
STRUCTURE(FreeCountedString, alloc_counted_string, CountedString,
          EMBEDDED(CountedString, string, length))
STRUCTURE(FreeFixupInfo, alloc_fixup_info, FixupInfo,
          EMBEDDED(FixupInfo, resultCodes.results, resultCodes.count))
STRUCTURE(FreeIsolationInfo, NULL, IsolationInfo,
          EMBEDDED(IsolationInfo, failureUrl.string, failureUrl.length))
STRUCTURE(FreeIsolationInfoEx, NULL, IsolationInfoEx,
          EMBEDDED(IsolationInfoEx, failureUrl.string, failureUrl.length))
STRUCTURE(FreeSoH, NULL, SoH, EMBEDDED(SoH, attributes, count))
STRUCTURE(FreeNetworkSoH, NULL, NetworkSoH, EMBEDDED(NetworkSoH, data, size))
STRUCTURE(FreePrivateData, NULL, PrivateData, EMBEDDED(PrivateData, data, size))
STRUCTURE(FreeSystemHealthAgentState, NULL, SystemHealthAgentState,
          EMBEDDED(SystemHealthAgentState, shaResultCodes.results, shaResultCodes.count),
          EMBEDDED(SystemHealthAgentState, fixupInfo.resultCodes.results,
                   fixupInfo.resultCodes.count))
STRUCTURE(FreeComponent, NULL, NapComponentRegistrationInfo,
          EMBEDDED(NapComponentRegistrationInfo, friendlyName.string, friendlyName.length),
          EMBEDDED(NapComponentRegistrationInfo, description.string, description.length),
          EMBEDDED(NapComponentRegistrationInfo, version.string, version.length),
          EMBEDDED(NapComponentRegistrationInfo, vendorName.string, vendorName.length))

static void set_count(void *shell, const struct embedded *embedded, UINT16 count)
{
    memcpy((BYTE *)shell + embedded->count, &count, sizeof(count));
}

static void *get_pointer(const void *shell, const struct embedded *embedded)
{
    void *pointer;

    memcpy(&pointer, (const BYTE *)shell + embedded->pointer, sizeof(pointer));
    return pointer;
}

/* What no pointer and no count is in stays garbage. */
static void *make_full(const struct structure *structure, UINT16 count)
{
    const struct embedded *embedded;
    void *shell = task_block(structure->size), *block;

    for (embedded = structure->embedded; embedded->pointer; embedded++)
    {
        block = task_block(2);
        memcpy((BYTE *)shell + embedded->pointer, &block, sizeof(block));
        set_count(shell, embedded, count);
    }
    return shell;
}

/* What holds for each of them */

/* observed: called from clean-up paths whatever went wrong before */
static void test_null(void **state)
{
    const struct structure *structure = *state;

    structure->release(NULL);
    assert_int_equal(allocations_taken(), 0);
}

/* observed: a count whose pointer is NULL says nothing */
static void test_count_without_pointer(void **state)
{
    static const UINT16 counts[] = {0, 1, 12, 65535};
    const struct structure *structure = *state;
    const struct embedded *embedded;
    size_t i;

    for (i = 0; i < COUNT_OF(counts); i++)
    {
        void *shell = zeroed_task_block(structure->size);

        for (embedded = structure->embedded; embedded->pointer; embedded++)
            set_count(shell, embedded, counts[i]);
        structure->release(shell);
        assert_int_equal(allocations_live(), 0);
    }
}

/* documented: embedded pointers are freed, too */
static void test_full(void **state)
{
    const struct structure *structure = *state;
    void *shell = make_full(structure, 1), *blocks[4];
    size_t i;

    for (i = 0; structure->embedded[i].pointer; i++)
        blocks[i] = get_pointer(shell, &structure->embedded[i]);
    structure->release(shell);
    while (i-- > 0)
        assert_freed_in_order(blocks[i], shell);
    assert_int_equal(allocations_live(), 0);
}

/* observed: the samples have sizes in bytes for lengths, and short strings in long blocks; nothing is
 * read by such a count, which a sanitizer would see */
static void test_any_count(void **state)
{
    static const UINT16 counts[] = {0, 1, 12, 65535};
    size_t i;

    for (i = 0; i < COUNT_OF(counts); i++)
    {
        ((const struct structure *)*state)->release(make_full(*state, counts[i]));
        assert_int_equal(allocations_live(), 0);
    }
}

/* What holds for each Alloc function */

/* documented */
static void test_out_of_memory(void **state)
{
    const struct structure *structure = *state;
    unsigned nth;
    void *shell;

    for (nth = 1; nth <= 2; nth++)
    {
        allocations_fail(nth);
        assert_int_equal(structure->alloc(&shell), E_OUTOFMEMORY);
        assert_int_equal(allocations_live(), 0);
    }
}

/* decided */
static void test_null_after_failure(void **state)
{
    const struct structure *structure = *state;
    unsigned nth;
    void *shell;

    for (nth = 1; nth <= 2; nth++)
    {
        allocations_fail(nth);
        assert_int_equal(structure->alloc(&shell), E_OUTOFMEMORY);
        assert_null(shell);
    }
}

/* observed: callers move the structure out, free the shell alone, and what it pointed to later; RPC
 * frees each pointer by itself */
static void test_parts_freed_one_by_one(void **state)
{
    const struct structure *structure = *state;
    void *shell, *part;

    assert_int_equal(structure->alloc(&shell), S_OK);
    part = get_pointer(shell, &structure->embedded[0]);
    CoTaskMemFree(shell);
    assert_int_equal(allocations_live(), 1);
    assert_int_not_equal(allocations_size(part), 0);
    CoTaskMemFree(part);
    assert_int_equal(allocations_live(), 0);
}

/* observed: callers write another count into what they got */
static void test_count_overwritten(void **state)
{
    static const UINT16 counts[] = {0, 1, 65535};
    const struct structure *structure = *state;
    size_t i;

    for (i = 0; i < COUNT_OF(counts); i++)
    {
        void *shell;

        assert_int_equal(structure->alloc(&shell), S_OK);
        set_count(shell, &structure->embedded[0], counts[i]);
        structure->release(shell);
        assert_int_equal(allocations_live(), 0);
    }
}

/* A string of length characters, in memory that ends right behind it. */
static WCHAR *make_string(size_t length, bool terminated)
{
    WCHAR *string = malloc((length + (terminated ? 1 : 0)) * sizeof(*string));
    size_t i;

    assert_non_null(string);
    for (i = 0; i < length; i++)
        string[i] = (WCHAR)('a' + i % 26);
    if (terminated)
        string[length] = 0;
    return string;
}

/* AllocConnections */

static void assert_connections(UINT16 count)
{
    Connections *list = SENTINEL;

    assert_int_equal(AllocConnections(&list, count), S_OK);
    assert_int_equal(list->count, count);
    if (count)
        assert_zero(list->connections, count * sizeof(*list->connections));
    else
        assert_null(list->connections);
    assert_int_equal(allocations_live(), count ? 2 : 1);
    FreeConnections(list);
    assert_int_equal(allocations_live(), 0);
}

/* observed: the array has the size of the count and arrives zeroed; documented: at most 20 */
static void test_AllocConnections_up_to_20(void **state)
{
    UINT16 count;

    (void)state;
    for (count = 0; count <= 20; count++)
        assert_connections(count);
}

/* decided: sizes of the blocks, and counts over the documented 20 */
static void test_AllocConnections_each_count(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNTS; i++)
    {
        const UINT16 count = count_at(i);
        const size_t shells = count ? count : 1;
        Connections *list = SENTINEL;

        assert_connections(count);
        assert_int_equal(AllocConnections(&list, count), S_OK);
        assert_block(list, shells * sizeof(*list));
        assert_zero(list + 1, (shells - 1) * sizeof(*list));
        if (count)
            assert_block(list->connections, count * sizeof(*list->connections));
        FreeConnections(list);
    }
}

/* documented */
static void test_AllocConnections_null_out_parameter(void **state)
{
    (void)state;
    assert_int_equal(AllocConnections(NULL, 0), E_INVALIDARG);
    assert_int_equal(AllocConnections(NULL, 1), E_INVALIDARG);
    assert_int_equal(allocations_taken(), 0);
}

static void test_AllocConnections_0_out_of_memory(void **state)
{
    Connections *list = SENTINEL;

    (void)state;
    allocations_fail(1);
    assert_int_equal(AllocConnections(&list, 0), E_OUTOFMEMORY);
    assert_int_equal(allocations_live(), 0);
}

/* observed: with nothing to report a client allocates none and then writes both fields itself */
static void test_AllocConnections_caller_overwrites_empty_list(void **state)
{
    Connections *list = SENTINEL;

    (void)state;
    assert_int_equal(AllocConnections(&list, 0), S_OK);
    list->count = 0;
    list->connections = NULL;
    FreeConnections(list);
    assert_int_equal(allocations_live(), 0);
}

/* FreeConnections */

/* A list of objects, each with a reference of its caller and one of the list's. */
static Connections *make_list(struct connection *objects, UINT16 count)
{
    Connections *list = SENTINEL;
    UINT16 i;

    assert_int_equal(AllocConnections(&list, count), S_OK);
    for (i = 0; i < count; i++)
    {
        connection_init(&objects[i]);
        list->connections[i] = &objects[i].iface;
        INapEnforcementClientConnection_AddRef(&objects[i].iface);
    }
    return list;
}

/* documented: embedded pointers are freed; observed: callers add a reference to what they store */
static void test_FreeConnections_releases_each_interface_once(void **state)
{
    struct connection objects[20];
    Connections *list = make_list(objects, COUNT_OF(objects));
    INapEnforcementClientConnection **array = list->connections;
    size_t i;

    (void)state;
    FreeConnections(list);
    for (i = 0; i < COUNT_OF(objects); i++)
        assert_int_equal(objects[i].ref, 1);
    assert_freed_in_order(array, list);
    assert_int_equal(allocations_live(), 0);
}

/* observed: callers that have less to report than they thought write a smaller count */
static void test_FreeConnections_count_lowered(void **state)
{
    struct connection objects[3];
    UINT16 count, i;

    (void)state;
    for (count = 0; count < COUNT_OF(objects); count++)
    {
        Connections *list = make_list(objects, COUNT_OF(objects));

        list->count = count;
        FreeConnections(list);
        for (i = 0; i < COUNT_OF(objects); i++)
            assert_int_equal(objects[i].ref, i < count ? 1 : 2);
        assert_int_equal(allocations_live(), 0);
    }
}

/* Some places are empty, and one object has two. */
static void test_FreeConnections_half_filled_list(void **state)
{
    struct connection objects[4];
    Connections *list = make_list(objects, COUNT_OF(objects));

    (void)state;
    list->connections[0] = NULL;
    list->connections[3] = list->connections[2];
    INapEnforcementClientConnection_AddRef(list->connections[2]);
    FreeConnections(list);
    assert_int_equal(objects[0].ref, 2);
    assert_int_equal(objects[1].ref, 1);
    assert_int_equal(objects[2].ref, 1);
    assert_int_equal(objects[3].ref, 2);
    assert_int_equal(allocations_live(), 0);
}

/* AllocCountedString */

/* documented: length has no terminator; observed: the string has one */
static CountedString *make_counted(UINT16 length)
{
    WCHAR *string = make_string(length, true);
    CountedString *counted = SENTINEL;

    assert_int_equal(AllocCountedString(&counted, string), S_OK);
    assert_int_equal(counted->length, length);
    assert_ptr_not_equal(counted->string, string);
    assert_memory_equal(counted->string, string, (length + (size_t)1) * sizeof(*string));
    free(string);
    return counted;
}

static void test_AllocCountedString_up_to_1024(void **state)
{
    UINT16 length;

    (void)state;
    for (length = 0; length <= 1024; length++)
        FreeCountedString(make_counted(length));
    assert_int_equal(allocations_live(), 0);
}

/* decided: sizes of the blocks, and lengths over the documented 1024 */
static void test_AllocCountedString_each_length(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNTS; i++)
    {
        CountedString *counted = make_counted(count_at(i));

        assert_block(counted, sizeof(*counted));
        assert_block(counted->string, (counted->length + (size_t)1) * sizeof(WCHAR));
        FreeCountedString(counted);
        assert_int_equal(allocations_live(), 0);
    }
}

/* decided: what length cannot hold is refused. The string of 65536 has no terminator: reading on
 * would leave the caller's memory. */
static void test_AllocCountedString_too_long(void **state)
{
    WCHAR *unterminated = make_string(65536, false);
    WCHAR *longer = make_string(70000, true);
    CountedString *counted = SENTINEL;

    (void)state;
    assert_int_equal(AllocCountedString(&counted, unterminated), E_INVALIDARG);
    assert_null(counted);
    counted = SENTINEL;
    assert_int_equal(AllocCountedString(&counted, longer), E_INVALIDARG);
    assert_null(counted);
    assert_int_equal(allocations_taken(), 0);
    free(unterminated);
    free(longer);
}

/* documented */
static void test_AllocCountedString_null_arguments(void **state)
{
    CountedString *counted = SENTINEL;

    (void)state;
    assert_int_equal(AllocCountedString(&counted, NULL), E_INVALIDARG);
    assert_int_equal(AllocCountedString(NULL, nap), E_INVALIDARG);
    assert_int_equal(AllocCountedString(NULL, NULL), E_INVALIDARG);
    assert_int_equal(allocations_taken(), 0);
}

/* decided */
static void test_AllocCountedString_null_string_null_after_failure(void **state)
{
    CountedString *counted = SENTINEL;

    (void)state;
    assert_int_equal(AllocCountedString(&counted, NULL), E_INVALIDARG);
    assert_null(counted);
}

/* AllocFixupInfo */

static FixupInfo *make_fixup_info(UINT16 count)
{
    static const FixupInfo zero;
    FixupInfo *info = SENTINEL;

    assert_int_equal(AllocFixupInfo(&info, count), S_OK);
    assert_int_equal(info->state, zero.state);
    assert_int_equal(info->percentage, 0);
    assert_int_equal(info->fixupMsgId, 0);
    assert_int_equal(info->resultCodes.count, count);
    if (count)
        assert_zero(info->resultCodes.results, count * sizeof(*info->resultCodes.results));
    else
        assert_null(info->resultCodes.results);
    return info;
}

/* observed */
static void test_AllocFixupInfo_up_to_1000(void **state)
{
    UINT16 count;

    (void)state;
    for (count = 0; count <= 1000; count++)
        FreeFixupInfo(make_fixup_info(count));
    assert_int_equal(allocations_live(), 0);
}

/* decided: sizes of the blocks, and counts over the documented 1000 */
static void test_AllocFixupInfo_each_count(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNTS; i++)
    {
        const UINT16 count = count_at(i);
        FixupInfo *info = make_fixup_info(count);

        assert_block(info, sizeof(*info));
        if (count)
            assert_block(info->resultCodes.results, count * sizeof(HRESULT));
        FreeFixupInfo(info);
        assert_int_equal(allocations_live(), 0);
    }
}

/* documented */
static void test_AllocFixupInfo_null_out_parameter(void **state)
{
    (void)state;
    assert_int_equal(AllocFixupInfo(NULL, 0), E_INVALIDARG);
    assert_int_equal(AllocFixupInfo(NULL, 1), E_INVALIDARG);
    assert_int_equal(allocations_taken(), 0);
}

/* FreeSoH */

static void test_FreeSoH_attributes_without_count(void **state)
{
    SoH *soh = zeroed_task_block(sizeof(*soh));

    (void)state;
    soh->attributes = task_block(sizeof(*soh->attributes));
    FreeSoH(soh);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeSoH_half_built(void **state)
{
    SoH *soh = zeroed_task_block(sizeof(*soh));

    (void)state;
    soh->count = 3;
    soh->attributes = zeroed_task_block(3 * sizeof(*soh->attributes));
    soh->attributes[0].size = 4;
    soh->attributes[1].value = task_block(4);
    FreeSoH(soh);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeSoH_full(void **state)
{
    SoH *soh = task_block(sizeof(*soh));
    SoHAttribute *attributes = task_block(maxSoHAttributeCount * sizeof(*attributes));
    BYTE *values[maxSoHAttributeCount];
    UINT16 i;

    (void)state;
    soh->count = maxSoHAttributeCount;
    soh->attributes = attributes;
    for (i = 0; i < maxSoHAttributeCount; i++)
    {
        values[i] = task_block(4);
        attributes[i].type = i;
        attributes[i].size = 4;
        attributes[i].value = values[i];
    }
    FreeSoH(soh);
    for (i = 0; i < maxSoHAttributeCount; i++)
        assert_freed_in_order(values[i], attributes);
    assert_freed_in_order(attributes, soh);
    assert_int_equal(allocations_live(), 0);
}

/* FreeSoHAttributeValue */

/* Each of those that have a meaning, and some that have none. */
static const unsigned types[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,     9,
                                 10, 11, 12, 13, 14, 15, 16, 17, 0x3fff};

/* All other bytes of the value are garbage: a type that took another member would free that. */
static void free_value_of(unsigned type, bool has_data)
{
    const size_t offset = member_of(type)->pointer;
    SoHAttributeValue *value = task_block(sizeof(*value));
    void *data = offset && has_data ? task_block(16) : NULL;

    if (offset)
        memcpy((BYTE *)value + offset, &data, sizeof(data));
    FreeSoHAttributeValue((SoHAttributeType)type, value);
    if (data)
        assert_freed_in_order(data, value);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeSoHAttributeValue_each_type(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
        free_value_of(types[i], true);
}

/* decided: all bits count, also those that the network has not for a type */
static void test_FreeSoHAttributeValue_type_over_14_bits(void **state)
{
    static const unsigned wide[] = {0x4000, 0x4007,  0x8002,     0x8007,
                                    0xffff, 0x10002, 0x7fffffff, 0xffffffff};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(wide); i++)
        free_value_of(wide[i], true);
}

/* observed: FreeSoHAttributeValue(0, NULL) happens in clean-up paths */
static void test_FreeSoHAttributeValue_null(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
        FreeSoHAttributeValue((SoHAttributeType)types[i], NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeSoHAttributeValue_null_embedded_pointer(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
        free_value_of(types[i], false);
}

/* FreeNapComponentRegistrationInfoArray */

static void test_FreeNapComponentRegistrationInfoArray_null(void **state)
{
    NapComponentRegistrationInfo *info = NULL;

    (void)state;
    FreeNapComponentRegistrationInfoArray(0, NULL);
    FreeNapComponentRegistrationInfoArray(20, NULL);
    FreeNapComponentRegistrationInfoArray(0, &info);
    FreeNapComponentRegistrationInfoArray(20, &info);
    assert_null(info);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeNapComponentRegistrationInfoArray_count_zero(void **state)
{
    NapComponentRegistrationInfo *info = task_block(sizeof(*info));

    (void)state;
    FreeNapComponentRegistrationInfoArray(0, &info);
    assert_int_equal(allocations_live(), 0);
    assert_null(info);
}

/* decided */
static void test_FreeNapComponentRegistrationInfoArray_sets_the_pointer(void **state)
{
    NapComponentRegistrationInfo *info = zeroed_task_block(2 * sizeof(*info));

    (void)state;
    FreeNapComponentRegistrationInfoArray(2, &info);
    assert_null(info);
}

/* documented: all four strings of each */
static void test_FreeNapComponentRegistrationInfoArray_full(void **state)
{
    NapComponentRegistrationInfo *info = task_block(20 * sizeof(*info));
    NapComponentRegistrationInfo *block = info;
    WCHAR *strings[20][4];
    size_t i, j;

    (void)state;
    for (i = 0; i < 20; i++)
    {
        for (j = 0; j < 4; j++)
            strings[i][j] = task_block(10);
        info[i].friendlyName.string = strings[i][0];
        info[i].description.string = strings[i][1];
        info[i].version.string = strings[i][2];
        info[i].vendorName.string = strings[i][3];
    }
    FreeNapComponentRegistrationInfoArray(20, &info);
    for (i = 0; i < 20; i++)
    {
        for (j = 0; j < 4; j++)
            assert_freed_in_order(strings[i][j], block);
    }
    assert_int_equal(allocations_live(), 0);
}

#define TEST(tag, test) TAGGED_TEST(tag, test, allocations_begin, allocations_end)
#define ON(tag, subject, structure, name)                                                          \
    {                                                                                              \
        "test_" #subject "_" #name, test_##name, begin_##structure, allocations_end, (void *)(tag) \
    }
#define ALLOC_TESTS(alloc, structure)                                                              \
    ON(DOCUMENTED, alloc, structure, out_of_memory),                                               \
        ON(DECIDED, alloc, structure, null_after_failure),                                         \
        ON(OBSERVED, alloc, structure, parts_freed_one_by_one)
#define NULL_TESTS(function)                                                                       \
    ON(OBSERVED, function, function, null), ON(OBSERVED, function, function, count_without_pointer)
#define FREE_TESTS(function)                                                                       \
    NULL_TESTS(function), ON(DOCUMENTED, function, function, full),                                \
        ON(OBSERVED, function, function, any_count)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(DECIDED, test_AllocConnections_each_count),
        TEST(OBSERVED, test_AllocConnections_up_to_20),
        TEST(DOCUMENTED, test_AllocConnections_null_out_parameter),
        TEST(DOCUMENTED, test_AllocConnections_0_out_of_memory),
        TEST(OBSERVED, test_AllocConnections_caller_overwrites_empty_list),
        ALLOC_TESTS(AllocConnections, FreeConnections),
        NULL_TESTS(FreeConnections),
        TEST(OBSERVED, test_FreeConnections_releases_each_interface_once),
        TEST(OBSERVED, test_FreeConnections_count_lowered),
        TEST(OBSERVED, test_FreeConnections_half_filled_list),
        TEST(DECIDED, test_AllocCountedString_each_length),
        TEST(OBSERVED, test_AllocCountedString_up_to_1024),
        TEST(DECIDED, test_AllocCountedString_too_long),
        TEST(DOCUMENTED, test_AllocCountedString_null_arguments),
        TEST(DECIDED, test_AllocCountedString_null_string_null_after_failure),
        ALLOC_TESTS(AllocCountedString, FreeCountedString),
        ON(OBSERVED, AllocCountedString, FreeCountedString, count_overwritten),
        FREE_TESTS(FreeCountedString),
        TEST(DECIDED, test_AllocFixupInfo_each_count),
        TEST(OBSERVED, test_AllocFixupInfo_up_to_1000),
        TEST(DOCUMENTED, test_AllocFixupInfo_null_out_parameter),
        ALLOC_TESTS(AllocFixupInfo, FreeFixupInfo),
        ON(OBSERVED, AllocFixupInfo, FreeFixupInfo, count_overwritten),
        FREE_TESTS(FreeFixupInfo),
        FREE_TESTS(FreeIsolationInfo),
        FREE_TESTS(FreeIsolationInfoEx),
        NULL_TESTS(FreeSoH),
        TEST(DOCUMENTED, test_FreeSoH_attributes_without_count),
        TEST(OBSERVED, test_FreeSoH_half_built),
        TEST(DOCUMENTED, test_FreeSoH_full),
        FREE_TESTS(FreeNetworkSoH),
        FREE_TESTS(FreePrivateData),
        FREE_TESTS(FreeSystemHealthAgentState),
        TEST(DOCUMENTED, test_FreeSoHAttributeValue_each_type),
        TEST(DECIDED, test_FreeSoHAttributeValue_type_over_14_bits),
        TEST(OBSERVED, test_FreeSoHAttributeValue_null),
        TEST(OBSERVED, test_FreeSoHAttributeValue_null_embedded_pointer),
        ON(OBSERVED, FreeNapComponentRegistrationInfoArray, FreeComponent, count_without_pointer),
        ON(OBSERVED, FreeNapComponentRegistrationInfoArray, FreeComponent, any_count),
        TEST(OBSERVED, test_FreeNapComponentRegistrationInfoArray_null),
        TEST(DECIDED, test_FreeNapComponentRegistrationInfoArray_count_zero),
        TEST(DECIDED, test_FreeNapComponentRegistrationInfoArray_sets_the_pointer),
        TEST(DOCUMENTED, test_FreeNapComponentRegistrationInfoArray_full),
    };

    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
