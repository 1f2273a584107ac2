/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: INapClientManagement registers components, and what it leaves in the registry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naperror.h>
#include <napmanagement.h>

#include "allocations.h"
#include "classes.h"
#include "registry.h"
#include "tags.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define STORE           L"Software\\qutil\\NapAgent\\"
#define ID              0x000137f0

enum
{
    ROOM = 4096 /* bytes, for any value */
};

static INapClientManagement *management;

static HRESULT register_agent(const NapComponentRegistrationInfo *component)
{
    return INapClientManagement_RegisterSystemHealthAgent(management, component);
}

static HRESULT unregister_agent(NapComponentId id)
{
    return INapClientManagement_UnregisterSystemHealthAgent(management, id);
}

static HRESULT register_client(const NapComponentRegistrationInfo *component)
{
    return INapClientManagement_RegisterEnforcementClient(management, component);
}

static HRESULT unregister_client(NapComponentId id)
{
    return INapClientManagement_UnregisterEnforcementClient(management, id);
}

static const struct list
{
    const WCHAR *path;
    HRESULT (*add)(const NapComponentRegistrationInfo *component);
    HRESULT (*remove)(NapComponentId id);
} lists[] = {
    {STORE L"Shas", register_agent, unregister_agent},
    {STORE L"Qecs", register_client, unregister_client},
};

static HRESULT add(const struct list *list, NapComponentId id)
{
    const NapComponentRegistrationInfo component = {.id = id};

    return list->add(&component);
}

static LSTATUS open_key(const struct list *list, const WCHAR *name, HKEY *key)
{
    WCHAR path[ROOM];

    lstrcpyW(path, list->path);
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    return RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ | KEY_WOW64_64KEY, key);
}

static bool has_key(const struct list *list, const WCHAR *name)
{
    HKEY key;
    LSTATUS status = open_key(list, name, &key);

    if (status == ERROR_SUCCESS)
        RegCloseKey(key);
    else
        assert_int_equal(status, ERROR_FILE_NOT_FOUND);
    return status == ERROR_SUCCESS;
}

static void make_key(const struct list *list, const WCHAR *name)
{
    WCHAR path[ROOM];
    HKEY key;

    lstrcpyW(path, list->path);
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                                     KEY_WRITE | KEY_WOW64_64KEY, NULL, &key, NULL),
                     ERROR_SUCCESS);
    RegCloseKey(key);
}

/* Reads a value of the component that has ID. */
static DWORD read_value(const struct list *list, const WCHAR *name, DWORD type, void *data)
{
    DWORD size = ROOM, found = 0x5e47;
    HKEY key;

    assert_int_equal(open_key(list, L"000137F0", &key), ERROR_SUCCESS);
    assert_int_equal(RegQueryValueExW(key, name, NULL, &found, data, &size), ERROR_SUCCESS);
    RegCloseKey(key);
    assert_int_equal(found, type);
    return size;
}

static void assert_text(const struct list *list, const WCHAR *name, const WCHAR *expected)
{
    BYTE data[ROOM];
    DWORD size = read_value(list, name, REG_SZ, data);

    assert_int_equal(size, ((size_t)lstrlenW(expected) + 1) * sizeof(*expected));
    assert_memory_equal(data, expected, size);
}

static UINT64 now(void)
{
    ULARGE_INTEGER number;
    FILETIME time;

    GetSystemTimeAsFileTime(&time);
    number.u.LowPart = time.dwLowDateTime;
    number.u.HighPart = time.dwHighDateTime;
    return number.QuadPart;
}

static void test_Register_writes_each_value(void **state)
{
    WCHAR name[] = L"A name", description[] = L"", version[] = L"1.0", vendor[] = L"A vendor";
    const NapComponentRegistrationInfo component = {
        .id = ID,
        .friendlyName = {6, name},
        .description = {0, description},
        .version = {3, version},
        .vendorName = {8, vendor},
        .infoClsid = CLSID_NapClientManagement,
        .registrationDate = {1, 2},
        .componentType = ComponentTypeEnforcementClientRp,
    };
    UINT64 date, before;
    UINT32 type;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(lists); i++)
    {
        before = now();
        assert_int_equal(lists[i].add(&component), S_OK);
        assert_text(&lists[i], L"Friendly Name", L"A name");
        assert_text(&lists[i], L"Description", L"");
        assert_text(&lists[i], L"Version", L"1.0");
        assert_text(&lists[i], L"Vendor Name", L"A vendor");
        assert_text(&lists[i], L"Info Clsid", L"{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}");
        assert_text(&lists[i], L"Config Clsid", L"{00000000-0000-0000-0000-000000000000}");
        assert_int_equal(read_value(&lists[i], L"Registration Date", REG_QWORD, &date), 8);
        assert_in_range(date, before, now());
        assert_int_equal(read_value(&lists[i], L"Component Type", REG_DWORD, &type), 4);
        assert_int_equal(type, ComponentTypeEnforcementClientRp);
    }
}

static const struct
{
    size_t offset;
    const WCHAR *value;
} strings[] = {
    {offsetof(NapComponentRegistrationInfo, friendlyName), L"Friendly Name"},
    {offsetof(NapComponentRegistrationInfo, description), L"Description"},
    {offsetof(NapComponentRegistrationInfo, version), L"Version"},
    {offsetof(NapComponentRegistrationInfo, vendorName), L"Vendor Name"},
};

/* Registers a component of which one string is given, in a block of that many characters, all the
 * same but for a terminator at the end, if there is one. */
static HRESULT register_string(const struct list *list, size_t member, UINT16 length, size_t block,
                               bool terminated)
{
    NapComponentRegistrationInfo component = {.id = ID};
    CountedString *counted = (CountedString *)(void *)((BYTE *)&component + strings[member].offset);
    HRESULT hr;
    size_t i;

    counted->length = length;
    counted->string = malloc(block * sizeof(WCHAR));
    for (i = 0; i < block; i++)
        counted->string[i] = terminated && i + 1 == block ? 0 : 'x';
    hr = list->add(&component);
    free(counted->string);
    return hr;
}

/* Where the string ends, and not where its length says. */
static void test_Register_string_lengths(void **state)
{
    static const UINT16 lengths[] = {0, 1, 3, 4, 6, 8, MAX_PATH, 1024, 65535};
    size_t i, member;

    (void)state;
    for (member = 0; member < COUNT_OF(strings); member++)
    {
        for (i = 0; i < COUNT_OF(lengths); i++)
        {
            assert_int_equal(register_string(&lists[0], member, lengths[i], 4, true), S_OK);
            assert_text(&lists[0], strings[member].value, L"xxx");
            assert_int_equal(lists[0].remove(ID), S_OK);
        }
    }
}

static void test_Register_null_string(void **state)
{
    const NapComponentRegistrationInfo component = {.id = ID, .description = {12, NULL}};
    size_t i;

    (void)state;
    assert_int_equal(lists[0].add(&component), S_OK);
    for (i = 0; i < COUNT_OF(strings); i++)
        assert_text(&lists[0], strings[i].value, L"");
}

static void test_Register_longest_string(void **state)
{
    BYTE data[ROOM];
    size_t member;

    (void)state;
    for (member = 0; member < COUNT_OF(strings); member++)
    {
        assert_int_equal(register_string(&lists[1], member, 3, maxStringLength + 2, true),
                         E_INVALIDARG);
        assert_int_equal(register_string(&lists[1], member, 3, maxStringLength + 1, false),
                         E_INVALIDARG);
        assert_false(has_key(&lists[1], L"000137F0"));
        assert_int_equal(register_string(&lists[1], member, 3, maxStringLength + 1, true), S_OK);
        assert_int_equal(read_value(&lists[1], strings[member].value, REG_SZ, data),
                         maxStringLengthInBytes);
        assert_int_equal(lists[1].remove(ID), S_OK);
    }
}

static void test_Register_ids(void **state)
{
    static const struct
    {
        NapComponentId id;
        HRESULT hr;
        const WCHAR *name;
    } ids[] = {
        {0, E_INVALIDARG, L"00000000"},  {0x00013700, E_INVALIDARG, L"00013700"},
        {1, S_OK, L"00000001"},          {0x000136ff, S_OK, L"000136FF"},
        {0x00013701, S_OK, L"00013701"}, {0x89abcdef, S_OK, L"89ABCDEF"},
        {0xffffffff, S_OK, L"FFFFFFFF"},
    };
    size_t i, list;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        assert_int_equal(lists[list].add(NULL), E_INVALIDARG);
        for (i = 0; i < COUNT_OF(ids); i++)
        {
            const BOOL valid = ids[i].hr == S_OK;

            assert_int_equal(lists[list].remove(ids[i].id), NAP_E_NOT_REGISTERED);
            assert_int_equal(add(&lists[list], ids[i].id), ids[i].hr);
            assert_int_equal(has_key(&lists[list], ids[i].name), valid);
            assert_int_equal(add(&lists[list], ids[i].id),
                             valid ? NAP_E_CONFLICTING_ID : E_INVALIDARG);
            assert_int_equal(lists[list].remove(ids[i].id), valid ? S_OK : NAP_E_NOT_REGISTERED);
            assert_false(has_key(&lists[list], ids[i].name));
            assert_int_equal(lists[list].remove(ids[i].id), NAP_E_NOT_REGISTERED);
        }
    }
}

/* One list does not know what is in the other. */
static void test_Register_same_id_in_both_lists(void **state)
{
    (void)state;
    assert_int_equal(add(&lists[0], ID), S_OK);
    assert_int_equal(lists[1].remove(ID), NAP_E_NOT_REGISTERED);
    assert_int_equal(add(&lists[1], ID), S_OK);
    assert_int_equal(lists[0].remove(ID), S_OK);
    assert_true(has_key(&lists[1], L"000137F0"));
}

static void test_Register_component_types(void **state)
{
    /* What each list stores, or -1 where it refuses. */
    static const struct
    {
        UINT32 type;
        int stored[2];
    } types[] = {
        {0, {0, 1}}, {1, {1, 1}}, {2, {2, 2}}, {3, {3, -1}}, {0x7fffffff, {0x7fffffff, -1}},
    };
    size_t i, list;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
    {
        for (list = 0; list < COUNT_OF(lists); list++)
        {
            const NapComponentRegistrationInfo component = {.id = ID,
                                                            .componentType = types[i].type};
            const int expected = types[i].stored[list];
            UINT32 stored;

            assert_int_equal(lists[list].add(&component), expected < 0 ? E_INVALIDARG : S_OK);
            assert_int_equal(has_key(&lists[list], L"000137F0"), expected >= 0);
            if (expected < 0)
                continue;
            read_value(&lists[list], L"Component Type", REG_DWORD, &stored);
            assert_int_equal(stored, expected);
            assert_int_equal(lists[list].remove(ID), S_OK);
        }
    }
}

/* What others have put into the store is no component, and takes no room. */
static void test_Register_until_the_list_is_full(void **state)
{
    static const WCHAR *const garbage[] = {
        L"0000001",
        L"000000001",
        L"00000001 ",
        L"0000000G",
        L"0000000/",
        L"0000000:",
        L"0000000@",
        L"0000000`",
        L"0000000g",
        L"-0000001",
        L"0x000001",
        L"00000000",
        L"00013700",
        L"\x0661\x0030\x0030\x0030\x0030\x0030\x0030\x0030",
        L"a name of more than eight characters",
        L"{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}",
    };
    NapComponentId id;
    size_t i, list;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        for (i = 0; i < COUNT_OF(garbage); i++)
            make_key(&lists[list], garbage[i]);
        /* Without values, in small letters: an id is taken all the same. */
        make_key(&lists[list], L"abcdef09");
        assert_int_equal(add(&lists[list], 0xabcdef09), NAP_E_CONFLICTING_ID);
        for (id = 1; id < maxSystemHealthEntityCount; id++)
            assert_int_equal(add(&lists[list], id), S_OK);
        assert_int_equal(add(&lists[list], id), E_OUTOFMEMORY);
        assert_false(has_key(&lists[list], L"00000014"));
        assert_int_equal(add(&lists[list], 1), NAP_E_CONFLICTING_ID);
        assert_int_equal(lists[list].remove(0xabcdef09), S_OK);
        assert_int_equal(add(&lists[list], id), S_OK);
    }
}

/* Whatever fails, natively each call of the registry too, in turn. */
static void test_Register_whole_or_not_at_all(void **state)
{
    HRESULT hr = E_FAIL;
    unsigned nth, list;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        for (nth = 1; hr != S_OK; nth++)
        {
            allocations_fail(nth);
            hr = add(&lists[list], ID);
            allocations_fail(0);
            assert_int_equal(has_key(&lists[list], L"000137F0"), hr == S_OK);
            assert_true(hr == S_OK || hr == E_OUTOFMEMORY || (hr == E_ACCESSDENIED && nth > 1));
        }
        assert_in_range(nth, 3, 20);

        for (hr = E_FAIL, nth = 1; hr != S_OK; nth++)
        {
            allocations_fail(nth);
            hr = lists[list].remove(ID);
            allocations_fail(0);
            assert_int_equal(has_key(&lists[list], L"000137F0"), hr != S_OK);
            assert_true(hr == S_OK || hr == E_ACCESSDENIED);
        }
        hr = E_FAIL;
    }
}

static int begin(void **state)
{
    registry_open();
    allocations_begin(state);
    management = new_object(&CLSID_NapClientManagement, &IID_INapClientManagement);
    return 0;
}

static int end(void **state)
{
    assert_int_equal(INapClientManagement_Release(management), 0);
    registry_close();
    return allocations_end(state);
}

#define TEST(tag, test) TAGGED_TEST(tag, test, begin, end)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        TEST(DECIDED, test_Register_writes_each_value),
        TEST(OBSERVED, test_Register_string_lengths),
        TEST(DECIDED, test_Register_null_string),
        TEST(DECIDED, test_Register_longest_string),
        TEST(DECIDED, test_Register_ids),
        TEST(DECIDED, test_Register_same_id_in_both_lists),
        TEST(DECIDED, test_Register_component_types),
        TEST(DECIDED, test_Register_until_the_list_is_full),
        TEST(DECIDED, test_Register_whole_or_not_at_all),
    };

    classes_select(argc, argv);
    return cmocka_run_group_tests_name("store", tests, classes_open, classes_close);
}
