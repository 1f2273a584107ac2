/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: INapClientManagement registers each component as an empty key in the registry.
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

enum list
{
    AGENTS,
    CLIENTS,
    LISTS
};

#define PATH_LENGTH 64

struct component
{
    NapComponentId id;
    const WCHAR *name; /* of its key */
};

static INapClientManagement *management;

static HRESULT add_component(size_t list, const NapComponentRegistrationInfo *component)
{
    if (list == AGENTS)
        return INapClientManagement_RegisterSystemHealthAgent(management, component);
    return INapClientManagement_RegisterEnforcementClient(management, component);
}

static HRESULT add(size_t list, NapComponentId id)
{
    const NapComponentRegistrationInfo component = {.id = id};

    return add_component(list, &component);
}

static HRESULT remove_id(size_t list, NapComponentId id)
{
    if (list == AGENTS)
        return INapClientManagement_UnregisterSystemHealthAgent(management, id);
    return INapClientManagement_UnregisterEnforcementClient(management, id);
}

static const WCHAR *path_of(size_t list, const WCHAR *name)
{
    static WCHAR path[PATH_LENGTH];

    lstrcpyW(path, list == AGENTS ? STORE L"Shas\\" : STORE L"Qecs\\");
    return lstrcatW(path, name);
}

static bool has_key(size_t list, const WCHAR *name)
{
    return registry_has_key(path_of(list, name));
}

/* Makes a key with a value, like an earlier version of qagent.dll. */
static void make_key(size_t list, const WCHAR *name)
{
    static const WCHAR text[] = L"A name";

    registry_add_value(path_of(list, name), L"Friendly Name", REG_SZ, text, sizeof(text));
}

/* The strings are not read: the pointers are invalid. */
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
    size_t list;

    for (list = 0; list < LISTS; list++)
    {
        registry_open();
        registry_add_key(path_of(list, ID_NAME));
        registry_save();
        registry_open();
        assert_int_equal(add_component(list, &component), S_OK);
        assert_true(registry_is_saved());
    }
}

/* If it fails first, the first call of the registry fails natively, which leaves the key as it was.
 * Each method calls the registry once: so nothing is half done when the program ends, or when
 * another one registers the same id. */
static void assert_call(HRESULT (*function)(size_t list, NapComponentId id), size_t list,
                        const struct component *component, bool fails_first, HRESULT expected)
{
    const bool was_there = has_key(list, component->name);
    const bool is_there = expected == E_INVALIDARG ? was_there : function == add;
    HRESULT hr;

    allocations_fail(fails_first);
    hr = function(list, component->id);
    if (fails_first && hr != expected)
    {
        assert_int_equal(hr, E_ACCESSDENIED);
        assert_int_equal(has_key(list, component->name), was_there);
        allocations_fail(2);
        hr = function(list, component->id);
    }
    allocations_fail(0);
    assert_int_equal(hr, expected);
    assert_int_equal(has_key(list, component->name), is_there);
}

/* The two lists are independent. The registry ignores the case of letters. */
static void test_Register_ids(void **state)
{
    static const struct component components[] = {
        {1, L"00000001"},          {0x000136ff, L"000136FF"}, {0x00013701, L"00013701"},
        {0x89abcdef, L"89abcdef"}, {0xffffffff, L"FFFFFFFF"},
    };
    size_t i, list;

    for (i = 0; i < 2 * COUNT_OF(components); i++)
    {
        const struct component *component = &components[i / 2];
        const bool fails_first = i % 2;

        for (list = 0; list < LISTS; list++)
        {
            assert_call(remove_id, list, component, fails_first, NAP_E_NOT_REGISTERED);
            assert_call(add, list, component, fails_first, S_OK);
            assert_call(add, list, component, fails_first, NAP_E_CONFLICTING_ID);
        }
        for (list = 0; list < LISTS; list++)
        {
            assert_call(remove_id, list, component, fails_first, S_OK);
            assert_call(remove_id, list, component, fails_first, NAP_E_NOT_REGISTERED);
            /* What an earlier version has registered. */
            make_key(list, component->name);
            assert_call(add, list, component, fails_first, NAP_E_CONFLICTING_ID);
            assert_call(remove_id, list, component, fails_first, S_OK);
        }
    }
}

/* No component has the id 0 or that of the system. A key with such a name belongs to others. */
static void test_Register_invalid_ids(void **state)
{
    static const struct component components[] = {{0, L"00000000"}, {0x00013700, L"00013700"}};
    size_t i, list;

    for (list = 0; list < LISTS; list++)
    {
        assert_int_equal(add_component(list, NULL), E_INVALIDARG);
        for (i = 0; i < COUNT_OF(components); i++)
        {
            assert_call(add, list, &components[i], false, E_INVALIDARG);
            make_key(list, components[i].name);
            assert_call(remove_id, list, &components[i], false, E_INVALIDARG);
        }
    }
}

static void test_Register_component_types(void **state)
{
    static const struct
    {
        UINT32 type;
        HRESULT expected[LISTS];
    } types[] = {
        {0, {S_OK, S_OK}},         {1, {S_OK, S_OK}},         {2, {S_OK, S_OK}},
        {3, {S_OK, E_INVALIDARG}}, {4, {S_OK, E_INVALIDARG}}, {0xffffffff, {S_OK, E_INVALIDARG}},
    };
    NapComponentRegistrationInfo component = {.id = ID};
    size_t i, list;

    for (i = 0; i < COUNT_OF(types); i++)
    {
        component.componentType = types[i].type;
        for (list = 0; list < LISTS; list++)
        {
            const HRESULT expected = types[i].expected[list];

            assert_int_equal(add_component(list, &component), expected);
            assert_int_equal(has_key(list, ID_NAME), expected == S_OK);
            remove_id(list, ID);
        }
    }
}

/* There is no limit: maxSystemHealthEntityCount and maxEnforcerCount apply to packets only. */
static void test_Register_more_than_a_packet_has_room_for(void **state)
{
    NapComponentId id;

    for (id = 1; id <= 2 * maxSystemHealthEntityCount; id++)
    {
        assert_int_equal(add(AGENTS, id), S_OK);
        assert_int_equal(add(CLIENTS, id), S_OK);
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
    TEST(test_Register_invalid_ids),
    TEST(test_Register_component_types),
    TEST(test_Register_more_than_a_packet_has_room_for),
};

TEST_GROUP(store, .setup = classes_open, .teardown = classes_close, .dll = "qagent.dll",
           .own = true);
