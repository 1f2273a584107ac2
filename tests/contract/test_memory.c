/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of the Alloc and Free functions. Runs natively against src/qutil/memory.c, and as a
 * Windows program against any qutil.dll.
 *
 * Tags say where an expectation is known from: documented (Microsoft's public reference), observed
 * (how public programs call the function), decided (no evidence: what breaks nobody).
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>
#include <objbase.h>
#define COBJMACROS
#include <naputil.h>

#include "allocations.h"
#include "connection.h"
#include "packets.h"
#include "rows.h"

/* Callers pass uninitialized variables as out parameters: this stands for one. */

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

static void assert_freed_in_order(const void *inner, const void *outer)
{
    assert_int_not_equal(allocations_freed(inner), 0);
    assert_int_not_equal(allocations_freed(outer), 0);
    assert_true(allocations_freed(inner) < allocations_freed(outer));
}

/* The structures, each with the function that frees it and with the pointers in it. */

struct embedded
{
    size_t pointer, count; /* where they are; pointer is 0 behind the last one */
};

struct structure
{
    void (*release)(void *shell);
    size_t size;
    struct embedded embedded[5];
};

static UINT16 get_count(const void *shell, const struct embedded *embedded)
{
    UINT16 count;

    memcpy(&count, (const BYTE *)shell + embedded->count, sizeof(count));
    return count;
}

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
static void fill(void *shell, const struct structure *structure, UINT16 count, bool has_blocks)
{
    const struct embedded *embedded;

    for (embedded = structure->embedded; embedded->pointer; embedded++)
    {
        void *block = has_blocks ? task_block(2) : NULL;

        memcpy((BYTE *)shell + embedded->pointer, &block, sizeof(block));
        set_count(shell, embedded, count);
    }
}

#define EMBEDDED(type, pointer, count)                                                             \
    {                                                                                              \
        offsetof(type, pointer), offsetof(type, count)                                             \
    }
#define STRUCTURE(function, type, ...)                                                             \
    static void call_##function(void *shell)                                                       \
    {                                                                                              \
        function(shell);                                                                           \
    }                                                                                              \
    static const struct structure structure_##function = {                                         \
        call_##function, sizeof(type), {__VA_ARGS__}};                                             \
    static int begin_##function(void **state)                                                      \
    {                                                                                              \
        *state = (void *)&structure_##function;                                                    \
        return allocations_begin(state);                                                           \
    }

/* An array of one. */
static void free_component(void *shell)
{
    NapComponentRegistrationInfo *info = shell;

    FreeNapComponentRegistrationInfoArray(1, &info);
}
#define FreeComponent(shell) free_component(shell)

STRUCTURE(FreeConnections, Connections, EMBEDDED(Connections, connections, count))
STRUCTURE(FreeCountedString, CountedString, EMBEDDED(CountedString, string, length))
STRUCTURE(FreeFixupInfo, FixupInfo, EMBEDDED(FixupInfo, resultCodes.results, resultCodes.count))
STRUCTURE(FreeIsolationInfo, IsolationInfo,
          EMBEDDED(IsolationInfo, failureUrl.string, failureUrl.length))
STRUCTURE(FreeIsolationInfoEx, IsolationInfoEx,
          EMBEDDED(IsolationInfoEx, failureUrl.string, failureUrl.length))
STRUCTURE(FreeSoH, SoH, EMBEDDED(SoH, attributes, count))
STRUCTURE(FreeNetworkSoH, NetworkSoH, EMBEDDED(NetworkSoH, data, size))
STRUCTURE(FreePrivateData, PrivateData, EMBEDDED(PrivateData, data, size))
STRUCTURE(FreeSystemHealthAgentState, SystemHealthAgentState,
          EMBEDDED(SystemHealthAgentState, shaResultCodes.results, shaResultCodes.count),
          EMBEDDED(SystemHealthAgentState, fixupInfo.resultCodes.results,
                   fixupInfo.resultCodes.count))
STRUCTURE(FreeComponent, NapComponentRegistrationInfo,
          EMBEDDED(NapComponentRegistrationInfo, friendlyName.string, friendlyName.length),
          EMBEDDED(NapComponentRegistrationInfo, description.string, description.length),
          EMBEDDED(NapComponentRegistrationInfo, version.string, version.length),
          EMBEDDED(NapComponentRegistrationInfo, vendorName.string, vendorName.length))

/* What holds for each of them */

/* observed: called from clean-up paths whatever went wrong before */
static void test_null(void **state)
{
    const struct structure *structure = *state;

    structure->release(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void assert_frees_any_count(const struct structure *structure, bool has_blocks)
{
    static const UINT16 counts[] = {0, 1, 12, 65535};
    size_t i;

    for (i = 0; i < COUNT_OF(counts); i++)
    {
        void *shell = task_block(structure->size);

        fill(shell, structure, counts[i], has_blocks);
        structure->release(shell);
        assert_int_equal(allocations_live(), 0);
    }
}

/* observed: a count whose pointer is NULL says nothing */
static void test_count_without_pointer(void **state)
{
    assert_frees_any_count(*state, false);
}

/* observed: the samples have sizes in bytes for lengths, short strings in long blocks, and write another
 * count into what they got; nothing is read by it, which a sanitizer would see */
static void test_any_count(void **state)
{
    assert_frees_any_count(*state, true);
}

/* documented: embedded pointers are freed, too */
static void test_full(void **state)
{
    const struct structure *structure = *state;
    void *shell = task_block(structure->size), *blocks[COUNT_OF(structure->embedded)];
    size_t i;

    fill(shell, structure, 1, true);
    for (i = 0; structure->embedded[i].pointer; i++)
        blocks[i] = get_pointer(shell, &structure->embedded[i]);
    structure->release(shell);
    while (i-- > 0)
        assert_freed_in_order(blocks[i], shell);
    assert_int_equal(allocations_live(), 0);
}

/* The functions that allocate, each with what is particular to what it returns. */

struct allocator
{
    const struct structure *structure;
    HRESULT (*alloc)(void **shell, UINT16 count);
    UINT16 limit;       /* of counts, as documented */
    UINT16 terminators; /* elements that the count leaves out */
    size_t element;
    bool is_array; /* decided: of as many shells as are counted */
};

#define ALLOCATOR(function, ...)                                                                   \
    static int begin_##function(void **state)                                                      \
    {                                                                                              \
        static const struct allocator allocator = {__VA_ARGS__};                                   \
                                                                                                   \
        *state = (void *)&allocator;                                                               \
        return allocations_begin(state);                                                           \
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

/* observed: the array arrives zeroed */
static HRESULT alloc_connections(void **shell, UINT16 count)
{
    HRESULT hr = AllocConnections((Connections **)shell, count);

    if (hr == S_OK && count)
        assert_zero(((Connections *)*shell)->connections, count * sizeof(void *));
    return hr;
}

/* documented: length has no terminator; observed: the string has one */
static HRESULT alloc_counted_string(void **shell, UINT16 length)
{
    WCHAR *string = make_string(length, true);
    HRESULT hr = AllocCountedString((CountedString **)shell, string);

    if (hr == S_OK)
        assert_memory_equal(((CountedString *)*shell)->string, string,
                            (length + (size_t)1) * sizeof(*string));
    free(string);
    return hr;
}

static HRESULT alloc_fixup_info(void **shell, UINT16 count)
{
    static const FixupInfo zero;
    HRESULT hr = AllocFixupInfo((FixupInfo **)shell, count);
    const FixupInfo *info = hr == S_OK ? *shell : &zero;

    assert_int_equal(info->state, zero.state);
    assert_int_equal(info->percentage, 0);
    assert_int_equal(info->fixupMsgId, 0);
    if (info->resultCodes.results)
        assert_zero(info->resultCodes.results, count * sizeof(HRESULT));
    return hr;
}

ALLOCATOR(AllocConnections, &structure_FreeConnections, alloc_connections, 20, 0, sizeof(void *),
          true)
ALLOCATOR(AllocCountedString, &structure_FreeCountedString, alloc_counted_string, 1024, 1,
          sizeof(WCHAR), false)
ALLOCATOR(AllocFixupInfo, &structure_FreeFixupInfo, alloc_fixup_info, 1000, 0, sizeof(HRESULT),
          false)

/* What holds for each of them */

static void *make(const struct allocator *allocator, UINT16 count)
{
    const struct embedded *embedded = allocator->structure->embedded;
    const bool has_block = count + allocator->terminators != 0;
    void *shell = SENTINEL;

    assert_int_equal(allocator->alloc(&shell, count), S_OK);
    assert_int_equal(get_count(shell, embedded), count);
    assert_int_equal(get_pointer(shell, embedded) != NULL, has_block);
    assert_int_equal(allocations_live(), has_block ? 2 : 1);
    return shell;
}

static void release(const struct allocator *allocator, void *shell)
{
    allocator->structure->release(shell);
    assert_int_equal(allocations_live(), 0);
}

/* observed */
static void test_up_to_the_limit(void **state)
{
    const struct allocator *allocator = *state;
    UINT16 count;

    for (count = 0; count <= allocator->limit; count++)
        release(allocator, make(allocator, count));
}

/* decided: sizes of the blocks, and counts over the documented limit */
static void test_each_count(void **state)
{
    const struct allocator *allocator = *state;
    const size_t size = allocator->structure->size;
    size_t i;

    rows_begin();
    for (i = 0; i < COUNTS; i++)
    {
        const UINT16 count = count_at(i);
        const size_t elements = (size_t)count + allocator->terminators;
        const size_t shells = allocator->is_array && count ? count : 1;
        void *shell = make(allocator, count);

        if (expect_size(shells * size, allocations_size(shell), "count %u, first block", count))
            assert_zero((BYTE *)shell + size, (shells - 1) * size);
        if (elements)
            expect_size(elements * allocator->element,
                        allocations_size(get_pointer(shell, allocator->structure->embedded)),
                        "count %u, second block", count);
        release(allocator, shell);
    }
    rows_end();
}

/* documented */
static void test_null_out_parameter(void **state)
{
    const struct allocator *allocator = *state;

    assert_int_equal(allocator->alloc(NULL, 0), E_INVALIDARG);
    assert_int_equal(allocator->alloc(NULL, 1), E_INVALIDARG);
    assert_int_equal(allocations_taken(), 0);
}

static void assert_out_of_memory(const struct allocator *allocator, bool sets_null)
{
    unsigned nth;
    UINT16 count;

    for (count = 0; count <= 5; count++)
    {
        for (nth = 1; nth <= (count + allocator->terminators ? 2U : 1U); nth++)
        {
            void *shell = SENTINEL;

            allocations_fail(nth);
            assert_int_equal(allocator->alloc(&shell, count), E_OUTOFMEMORY);
            assert_int_equal(allocations_live(), 0);
            if (sets_null)
                assert_null(shell);
        }
    }
}

/* documented */
static void test_out_of_memory(void **state)
{
    assert_out_of_memory(*state, false);
}

/* decided */
static void test_null_after_failure(void **state)
{
    assert_out_of_memory(*state, true);
}

/* observed: callers move the structure out, free the shell alone, and what it pointed to later; RPC
 * frees each pointer by itself */
static void test_parts_freed_one_by_one(void **state)
{
    const struct allocator *allocator = *state;
    void *shell = make(allocator, 5), *part = get_pointer(shell, allocator->structure->embedded);

    CoTaskMemFree(shell);
    assert_int_equal(allocations_live(), 1);
    assert_int_not_equal(allocations_size(part), 0);
    CoTaskMemFree(part);
}

/* decided: what length cannot hold is refused. The string of 65536 has no terminator: reading on
 * would leave the caller's memory. */
static void test_AllocCountedString_too_long(void **state)
{
    WCHAR *strings[] = {make_string(65536, false), make_string(70000, true)};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(strings); i++)
    {
        CountedString *counted = SENTINEL;

        assert_int_equal(AllocCountedString(&counted, strings[i]), E_INVALIDARG);
        assert_null(counted);
        free(strings[i]);
    }
    assert_int_equal(allocations_taken(), 0);
}

/* documented */
static void test_AllocCountedString_null_string(void **state)
{
    CountedString *counted = SENTINEL;

    (void)state;
    assert_int_equal(AllocCountedString(&counted, NULL), E_INVALIDARG);
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

/* FreeConnections */

/* A list of objects, each with a reference of its caller and one of the list's. */
#define OBJECTS 4

static Connections *make_list(struct connection *objects)
{
    Connections *list = SENTINEL;
    UINT16 i;

    assert_int_equal(AllocConnections(&list, OBJECTS), S_OK);
    for (i = 0; i < OBJECTS; i++)
    {
        connection_init(&objects[i]);
        list->connections[i] = &objects[i].iface;
        INapEnforcementClientConnection_AddRef(&objects[i].iface);
    }
    return list;
}

static void assert_releases(Connections *list, const struct connection *objects, const LONG *refs)
{
    INapEnforcementClientConnection **array = list->connections;
    size_t i;

    FreeConnections(list);
    for (i = 0; i < OBJECTS; i++)
        assert_int_equal(objects[i].ref, refs[i]);
    assert_freed_in_order(array, list);
    assert_int_equal(allocations_live(), 0);
}

/* documented: embedded pointers are freed; observed: callers add a reference to what they store */
static void test_FreeConnections_releases_each_interface_once(void **state)
{
    static const LONG refs[OBJECTS] = {1, 1, 1, 1};
    struct connection objects[OBJECTS];

    (void)state;
    assert_releases(make_list(objects), objects, refs);
}

/* observed: callers that have less to report than they thought write a smaller count */
static void test_FreeConnections_count_lowered(void **state)
{
    LONG refs[OBJECTS] = {2, 2, 2, 2};
    struct connection objects[OBJECTS];
    UINT16 count;

    (void)state;
    for (count = 0; count < OBJECTS; count++)
    {
        Connections *list = make_list(objects);

        list->count = count;
        assert_releases(list, objects, refs);
        refs[count] = 1;
    }
}

/* Some places are empty, and one object has two. */
static void test_FreeConnections_half_filled_list(void **state)
{
    static const LONG refs[OBJECTS] = {2, 1, 1, 2};
    struct connection objects[OBJECTS];
    Connections *list = make_list(objects);

    (void)state;
    list->connections[0] = NULL;
    list->connections[3] = list->connections[2];
    INapEnforcementClientConnection_AddRef(list->connections[2]);
    assert_releases(list, objects, refs);
}

/* FreeSoH */

static void test_FreeSoH_half_built(void **state)
{
    SoHAttribute attributes[] = {{0, 4, NULL}, {0, 0, task_block(4)}, {0, 0, NULL}};
    SoH *soh = task_block(sizeof(*soh));

    (void)state;
    soh->count = COUNT_OF(attributes);
    soh->attributes = memcpy(task_block(sizeof(attributes)), attributes, sizeof(attributes));
    FreeSoH(soh);
    assert_int_equal(allocations_live(), 0);
}

static void assert_frees_packet(UINT16 count)
{
    SoH *soh = task_block(sizeof(*soh));
    SoHAttribute *attributes = task_block(maxSoHAttributeCount * sizeof(*attributes));
    BYTE *values[maxSoHAttributeCount];
    UINT16 i;

    soh->count = count;
    soh->attributes = attributes;
    for (i = 0; i < count; i++)
    {
        values[i] = task_block(4);
        attributes[i] = (SoHAttribute){i, 4, values[i]};
    }
    FreeSoH(soh);
    for (i = 0; i < count; i++)
        assert_freed_in_order(values[i], attributes);
    assert_freed_in_order(attributes, soh);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeSoH_full(void **state)
{
    (void)state;
    assert_frees_packet(0);
    assert_frees_packet(maxSoHAttributeCount);
}

/* FreeSoHAttributeValue */

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

/* Those that have a meaning, and some around them that have none. */
static void test_FreeSoHAttributeValue_each_type(void **state)
{
    unsigned type;

    (void)state;
    for (type = 0; type <= 17; type++)
        free_value_of(type, true);
    free_value_of(0x3fff, true);
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
    unsigned type;

    (void)state;
    for (type = 0; type <= 17; type++)
        FreeSoHAttributeValue((SoHAttributeType)type, NULL);
    assert_int_equal(allocations_taken(), 0);
    for (type = 0; type <= 17; type++)
        free_value_of(type, false);
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

/* decided */
static void test_FreeNapComponentRegistrationInfoArray_sets_the_pointer(void **state)
{
    UINT16 count;

    (void)state;
    for (count = 0; count <= 2; count++)
    {
        NapComponentRegistrationInfo *info = task_block(2 * sizeof(*info));

        memset(info, 0, 2 * sizeof(*info));
        FreeNapComponentRegistrationInfoArray(count, &info);
        assert_int_equal(allocations_live(), 0);
        assert_null(info);
    }
}

/* documented: all four strings of each */
static void test_FreeNapComponentRegistrationInfoArray_full(void **state)
{
    const struct structure *structure = &structure_FreeComponent;
    NapComponentRegistrationInfo *info = task_block(20 * sizeof(*info)), *block = info;
    void *strings[80];
    size_t i;

    (void)state;
    for (i = 0; i < 20; i++)
        fill(&info[i], structure, 1, true);
    for (i = 0; i < COUNT_OF(strings); i++)
        strings[i] = get_pointer(&info[i / 4], &structure->embedded[i % 4]);
    FreeNapComponentRegistrationInfoArray(20, &info);
    for (i = 0; i < COUNT_OF(strings); i++)
        assert_freed_in_order(strings[i], block);
    assert_int_equal(allocations_live(), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, allocations_begin, allocations_end)
#define NAMED(subject, begin, name)                                                                \
    {                                                                                              \
        "test_" #subject "_" #name, test_##name, begin_##begin, allocations_end, NULL              \
    }
#define ON(function, name) NAMED(function, function, name)
#define ALLOC_TESTS(function)                                                                      \
    ON(function, up_to_the_limit), ON(function, each_count), ON(function, null_out_parameter),     \
        ON(function, out_of_memory), ON(function, null_after_failure),                             \
        ON(function, parts_freed_one_by_one)
#define NULL_TESTS(function) ON(function, null), ON(function, count_without_pointer)
#define FREE_TESTS(function) NULL_TESTS(function), ON(function, full), ON(function, any_count)

static const struct CMUnitTest tests[] = {
    ALLOC_TESTS(AllocConnections),
    NULL_TESTS(FreeConnections),
    TEST(test_FreeConnections_releases_each_interface_once),
    TEST(test_FreeConnections_count_lowered),
    TEST(test_FreeConnections_half_filled_list),
    ALLOC_TESTS(AllocCountedString),
    TEST(test_AllocCountedString_too_long),
    TEST(test_AllocCountedString_null_string),
    TEST(test_AllocCountedString_null_string_null_after_failure),
    FREE_TESTS(FreeCountedString),
    ALLOC_TESTS(AllocFixupInfo),
    FREE_TESTS(FreeFixupInfo),
    FREE_TESTS(FreeIsolationInfo),
    FREE_TESTS(FreeIsolationInfoEx),
    NULL_TESTS(FreeSoH),
    TEST(test_FreeSoH_half_built),
    TEST(test_FreeSoH_full),
    FREE_TESTS(FreeNetworkSoH),
    FREE_TESTS(FreePrivateData),
    FREE_TESTS(FreeSystemHealthAgentState),
    TEST(test_FreeSoHAttributeValue_each_type),
    TEST(test_FreeSoHAttributeValue_type_over_14_bits),
    TEST(test_FreeSoHAttributeValue_null),
    NAMED(FreeNapComponentRegistrationInfoArray, FreeComponent, count_without_pointer),
    NAMED(FreeNapComponentRegistrationInfoArray, FreeComponent, any_count),
    TEST(test_FreeNapComponentRegistrationInfoArray_null),
    TEST(test_FreeNapComponentRegistrationInfoArray_sets_the_pointer),
    TEST(test_FreeNapComponentRegistrationInfoArray_full),
};

const struct test_group test_memory = {
    .name = "memory",
    .tests = tests,
    .count = COUNT_OF(tests),
    .dll = "qutil.dll",
};
