/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Eight threads allocate and free every kind of structure, and exchange Statements of Health. That
 * leaves no handle, thread or memory behind.
 *
 *   test_soak_calls [PAIRS EXCHANGES]
 *
 * PAIRS is how often each kind is allocated and freed, EXCHANGES how many requests are made and
 * read: by all threads together, in each of several rounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "connection.h"
#include "usage.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum
{
    THREADS = 8,
    PAIRS = 25000,
    EXCHANGES = 2500,
    PROGRESS = 5000, /* milliseconds */
    TIME_LIMIT = 4 * 60 * 60 * 1000,
    HEALTH_ID = 0x000137F0
};

/* Returns whether the call did what it should. */
typedef BOOL (*operation)(void);

struct work
{
    operation call;
    LONG left;
    LONG failures;
};

static void *block_of(size_t size)
{
    void *block = CoTaskMemAlloc(size);

    if (!block)
        abort();
    return memset(block, 0, size);
}

static CountedString string_of(const WCHAR *text)
{
    const size_t length = (size_t)lstrlenW(text);
    CountedString string = {(UINT16)length, block_of((length + 1) * sizeof(*text))};

    memcpy(string.string, text, length * sizeof(*text));
    return string;
}

static BOOL connections(void)
{
    struct connection connection;
    Connections *list;
    UINT16 i;

    connection_init(&connection);
    if (FAILED(AllocConnections(&list, maxConnectionCountPerEnforcer)))
        return FALSE;
    for (i = 0; i < list->count; i++)
    {
        list->connections[i] = &connection.iface;
        INapEnforcementClientConnection_AddRef(&connection.iface);
    }
    FreeConnections(list);
    return connection.ref == 1;
}

static BOOL counted_string(void)
{
    CountedString *string;
    BOOL good;

    if (FAILED(AllocCountedString(&string, L"health")))
        return FALSE;
    good = string->length == 6 && string->string[5] == L'h';
    FreeCountedString(string);
    return good;
}

static BOOL fixup_info(void)
{
    FixupInfo *info;
    BOOL good;

    if (FAILED(AllocFixupInfo(&info, 3)))
        return FALSE;
    good = info->resultCodes.count == 3 && info->resultCodes.results[2] == S_OK;
    FreeFixupInfo(info);
    return good;
}

/* From here on what callers allocate, and the DLL frees. */
static BOOL isolation_info(void)
{
    IsolationInfo *info = block_of(sizeof(*info));
    IsolationInfoEx *info_ex = block_of(sizeof(*info_ex));

    info->failureUrl = string_of(L"http://example.com");
    info_ex->failureUrl = string_of(L"http://example.com");
    FreeIsolationInfo(info);
    FreeIsolationInfoEx(info_ex);
    return TRUE;
}

static BOOL network_soh_and_private_data(void)
{
    NetworkSoH *soh = block_of(sizeof(*soh));
    PrivateData *data = block_of(sizeof(*data));

    soh->data = block_of(soh->size = 100);
    data->data = block_of(data->size = 100);
    FreeNetworkSoH(soh);
    FreePrivateData(data);
    return TRUE;
}

static BOOL agent_state(void)
{
    SystemHealthAgentState *state = block_of(sizeof(*state));

    state->shaResultCodes.count = 2;
    state->shaResultCodes.results = block_of(2 * sizeof(HRESULT));
    state->fixupInfo.resultCodes.count = 2;
    state->fixupInfo.resultCodes.results = block_of(2 * sizeof(HRESULT));
    FreeSystemHealthAgentState(state);
    return TRUE;
}

static BOOL registration_info(void)
{
    NapComponentRegistrationInfo *info = block_of(2 * sizeof(*info));
    unsigned i;

    for (i = 0; i < 2; i++)
    {
        info[i].friendlyName = string_of(L"name");
        info[i].description = string_of(L"description");
        info[i].version = string_of(L"1.0");
        info[i].vendorName = string_of(L"vendor");
    }
    FreeNapComponentRegistrationInfoArray(2, &info);
    return info == NULL;
}

static BOOL attribute_value(void)
{
    SoHAttributeValue *value = block_of(sizeof(*value));

    value->codesVal.count = 1;
    value->codesVal.results = block_of(sizeof(HRESULT));
    FreeSoHAttributeValue(sohAttributeTypeComplianceResultCodes, value);
    return TRUE;
}

static BOOL soh(void)
{
    SoH *packet = block_of(sizeof(*packet));

    packet->count = 1;
    packet->attributes = block_of(sizeof(*packet->attributes));
    packet->attributes[0].size = 4;
    packet->attributes[0].value = block_of(4);
    FreeSoH(packet);
    return TRUE;
}

static void *create(REFCLSID clsid, REFIID iid)
{
    typedef HRESULT(WINAPI * get_class_object_function)(REFCLSID, REFIID, void **);
    FARPROC function = GetProcAddress(GetModuleHandleA("qutil.dll"), "DllGetClassObject");
    IClassFactory *factory;
    void *object = NULL;

    if (FAILED(((get_class_object_function)(uintptr_t)function)(clsid, &IID_IClassFactory,
                                                                (void **)&factory)))
        return NULL;
    IClassFactory_CreateInstance(factory, NULL, iid, &object);
    IClassFactory_Release(factory);
    return object;
}

static SoH *make_request(void)
{
    INapSoHConstructor *constructor = create(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor);
    BYTE data[] = {1, 2, 3, 4};
    const SoHAttributeValue value = {.vendorSpecificVal = {HEALTH_ID, sizeof(data), data}};
    SoH *request = NULL;

    if (SUCCEEDED(INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE)) &&
        SUCCEEDED(INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeVendorSpecific,
                                                     &value)))
        INapSoHConstructor_GetSoH(constructor, &request);
    INapSoHConstructor_Release(constructor);
    return request;
}

static BOOL read_vendor_data(INapSoHProcessor *processor)
{
    SoHAttributeValue *value;
    SoHAttributeType type;
    UINT16 location;
    BOOL good;

    if (FAILED(INapSoHProcessor_FindNextAttribute(processor, 0, sohAttributeTypeVendorSpecific,
                                                  &location)) ||
        FAILED(INapSoHProcessor_GetAttribute(processor, location, &type, &value)))
        return FALSE;
    good =
        value->vendorSpecificVal.size == 4 && value->vendorSpecificVal.vendorSpecificData[3] == 4;
    FreeSoHAttributeValue(type, value);
    return good;
}

static BOOL exchange(void)
{
    INapSoHProcessor *processor = create(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor);
    SoH *request = make_request();
    SystemHealthEntityId id = 0;
    BOOL good = request && SUCCEEDED(INapSoHProcessor_Initialize(processor, request, TRUE, &id)) &&
                id == HEALTH_ID && read_vendor_data(processor);

    INapSoHProcessor_Release(processor);
    FreeSoH(request);
    return good;
}

static DWORD WINAPI work(void *context)
{
    struct work *work = context;

    while (InterlockedDecrement(&work->left) >= 0)
    {
        if (!work->call())
            InterlockedIncrement(&work->failures);
    }
    return 0;
}

/* What the threads do. */
static const char *what;
static operation call;

static void run(int count)
{
    struct work shared = {call, count, 0};
    HANDLE threads[THREADS];
    DWORD start = GetTickCount(), outcome;
    unsigned i;

    for (i = 0; i < THREADS; i++)
    {
        threads[i] = CreateThread(NULL, 0, work, &shared, 0, NULL);
        assert_non_null(threads[i]);
    }
    while ((outcome = WaitForMultipleObjects(THREADS, threads, TRUE, PROGRESS)) == WAIT_TIMEOUT)
    {
        print_message("%s: %ld of %d are left\n", what, shared.left, count);
        fflush(stdout);
        assert_in_range(GetTickCount() - start, 0, TIME_LIMIT);
    }
    assert_int_equal(outcome, WAIT_OBJECT_0);
    for (i = 0; i < THREADS; i++)
        CloseHandle(threads[i]);
    assert_int_equal(shared.failures, 0);
}

static const struct
{
    const char *name;
    operation call;
} pairs[] = {
    {"Connections", connections},
    {"CountedString", counted_string},
    {"FixupInfo", fixup_info},
    {"IsolationInfo and IsolationInfoEx", isolation_info},
    {"NetworkSoH and PrivateData", network_soh_and_private_data},
    {"SystemHealthAgentState", agent_state},
    {"NapComponentRegistrationInfo", registration_info},
    {"SoHAttributeValue", attribute_value},
    {"SoH", soh},
};

static int pair_count = PAIRS, exchange_count = EXCHANGES;

static void test_pairs(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(pairs); i++)
    {
        what = pairs[i].name;
        call = pairs[i].call;
        assert_no_growth(what, run, pair_count);
    }
}

static void test_exchanges(void **state)
{
    (void)state;
    what = "exchange of a SoH";
    call = exchange;
    assert_no_growth(what, run, exchange_count);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_exchanges),
    };

    if (argc == 3)
    {
        pair_count = (int)strtol(argv[1], NULL, 10);
        exchange_count = (int)strtol(argv[2], NULL, 10);
    }
    if (pair_count <= 0 || exchange_count <= 0)
        return 2;
    return cmocka_run_group_tests_name("soak_calls", tests, NULL, NULL);
}
