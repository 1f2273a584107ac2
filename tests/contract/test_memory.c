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
#include "tags.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

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

/* Counts and lengths within the documented limits, whatever the blocks are: observed: with 0 there
 * is no array, and else it arrives zeroed; the string has a terminator. */
static void test_Alloc_within_the_limits(void **state)
{
    UINT16 i;

    (void)state;
    for (i = 0; i <= 1024; i++)
    {
        WCHAR *string = make_string(i, true);
        CountedString *counted = SENTINEL;
        Connections *list = SENTINEL;
        FixupInfo *info = SENTINEL;

        assert_int_equal(AllocCountedString(&counted, string), S_OK);
        assert_int_equal(counted->length, i);
        assert_memory_equal(counted->string, string, (i + 1u) * sizeof(*string));
        FreeCountedString(counted);
        free(string);

        assert_int_equal(AllocConnections(&list, i % 21), S_OK);
        assert_int_equal(list->count, i % 21);
        assert_int_equal(!list->connections, i % 21 == 0);
        assert_zero(list->connections, list->count * sizeof(INapEnforcementClientConnection *));
        FreeConnections(list);

        assert_int_equal(AllocFixupInfo(&info, i % 1001), S_OK);
        assert_int_equal(info->resultCodes.count, i % 1001);
        assert_int_equal(!info->resultCodes.results, i % 1001 == 0);
        assert_zero(info->resultCodes.results, info->resultCodes.count * sizeof(HRESULT));
        FreeFixupInfo(info);
    }
}

/* documented */
static void test_Alloc_out_of_memory(void **state)
{
    static const WCHAR string[] = {'n', 0};
    CountedString *counted;
    Connections *list;
    FixupInfo *info;

    (void)state;
    allocations_fail(1);
    assert_int_equal(AllocCountedString(&counted, string), E_OUTOFMEMORY);
    allocations_fail(1);
    assert_int_equal(AllocConnections(&list, 1), E_OUTOFMEMORY);
    allocations_fail(1);
    assert_int_equal(AllocFixupInfo(&info, 1), E_OUTOFMEMORY);
}

/* AllocConnections */

/* observed: the array is sized by the count and arrives zeroed; decided: sizes of the blocks, and
 * counts over the documented 20. */
static void test_AllocConnections_each_count(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNTS; i++)
    {
        const UINT16 count = count_at(i);
        const size_t shells = count ? count : 1;
        const size_t array_size = count * sizeof(INapEnforcementClientConnection *);
        Connections *list = SENTINEL;

        assert_int_equal(AllocConnections(&list, count), S_OK);
        assert_block(list, shells * sizeof(*list));
        assert_int_equal(list->count, count);
        assert_zero(list + 1, (shells - 1) * sizeof(*list));
        if (count)
        {
            assert_block(list->connections, array_size);
            assert_zero(list->connections, array_size);
        }
        else
        {
            assert_null(list->connections);
        }
        assert_int_equal(allocations_live(), count ? 2 : 1);
        FreeConnections(list);
        assert_int_equal(allocations_live(), 0);
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

/* documented: E_OUTOFMEMORY; decided: the out parameter is NULL */
static void test_AllocConnections_out_of_memory(void **state)
{
    unsigned nth;

    (void)state;
    for (nth = 1; nth <= 2; nth++)
    {
        Connections *list = SENTINEL;

        allocations_fail(nth);
        assert_int_equal(AllocConnections(&list, 20), E_OUTOFMEMORY);
        assert_null(list);
        assert_int_equal(allocations_live(), 0);
    }
    allocations_fail(1);
    {
        Connections *list = SENTINEL;

        assert_int_equal(AllocConnections(&list, 0), E_OUTOFMEMORY);
        assert_null(list);
    }
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

/* observed: RPC frees each embedded pointer by itself */
static void test_AllocConnections_parts_freed_one_by_one(void **state)
{
    Connections *list = SENTINEL;

    (void)state;
    assert_int_equal(AllocConnections(&list, 3), S_OK);
    CoTaskMemFree(list->connections);
    assert_int_equal(allocations_live(), 1);
    CoTaskMemFree(list);
    assert_int_equal(allocations_live(), 0);
}

/* FreeConnections */

/* observed: called from clean-up paths whatever went wrong before */
static void test_FreeConnections_null(void **state)
{
    (void)state;
    FreeConnections(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeConnections_count_without_array(void **state)
{
    Connections *list = zeroed_task_block(sizeof(*list));

    (void)state;
    list->count = 20;
    FreeConnections(list);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeConnections_array_without_count(void **state)
{
    Connections *list = SENTINEL;
    struct connection connection;

    (void)state;
    connection_init(&connection);
    assert_int_equal(AllocConnections(&list, 1), S_OK);
    list->connections[0] = &connection.iface;
    list->count = 0;
    FreeConnections(list);
    assert_int_equal(allocations_live(), 0);
    assert_int_equal(connection.ref, 1);
}

/* documented: embedded pointers are freed; observed: callers add a reference to what they store */
static void test_FreeConnections_releases_each_interface_once(void **state)
{
    struct connection objects[20];
    Connections *list = SENTINEL;
    INapEnforcementClientConnection **array;
    size_t i;

    (void)state;
    assert_int_equal(AllocConnections(&list, COUNT_OF(objects)), S_OK);
    array = list->connections;
    for (i = 0; i < COUNT_OF(objects); i++)
    {
        connection_init(&objects[i]);
        array[i] = &objects[i].iface;
        INapEnforcementClientConnection_AddRef(array[i]);
        assert_int_equal(objects[i].ref, 2);
    }
    FreeConnections(list);
    for (i = 0; i < COUNT_OF(objects); i++)
        assert_int_equal(objects[i].ref, 1);
    assert_freed_in_order(array, list);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeConnections_half_filled_list(void **state)
{
    struct connection connection;
    Connections *list = SENTINEL;

    (void)state;
    connection_init(&connection);
    assert_int_equal(AllocConnections(&list, 4), S_OK);
    list->connections[2] = &connection.iface;
    INapEnforcementClientConnection_AddRef(&connection.iface);
    FreeConnections(list);
    assert_int_equal(connection.ref, 1);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeConnections_one_interface_twice(void **state)
{
    struct connection connection;
    Connections *list = SENTINEL;
    size_t i;

    (void)state;
    connection_init(&connection);
    assert_int_equal(AllocConnections(&list, 2), S_OK);
    for (i = 0; i < 2; i++)
    {
        list->connections[i] = &connection.iface;
        INapEnforcementClientConnection_AddRef(&connection.iface);
    }
    FreeConnections(list);
    assert_int_equal(connection.ref, 1);
    assert_int_equal(allocations_live(), 0);
}

/* AllocCountedString */

/* documented: length has no terminator; observed: the string has one */
static void test_AllocCountedString_each_length(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNTS; i++)
    {
        const UINT16 length = count_at(i);
        WCHAR *string = make_string(length, true);
        CountedString *counted = SENTINEL;
        WCHAR *copy;

        assert_int_equal(AllocCountedString(&counted, string), S_OK);
        assert_block(counted, sizeof(*counted));
        assert_int_equal(counted->length, length);
        copy = counted->string;
        assert_ptr_not_equal(copy, string);
        assert_block(copy, (length + 1) * sizeof(*copy));
        assert_memory_equal(copy, string, (length + 1) * sizeof(*copy));
        FreeCountedString(counted);
        assert_freed_in_order(copy, counted);
        assert_int_equal(allocations_live(), 0);
        free(string);
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

static void test_AllocCountedString_null_arguments(void **state)
{
    static const WCHAR string[] = {'a', 0};
    CountedString *counted = SENTINEL;

    (void)state;
    assert_int_equal(AllocCountedString(&counted, NULL), E_INVALIDARG);
    assert_null(counted);
    assert_int_equal(AllocCountedString(NULL, string), E_INVALIDARG);
    assert_int_equal(AllocCountedString(NULL, NULL), E_INVALIDARG);
    assert_int_equal(allocations_taken(), 0);
}

static void test_AllocCountedString_out_of_memory(void **state)
{
    static const WCHAR string[] = {'n', 'a', 'p', 0};
    unsigned nth;

    (void)state;
    for (nth = 1; nth <= 2; nth++)
    {
        CountedString *counted = SENTINEL;

        allocations_fail(nth);
        assert_int_equal(AllocCountedString(&counted, string), E_OUTOFMEMORY);
        assert_null(counted);
        assert_int_equal(allocations_live(), 0);
    }
}

/* observed: callers move the structure out, free the shell alone and keep the string */
static void test_AllocCountedString_string_outlives_shell(void **state)
{
    static const WCHAR string[] = {'n', 'a', 'p', 0};
    NapComponentRegistrationInfo info;
    CountedString *counted = SENTINEL;

    (void)state;
    assert_int_equal(AllocCountedString(&counted, string), S_OK);
    info.friendlyName = *counted;
    CoTaskMemFree(counted);
    assert_int_equal(info.friendlyName.length, 3);
    assert_memory_equal(info.friendlyName.string, string, sizeof(string));
    CoTaskMemFree(info.friendlyName.string);
    assert_int_equal(allocations_live(), 0);
}

/* FreeCountedString */

static void test_FreeCountedString_null(void **state)
{
    (void)state;
    FreeCountedString(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeCountedString_length_without_string(void **state)
{
    CountedString *counted = zeroed_task_block(sizeof(*counted));

    (void)state;
    counted->length = 1024;
    FreeCountedString(counted);
    assert_int_equal(allocations_live(), 0);
}

/* AllocFixupInfo */

static void test_AllocFixupInfo_each_count(void **state)
{
    static const FixupInfo zero;
    size_t i;

    (void)state;
    for (i = 0; i < COUNTS; i++)
    {
        const UINT16 count = count_at(i);
        FixupInfo *info = SENTINEL;
        HRESULT *results;

        assert_int_equal(AllocFixupInfo(&info, count), S_OK);
        assert_block(info, sizeof(*info));
        assert_int_equal(info->state, zero.state);
        assert_int_equal(info->percentage, 0);
        assert_int_equal(info->fixupMsgId, 0);
        assert_int_equal(info->resultCodes.count, count);
        results = info->resultCodes.results;
        if (count)
        {
            assert_block(results, count * sizeof(*results));
            assert_zero(results, count * sizeof(*results));
        }
        else
        {
            assert_null(results);
        }
        FreeFixupInfo(info);
        if (count)
            assert_freed_in_order(results, info);
        assert_int_equal(allocations_live(), 0);
    }
}

static void test_AllocFixupInfo_null_out_parameter(void **state)
{
    (void)state;
    assert_int_equal(AllocFixupInfo(NULL, 0), E_INVALIDARG);
    assert_int_equal(AllocFixupInfo(NULL, 1), E_INVALIDARG);
    assert_int_equal(allocations_taken(), 0);
}

static void test_AllocFixupInfo_out_of_memory(void **state)
{
    unsigned nth;

    (void)state;
    for (nth = 1; nth <= 2; nth++)
    {
        FixupInfo *info = SENTINEL;

        allocations_fail(nth);
        assert_int_equal(AllocFixupInfo(&info, 5), E_OUTOFMEMORY);
        assert_null(info);
        assert_int_equal(allocations_live(), 0);
    }
}

static void test_AllocFixupInfo_parts_freed_one_by_one(void **state)
{
    FixupInfo *info = SENTINEL;

    (void)state;
    assert_int_equal(AllocFixupInfo(&info, 2), S_OK);
    CoTaskMemFree(info->resultCodes.results);
    assert_int_equal(allocations_live(), 1);
    CoTaskMemFree(info);
    assert_int_equal(allocations_live(), 0);
}

/* FreeFixupInfo */

static void test_FreeFixupInfo_null(void **state)
{
    (void)state;
    FreeFixupInfo(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeFixupInfo_count_without_results(void **state)
{
    FixupInfo *info = zeroed_task_block(sizeof(*info));

    (void)state;
    info->resultCodes.count = 65535;
    FreeFixupInfo(info);
    assert_int_equal(allocations_live(), 0);
}

/* FreeIsolationInfo, FreeIsolationInfoEx */

static void test_FreeIsolationInfo_null(void **state)
{
    (void)state;
    FreeIsolationInfo(NULL);
    FreeIsolationInfoEx(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeIsolationInfo_length_without_string(void **state)
{
    IsolationInfo *info = zeroed_task_block(sizeof(*info));
    IsolationInfoEx *info_ex = zeroed_task_block(sizeof(*info_ex));

    (void)state;
    info->failureUrl.length = 1;
    FreeIsolationInfo(info);
    info_ex->failureUrl.length = 1;
    FreeIsolationInfoEx(info_ex);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeIsolationInfo_full(void **state)
{
    IsolationInfo *info = task_block(sizeof(*info));
    WCHAR *url = task_block(8 * sizeof(*url));

    (void)state;
    info->failureUrl.length = 7;
    info->failureUrl.string = url;
    FreeIsolationInfo(info);
    assert_freed_in_order(url, info);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeIsolationInfoEx_full(void **state)
{
    IsolationInfoEx *info = task_block(sizeof(*info));
    WCHAR *url = task_block(8 * sizeof(*url));

    (void)state;
    info->failureUrl.length = 7;
    info->failureUrl.string = url;
    FreeIsolationInfoEx(info);
    assert_freed_in_order(url, info);
    assert_int_equal(allocations_live(), 0);
}

/* FreeSoH */

static void test_FreeSoH_null(void **state)
{
    (void)state;
    FreeSoH(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeSoH_count_without_attributes(void **state)
{
    SoH *soh = zeroed_task_block(sizeof(*soh));

    (void)state;
    soh->count = 100;
    FreeSoH(soh);
    assert_int_equal(allocations_live(), 0);
}

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

/* FreeNetworkSoH, FreePrivateData */

static void test_FreeNetworkSoH_null(void **state)
{
    (void)state;
    FreeNetworkSoH(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeNetworkSoH_size_without_data(void **state)
{
    NetworkSoH *soh = zeroed_task_block(sizeof(*soh));

    (void)state;
    soh->size = maxNetworkSoHSize;
    FreeNetworkSoH(soh);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeNetworkSoH_full(void **state)
{
    NetworkSoH *soh = task_block(sizeof(*soh));
    BYTE *data = task_block(minNetworkSoHSize);

    (void)state;
    soh->size = minNetworkSoHSize;
    soh->data = data;
    FreeNetworkSoH(soh);
    assert_freed_in_order(data, soh);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreePrivateData_null(void **state)
{
    (void)state;
    FreePrivateData(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreePrivateData_size_without_data(void **state)
{
    PrivateData *private_data = zeroed_task_block(sizeof(*private_data));

    (void)state;
    private_data->size = maxPrivateDataSize;
    FreePrivateData(private_data);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreePrivateData_full(void **state)
{
    PrivateData *private_data = task_block(sizeof(*private_data));
    BYTE *data = task_block(maxPrivateDataSize);

    (void)state;
    private_data->size = maxPrivateDataSize;
    private_data->data = data;
    FreePrivateData(private_data);
    assert_freed_in_order(data, private_data);
    assert_int_equal(allocations_live(), 0);
}

/* FreeSoHAttributeValue */

/* Where the member that each type selects has its pointer, as the reference lists them. */
static const struct
{
    unsigned type;
    bool has_pointer;
    size_t offset;
} attribute_types[] = {
    {0, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {1, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {sohAttributeTypeSystemHealthId, false, 0},
    {sohAttributeTypeIpv4FixupServers, true, offsetof(SoHAttributeValue, v4AddressesVal.addresses)},
    {sohAttributeTypeComplianceResultCodes, true, offsetof(SoHAttributeValue, codesVal.results)},
    {sohAttributeTypeTimeOfLastUpdate, false, 0},
    {sohAttributeTypeClientId, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {sohAttributeTypeVendorSpecific, true,
     offsetof(SoHAttributeValue, vendorSpecificVal.vendorSpecificData)},
    {sohAttributeTypeHealthClass, false, 0},
    {sohAttributeTypeSoftwareVersion, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {sohAttributeTypeProductName, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {sohAttributeTypeHealthClassStatus, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {sohAttributeTypeSoHGenerationTime, false, 0},
    {sohAttributeTypeErrorCodes, true, offsetof(SoHAttributeValue, codesVal.results)},
    {sohAttributeTypeFailureCategory, false, 0},
    {sohAttributeTypeIpv6FixupServers, true, offsetof(SoHAttributeValue, v6AddressesVal.addresses)},
    {sohAttributeTypeExtendedIsolationState, false, 0},
    {17, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {0x3fff, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {0xffff, true, offsetof(SoHAttributeValue, octetStringVal.data)},
    {0x7fffffff, true, offsetof(SoHAttributeValue, octetStringVal.data)},
};

/* All other bytes of the value are garbage: a type that took another member would free that. */
static void test_FreeSoHAttributeValue_each_type(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(attribute_types); i++)
    {
        SoHAttributeValue *value = task_block(sizeof(*value));
        void *data = NULL;

        if (attribute_types[i].has_pointer)
        {
            data = task_block(16);
            memcpy((BYTE *)value + attribute_types[i].offset, &data, sizeof(data));
        }
        FreeSoHAttributeValue((SoHAttributeType)attribute_types[i].type, value);
        if (data)
            assert_freed_in_order(data, value);
        assert_int_equal(allocations_live(), 0);
    }
}

/* observed: FreeSoHAttributeValue(0, NULL) happens in clean-up paths */
static void test_FreeSoHAttributeValue_null(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(attribute_types); i++)
        FreeSoHAttributeValue((SoHAttributeType)attribute_types[i].type, NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeSoHAttributeValue_null_embedded_pointer(void **state)
{
    static void *const nothing;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(attribute_types); i++)
    {
        SoHAttributeValue *value = task_block(sizeof(*value));

        if (attribute_types[i].has_pointer)
            memcpy((BYTE *)value + attribute_types[i].offset, &nothing, sizeof(nothing));
        FreeSoHAttributeValue((SoHAttributeType)attribute_types[i].type, value);
        assert_int_equal(allocations_live(), 0);
    }
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

static void test_FreeNapComponentRegistrationInfoArray_half_built(void **state)
{
    NapComponentRegistrationInfo *info = zeroed_task_block(2 * sizeof(*info));

    (void)state;
    info[0].friendlyName.string = task_block(2);
    info[0].vendorName.length = 1;
    info[1].version.string = task_block(2);
    FreeNapComponentRegistrationInfoArray(2, &info);
    assert_int_equal(allocations_live(), 0);
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

/* FreeSystemHealthAgentState */

static void test_FreeSystemHealthAgentState_null(void **state)
{
    (void)state;
    FreeSystemHealthAgentState(NULL);
    assert_int_equal(allocations_taken(), 0);
}

static void test_FreeSystemHealthAgentState_counts_without_results(void **state)
{
    SystemHealthAgentState *agent = zeroed_task_block(sizeof(*agent));

    (void)state;
    agent->shaResultCodes.count = 1;
    agent->fixupInfo.resultCodes.count = 1;
    FreeSystemHealthAgentState(agent);
    assert_int_equal(allocations_live(), 0);
}

static void test_FreeSystemHealthAgentState_full(void **state)
{
    SystemHealthAgentState *agent = task_block(sizeof(*agent));
    HRESULT *results = task_block(2 * sizeof(*results));
    HRESULT *fixup_results = task_block(3 * sizeof(*fixup_results));

    (void)state;
    agent->shaResultCodes.count = 2;
    agent->shaResultCodes.results = results;
    agent->fixupInfo.resultCodes.count = 3;
    agent->fixupInfo.resultCodes.results = fixup_results;
    FreeSystemHealthAgentState(agent);
    assert_freed_in_order(results, agent);
    assert_freed_in_order(fixup_results, agent);
    assert_int_equal(allocations_live(), 0);
}

#define TEST(tag, test) TAGGED_TEST(tag, test, allocations_begin, allocations_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(OBSERVED, test_Alloc_within_the_limits),
        TEST(DOCUMENTED, test_Alloc_out_of_memory),
        TEST(DECIDED, test_AllocConnections_each_count),
        TEST(DOCUMENTED, test_AllocConnections_null_out_parameter),
        TEST(DECIDED, test_AllocConnections_out_of_memory),
        TEST(OBSERVED, test_AllocConnections_caller_overwrites_empty_list),
        TEST(OBSERVED, test_AllocConnections_parts_freed_one_by_one),
        TEST(OBSERVED, test_FreeConnections_null),
        TEST(OBSERVED, test_FreeConnections_count_without_array),
        TEST(DOCUMENTED, test_FreeConnections_array_without_count),
        TEST(OBSERVED, test_FreeConnections_releases_each_interface_once),
        TEST(OBSERVED, test_FreeConnections_half_filled_list),
        TEST(OBSERVED, test_FreeConnections_one_interface_twice),
        TEST(DECIDED, test_AllocCountedString_each_length),
        TEST(DECIDED, test_AllocCountedString_too_long),
        TEST(DECIDED, test_AllocCountedString_null_arguments),
        TEST(DECIDED, test_AllocCountedString_out_of_memory),
        TEST(OBSERVED, test_AllocCountedString_string_outlives_shell),
        TEST(OBSERVED, test_FreeCountedString_null),
        TEST(OBSERVED, test_FreeCountedString_length_without_string),
        TEST(DECIDED, test_AllocFixupInfo_each_count),
        TEST(DOCUMENTED, test_AllocFixupInfo_null_out_parameter),
        TEST(DECIDED, test_AllocFixupInfo_out_of_memory),
        TEST(OBSERVED, test_AllocFixupInfo_parts_freed_one_by_one),
        TEST(OBSERVED, test_FreeFixupInfo_null),
        TEST(OBSERVED, test_FreeFixupInfo_count_without_results),
        TEST(OBSERVED, test_FreeIsolationInfo_null),
        TEST(OBSERVED, test_FreeIsolationInfo_length_without_string),
        TEST(DOCUMENTED, test_FreeIsolationInfo_full),
        TEST(DOCUMENTED, test_FreeIsolationInfoEx_full),
        TEST(OBSERVED, test_FreeSoH_null),
        TEST(OBSERVED, test_FreeSoH_count_without_attributes),
        TEST(DOCUMENTED, test_FreeSoH_attributes_without_count),
        TEST(OBSERVED, test_FreeSoH_half_built),
        TEST(DOCUMENTED, test_FreeSoH_full),
        TEST(OBSERVED, test_FreeNetworkSoH_null),
        TEST(OBSERVED, test_FreeNetworkSoH_size_without_data),
        TEST(DOCUMENTED, test_FreeNetworkSoH_full),
        TEST(OBSERVED, test_FreePrivateData_null),
        TEST(OBSERVED, test_FreePrivateData_size_without_data),
        TEST(DOCUMENTED, test_FreePrivateData_full),
        TEST(DOCUMENTED, test_FreeSoHAttributeValue_each_type),
        TEST(OBSERVED, test_FreeSoHAttributeValue_null),
        TEST(OBSERVED, test_FreeSoHAttributeValue_null_embedded_pointer),
        TEST(OBSERVED, test_FreeNapComponentRegistrationInfoArray_null),
        TEST(DECIDED, test_FreeNapComponentRegistrationInfoArray_count_zero),
        TEST(DECIDED, test_FreeNapComponentRegistrationInfoArray_sets_the_pointer),
        TEST(OBSERVED, test_FreeNapComponentRegistrationInfoArray_half_built),
        TEST(DOCUMENTED, test_FreeNapComponentRegistrationInfoArray_full),
        TEST(OBSERVED, test_FreeSystemHealthAgentState_null),
        TEST(OBSERVED, test_FreeSystemHealthAgentState_counts_without_results),
        TEST(DOCUMENTED, test_FreeSystemHealthAgentState_full),
    };

    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
