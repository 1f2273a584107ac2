/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: INapClientManagement registers components, each as a key in the registry with nothing in
 * it.
 */
#include "test.h"

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naperror.h>
#include <napmanagement.h>

#include "allocations.h"
#include "classes.h"
#include "registry.h"

#define STORE   L"Software\\qutil\\NapAgent\\"
#define ID      0x000137f0
#define ID_NAME L"000137F0"

enum
{
    PATH_LENGTH = 64
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
    WCHAR path[PATH_LENGTH];

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

/* With a value, as an earlier version has written them. */
static void make_key(const struct list *list, const WCHAR *name)
{
    static const WCHAR text[] = L"A name";
    WCHAR path[PATH_LENGTH];
    HKEY key;

    lstrcpyW(path, list->path);
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                                     KEY_WRITE | KEY_WOW64_64KEY, NULL, &key, NULL),
                     ERROR_SUCCESS);
    assert_int_equal(
        RegSetValueExW(key, L"Friendly Name", 0, REG_SZ, (const BYTE *)text, sizeof(text)),
        ERROR_SUCCESS);
    RegCloseKey(key);
}

/* The strings are not read: here nothing could be. */
static void test_Register_makes_an_empty_key(void **state)
{
    const NapComponentRegistrationInfo component = {
        .id = ID,
        .friendlyName = {65535, SENTINEL},
        .description = {65535, SENTINEL},
        .version = {65535, SENTINEL},
        .vendorName = {65535, SENTINEL},
        .infoClsid = CLSID_NapClientManagement,
        .registrationDate = {1, 2},
    };
    DWORD keys, values;
    size_t i;
    HKEY key;

    (void)state;
    for (i = 0; i < COUNT_OF(lists); i++)
    {
        assert_int_equal(lists[i].add(&component), S_OK);
        assert_int_equal(open_key(&lists[i], ID_NAME, &key), ERROR_SUCCESS);
        assert_int_equal(RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL,
                                          NULL, NULL, NULL),
                         ERROR_SUCCESS);
        RegCloseKey(key);
        assert_int_equal(keys, 0);
        assert_int_equal(values, 0);
    }
}

static void test_Register_ids(void **state)
{
    static const struct
    {
        NapComponentId id;
        const WCHAR *name;
    } ids[] = {
        {1, L"00000001"},          {0x000136ff, L"000136FF"}, {0x00013701, L"00013701"},
        {0x89abcdef, L"89ABCDEF"}, {0xffffffff, L"FFFFFFFF"},
    };
    size_t i, list;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        for (i = 0; i < COUNT_OF(ids); i++)
        {
            assert_int_equal(lists[list].remove(ids[i].id), NAP_E_NOT_REGISTERED);
            assert_int_equal(add(&lists[list], ids[i].id), S_OK);
            assert_true(has_key(&lists[list], ids[i].name));
            assert_int_equal(add(&lists[list], ids[i].id), NAP_E_CONFLICTING_ID);
            assert_true(has_key(&lists[list], ids[i].name));
            assert_int_equal(lists[list].remove(ids[i].id), S_OK);
            assert_false(has_key(&lists[list], ids[i].name));
            assert_int_equal(lists[list].remove(ids[i].id), NAP_E_NOT_REGISTERED);
        }
    }
}

/* No component has 0, or the id of the system itself: a key of that name is somebody else's. */
static void test_Register_what_is_no_id(void **state)
{
    static const struct
    {
        NapComponentId id;
        const WCHAR *name;
    } ids[] = {{0, L"00000000"}, {0x00013700, L"00013700"}};
    size_t i, list;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        assert_int_equal(lists[list].add(NULL), E_INVALIDARG);
        for (i = 0; i < COUNT_OF(ids); i++)
        {
            assert_int_equal(add(&lists[list], ids[i].id), E_INVALIDARG);
            assert_false(has_key(&lists[list], ids[i].name));
            make_key(&lists[list], ids[i].name);
            assert_int_equal(lists[list].remove(ids[i].id), E_INVALIDARG);
            assert_true(has_key(&lists[list], ids[i].name));
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
    assert_true(has_key(&lists[1], ID_NAME));
}

static void test_Register_component_types(void **state)
{
    static const struct
    {
        UINT32 type;
        HRESULT expected[2]; /* by list */
    } types[] = {
        {0, {S_OK, S_OK}},         {1, {S_OK, S_OK}},         {2, {S_OK, S_OK}},
        {3, {S_OK, E_INVALIDARG}}, {4, {S_OK, E_INVALIDARG}}, {0xffffffff, {S_OK, E_INVALIDARG}},
    };
    size_t i, list;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
    {
        for (list = 0; list < COUNT_OF(lists); list++)
        {
            const NapComponentRegistrationInfo component = {.id = ID,
                                                            .componentType = types[i].type};
            const HRESULT expected = types[i].expected[list];

            assert_int_equal(lists[list].add(&component), expected);
            assert_int_equal(has_key(&lists[list], ID_NAME), expected == S_OK);
            lists[list].remove(ID);
        }
    }
}

/* There is no limit: maxSystemHealthEntityCount and maxEnforcerCount are for packets. */
static void test_Register_more_than_a_packet_has_room_for(void **state)
{
    NapComponentId id;
    size_t list;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        for (id = 1; id <= 2 * maxSystemHealthEntityCount; id++)
            assert_int_equal(add(&lists[list], id), S_OK);
    }
}

/* In any case of letters, as the registry has it. */
static void test_Unregister_what_an_earlier_version_has_registered(void **state)
{
    size_t list;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        make_key(&lists[list], L"abcdef09");
        assert_int_equal(add(&lists[list], 0xabcdef09), NAP_E_CONFLICTING_ID);
        assert_int_equal(lists[list].remove(0xabcdef09), S_OK);
        assert_false(has_key(&lists[list], L"ABCDEF09"));
        assert_int_equal(add(&lists[list], 0xabcdef09), S_OK);
    }
}

/* Whatever fails, natively each call of the registry in turn. */
static void test_Register_whole_or_not_at_all(void **state)
{
    unsigned nth;
    size_t list;
    HRESULT hr;

    (void)state;
    for (list = 0; list < COUNT_OF(lists); list++)
    {
        for (nth = 1, hr = E_FAIL; hr != S_OK; nth++)
        {
            allocations_fail(nth);
            hr = add(&lists[list], ID);
            allocations_fail(0);
            assert_true(hr == S_OK || hr == E_ACCESSDENIED);
            assert_int_equal(has_key(&lists[list], ID_NAME), hr == S_OK);
        }
        for (nth = 1, hr = E_FAIL; hr != S_OK; nth++)
        {
            allocations_fail(nth);
            hr = lists[list].remove(ID);
            allocations_fail(0);
            assert_true(hr == S_OK || hr == E_ACCESSDENIED);
            assert_int_equal(has_key(&lists[list], ID_NAME), hr != S_OK);
        }
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

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_Register_makes_an_empty_key),
    TEST(test_Register_ids),
    TEST(test_Register_what_is_no_id),
    TEST(test_Register_same_id_in_both_lists),
    TEST(test_Register_component_types),
    TEST(test_Register_more_than_a_packet_has_room_for),
    TEST(test_Unregister_what_an_earlier_version_has_registered),
    TEST(test_Register_whole_or_not_at_all),
};

const struct test_group test_store = {
    .name = "store",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
    .dll = "qagent.dll",
    .own = true,
};
