/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The contract of the Alloc and Free functions. Tests of all functions go through a table of them.
 * Runs natively with the sources, and in Windows with any qutil.dll.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include <windows.h>
#include <objbase.h>
#define COBJMACROS
#include <naputil.h>

#include "allocations.h"
#include "packets.h"
#include "rows.h"

/* From one offset of the block to another. */
static void expect_zero(const void *block, size_t from, size_t to, const char *function,
                        unsigned count)
{
    const BYTE *bytes = block;

    while (from < to && !bytes[from])
        from++;
    expect_size(to, from, "%s, count %u, offset of the first byte that is not zero", function,
                count);
}

static bool is_freed_in_order(const void *inner, const void *outer)
{
    return allocations_freed(inner) && allocations_freed(inner) < allocations_freed(outer);
}

/* The structures, each with the function that frees it and the offsets of its pointers. In front of
 * each pointer is a count of 16 bits. */

typedef VOID WINAPI free_function(void *shell);

struct structure
{
    free_function *release;
    const char *name;
    size_t size;
    size_t pointers[5]; /* ends with 0 */
};

static VOID WINAPI free_component(void *shell)
{
    NapComponentRegistrationInfo *info = shell;

    FreeNapComponentRegistrationInfoArray(1, &info);
}

#define STRUCTURE(function, type, ...)                                                             \
    {                                                                                              \
        (free_function *)(function), #function, sizeof(type),                                      \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

#define LISTS 2 /* of the structures, the first two: count says how many elements are freed */

static const struct structure structures[] = {
    STRUCTURE(FreeConnections, Connections, offsetof(Connections, connections)),
    STRUCTURE(FreeSoH, SoH, offsetof(SoH, attributes)),
    STRUCTURE(FreeCountedString, CountedString, offsetof(CountedString, string)),
    STRUCTURE(FreeFixupInfo, FixupInfo, offsetof(FixupInfo, resultCodes.results)),
    STRUCTURE(FreeIsolationInfo, IsolationInfo, offsetof(IsolationInfo, failureUrl.string)),
    STRUCTURE(FreeIsolationInfoEx, IsolationInfoEx, offsetof(IsolationInfoEx, failureUrl.string)),
    STRUCTURE(FreeNetworkSoH, NetworkSoH, offsetof(NetworkSoH, data)),
    STRUCTURE(FreePrivateData, PrivateData, offsetof(PrivateData, data)),
    STRUCTURE(FreeSystemHealthAgentState, SystemHealthAgentState,
              offsetof(SystemHealthAgentState, shaResultCodes.results),
              offsetof(SystemHealthAgentState, fixupInfo.resultCodes.results)),
    STRUCTURE(free_component, NapComponentRegistrationInfo,
              offsetof(NapComponentRegistrationInfo, friendlyName.string),
              offsetof(NapComponentRegistrationInfo, description.string),
              offsetof(NapComponentRegistrationInfo, version.string),
              offsetof(NapComponentRegistrationInfo, vendorName.string)),
};

static UINT16 get_count(const void *shell, size_t pointer)
{
    UINT16 count;

    memcpy(&count, (const BYTE *)shell + pointer - sizeof(void *), sizeof(count));
    return count;
}

static void *get_pointer(const void *shell, size_t pointer)
{
    void *block;

    memcpy(&block, (const BYTE *)shell + pointer, sizeof(block));
    return block;
}

/* Sets each pointer and its count. All other bytes stay garbage. */
static void fill(void *shell, const struct structure *structure, UINT16 count, bool has_blocks)
{
    size_t i;

    for (i = 0; structure->pointers[i]; i++)
    {
        void *block = has_blocks ? task_block(2) : NULL;
        BYTE *place = (BYTE *)shell + structure->pointers[i];

        memcpy(place, &block, sizeof(block));
        memcpy(place - sizeof(block), &count, sizeof(count));
    }
}

/* All Free functions */

/* If a DLL crashes, the last name that was printed is that of the function. */
static void announce(const char *name)
{
    print_message("  %s\n", name);
}

/* Programs set various counts: a size in bytes for a length, or a short string in a long block. */
static void expect_frees(const struct structure *structure, UINT16 count, bool has_blocks)
{
    void *shell = task_block(structure->size), *blocks[COUNT_OF(structure->pointers)];
    size_t i;

    fill(shell, structure, count, has_blocks);
    for (i = 0; structure->pointers[i]; i++)
        blocks[i] = get_pointer(shell, structure->pointers[i]);
    structure->release(shell);
    while (has_blocks && i-- > 0)
        expect_size(true, is_freed_in_order(blocks[i], shell),
                    "%s, count %u, pointer %u is freed, and before the structure", structure->name,
                    count, (unsigned)i);
    expect_size(0, allocations_live(), "%s, count %u, blocks left", structure->name, count);
}

/* NULL is nothing to free. The count of a pointer that is NULL does not matter. Nor does the
 * count of a block that is not a list: a function that used it would read behind the block,
 * which a sanitizer reports. */
static void test_Free_NULL_and_any_count(void **state)
{
    static const UINT16 counts[] = {0, 1, 12, 65535};
    size_t i, j;

    for (i = 0; i < COUNT_OF(structures); i++)
    {
        announce(structures[i].name);
        structures[i].release(NULL);
        for (j = 0; j < COUNT_OF(counts); j++)
        {
            expect_frees(&structures[i], counts[j], false);
            if (i >= LISTS)
                expect_frees(&structures[i], counts[j], true);
        }
    }
    FreeNapComponentRegistrationInfoArray(20, NULL);
}

/* The Alloc functions */

typedef HRESULT WINAPI alloc_function(void **shell, UINT16 count);

/* A string of length characters, at the end of its block. */
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

static HRESULT WINAPI alloc_counted_string(void **shell, UINT16 length)
{
    WCHAR *string = make_string(length, true);
    HRESULT hr = AllocCountedString((CountedString **)shell, string);

    if (hr == S_OK)
        assert_memory_equal(((CountedString *)*shell)->string, string,
                            (length + (size_t)1) * sizeof(*string));
    free(string);
    return hr;
}

static const struct allocator
{
    const char *name;
    alloc_function *alloc;
    const struct structure *structure;
    UINT16 terminators; /* elements that are not counted */
    size_t element;
    bool is_array; /* whether there is a structure for each element */
} allocators[] = {
    {"AllocConnections", (alloc_function *)AllocConnections, &structures[0], 0, sizeof(void *),
     true},
    {"AllocCountedString", alloc_counted_string, &structures[2], 1, sizeof(WCHAR), false},
    {"AllocFixupInfo", (alloc_function *)AllocFixupInfo, &structures[3], 0, sizeof(HRESULT), false},
};

static void expect_structure(const struct allocator *allocator, UINT16 count)
{
    const struct structure *structure = allocator->structure;
    const size_t pointer = structure->pointers[0];
    const size_t elements = (size_t)count + allocator->terminators;
    size_t size = (allocator->is_array && count ? count : 1) * structure->size;
    const char *name = allocator->name;
    void *shell = SENTINEL, *part;

    if (!expect_result(S_OK, allocator->alloc(&shell, count), "%s, count %u", name, count))
        return;
    part = get_pointer(shell, pointer);
    expect_size(count, get_count(shell, pointer), "%s, count", name);
    expect_size(elements != 0, part != NULL, "%s, count %u, has a pointer", name, count);
    expect_size(elements ? 2 : 1, allocations_live(), "%s, count %u, blocks", name, count);
    expect_zero(shell, 0, pointer - sizeof(part), name, count);
    if (expect_size(size, allocations_size(shell), "%s, count %u, first block", name, count))
        expect_zero(shell, pointer + sizeof(part), size, name, count);
    size = elements * allocator->element;
    if (part &&
        expect_size(size, allocations_size(part), "%s, count %u, second block", name, count) &&
        !allocator->terminators)
        expect_zero(part, 0, size, name, count);
    structure->release(shell);
    expect_size(0, allocations_live(), "%s, count %u, blocks left", name, count);
}

/* All counts up to the largest documented limit, so that memory of each length is copied and
 * cleared; then the largest counts that the field can hold. Each pointer points to a block of its
 * own: some callers copy the structure, free it, and later free the block it pointed to. */
static void test_Alloc_each_count(void **state)
{
    size_t i;
    UINT16 count;

    for (i = 0; i < COUNT_OF(allocators); i++)
    {
        for (count = 0; count <= 1025; count++)
            expect_structure(&allocators[i], count);
        expect_structure(&allocators[i], 65534);
        expect_structure(&allocators[i], 65535);
    }
}

static void expect_failures(const struct allocator *allocator, UINT16 count)
{
    unsigned nth;

    expect_result(E_INVALIDARG, allocator->alloc(NULL, count), "%s, NULL", allocator->name);
    expect_size(0, allocations_live(), "%s, NULL, blocks left", allocator->name);
    for (nth = 1; nth <= (count + allocator->terminators ? 2U : 1U); nth++)
    {
        void *shell = SENTINEL;

        allocations_fail(nth);
        expect_result(E_OUTOFMEMORY, allocator->alloc(&shell, count),
                      "%s, count %u, allocation %u fails", allocator->name, count, nth);
        expect_size(0, allocations_live(), "%s, blocks left", allocator->name);
        expect_size(0, (uintptr_t)shell, "%s, pointer after a failure", allocator->name);
    }
}

static void test_Alloc_failures(void **state)
{
    UINT16 count;
    size_t i;

    for (i = 0; i < COUNT_OF(allocators); i++)
    {
        for (count = 0; count <= 5; count++)
            expect_failures(&allocators[i], count);
    }
}

/* Strings that are too long for the 16 bits of length are refused. The string of 65536 characters
 * has no terminator: the function must not read behind it. */
static void test_AllocCountedString_invalid_strings(void **state)
{
    WCHAR *strings[] = {NULL, make_string(65536, false), make_string(70000, true)};
    size_t i;

    for (i = 0; i < COUNT_OF(strings); i++)
    {
        CountedString *counted = SENTINEL;

        assert_int_equal(AllocCountedString(&counted, strings[i]), E_INVALIDARG);
        assert_null(counted);
        free(strings[i]);
    }
    assert_int_equal(AllocCountedString(NULL, NULL), E_INVALIDARG);
    assert_int_equal(allocations_taken(), 0);
}

/* FreeConnections */

/* A COM object that counts its references. A call of another method would crash the test. */
struct connection
{
    INapEnforcementClientConnection iface;
    LONG ref;
};

static ULONG STDMETHODCALLTYPE connection_Release(INapEnforcementClientConnection *iface)
{
    return (ULONG)--CONTAINING_RECORD(iface, struct connection, iface)->ref;
}

static INapEnforcementClientConnectionVtbl connection_vtbl = {
    .Release = connection_Release,
};

/* A caller may set a smaller count than it allocated. One element is NULL, and one object is in the
 * list twice. Each object has a reference of the caller, and one for each place in the list. */
static void test_FreeConnections_releases_each_interface_once(void **state)
{
    static const LONG refs[][2] = {{2, 3}, {1, 3}, {1, 3}, {1, 2}, {1, 1}}; /* expected */
    UINT16 count;
    unsigned i;

    for (count = 0; count < COUNT_OF(refs); count++)
    {
        struct connection objects[] = {{{&connection_vtbl}, 2}, {{&connection_vtbl}, 3}};
        INapEnforcementClientConnection **array;
        Connections *list = SENTINEL;

        assert_int_equal(AllocConnections(&list, 4), S_OK);
        array = list->connections;
        array[0] = &objects[0].iface;
        array[2] = array[3] = &objects[1].iface;
        list->count = count;
        FreeConnections(list);
        for (i = 0; i < COUNT_OF(objects); i++)
            expect_size((size_t)refs[count][i], (size_t)objects[i].ref,
                        "count %u, references of object %u", count, i);
        assert_true(is_freed_in_order(array, list));
        assert_int_equal(allocations_live(), 0);
    }
}

/* FreeSoH */

#define MANY 300 /* elements: a counter of 8 bits would not reach the last one */

/* Every second attribute has a value. Its size may be 0, and that of a NULL may be 4. */
static void test_FreeSoH_each_value(void **state)
{
    unsigned count, i;

    for (count = 0; count <= MANY; count += count < maxSoHAttributeCount ? 1 : 200)
    {
        SoHAttribute *attributes = task_block(MANY * sizeof(*attributes));
        SoH *soh = task_block(sizeof(*soh));
        BYTE *values[MANY];

        *soh = (SoH){(UINT16)count, attributes};
        for (i = 0; i < count; i++)
        {
            values[i] = (i + count) % 2 ? task_block(4) : NULL;
            attributes[i] = (SoHAttribute){(UINT16)i, i % 4 < 2 ? 4 : 0, values[i]};
        }
        FreeSoH(soh);
        for (i = 0; i < count; i++)
            assert_true(!values[i] || is_freed_in_order(values[i], attributes));
        assert_true(is_freed_in_order(attributes, soh));
        assert_int_equal(allocations_live(), 0);
    }
}

/* FreeSoHAttributeValue */

/* All other bytes of the value are garbage: the test fails if another member is freed. */
static void free_value_of(unsigned type, bool has_data)
{
    const size_t offset = member_of(type)->pointer;
    SoHAttributeValue *value = task_block(sizeof(*value));
    void *data = offset && has_data ? task_block(16) : NULL;

    if (offset)
        memcpy((BYTE *)value + offset, &data, sizeof(data));
    FreeSoHAttributeValue((SoHAttributeType)type, value);
    assert_true(!data || is_freed_in_order(data, value));
    assert_int_equal(allocations_live(), 0);
}

/* All bits of a type count, also those that do not fit into a packet. */
static void test_FreeSoHAttributeValue_each_type(void **state)
{
    static const unsigned wide[] = {0x10002, 0x7fffffff, 0xffffffff};
    size_t i;

    for (i = 0; i < TYPES + COUNT_OF(wide); i++)
    {
        const unsigned type = i < TYPES ? each_type[i] : wide[i - TYPES];

        FreeSoHAttributeValue((SoHAttributeType)type, NULL);
        free_value_of(type, true);
        free_value_of(type, false);
    }
}

/* FreeNapComponentRegistrationInfoArray */

static void test_FreeNapComponentRegistrationInfoArray_each_count(void **state)
{
    const struct structure *structure = &structures[COUNT_OF(structures) - 1];
    UINT16 count;
    size_t i;

    for (count = 0; count <= MANY; count = (UINT16)(count + (count < 20 ? 1 : 280)))
    {
        NapComponentRegistrationInfo *info = NULL, *block;
        void *strings[4 * MANY];

        FreeNapComponentRegistrationInfoArray(count, &info);
        assert_null(info);
        block = info = task_block(MANY * sizeof(*info));
        for (i = 0; i < count; i++)
            fill(&info[i], structure, 1, true);
        for (i = 0; i < (size_t)4 * count; i++)
            strings[i] = get_pointer(&info[i / 4], structure->pointers[i % 4]);
        FreeNapComponentRegistrationInfoArray(count, &info);
        assert_null(info);
        for (i = 0; i < (size_t)4 * count; i++)
            assert_true(is_freed_in_order(strings[i], block));
        assert_int_equal(allocations_live(), 0);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, allocations_begin, allocations_end)

static const struct CMUnitTest tests[] = {
    TEST(test_Alloc_each_count),
    TEST(test_Alloc_failures),
    TEST(test_AllocCountedString_invalid_strings),
    TEST(test_Free_NULL_and_any_count),
    TEST(test_FreeConnections_releases_each_interface_once),
    TEST(test_FreeSoH_each_value),
    TEST(test_FreeSoHAttributeValue_each_type),
    TEST(test_FreeNapComponentRegistrationInfoArray_each_count),
};

TEST_GROUP(memory, .dll = "qutil.dll");
