/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What others do while a component is registered: another process that registers, and the caller's
 * own threads that change what they have passed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "allocations.h"
#include "fake_registry.h"
#include "qagent_private.h"
#include "registry.h"

#define LIST STORE_HEALTH_AGENTS

static WCHAR name[] = L"before";
static NapComponentId others_id;
static HRESULT others_result;

static HRESULT add(NapComponentId id)
{
    const NapComponentRegistrationInfo component = {.id = id, .friendlyName = {6, name}};

    return store_add(LIST, &component);
}

static void other_registers(void)
{
    others_result = add(others_id);
}

static void caller_changes_the_name(void)
{
    memset(name, 0x5e, sizeof(name));
}

static void test_same_id_registered_meanwhile(void **state)
{
    (void)state;
    others_id = 1;
    registry_interrupt(other_registers);
    assert_int_equal(add(1), S_OK);
    assert_int_equal(others_result, NAP_E_CONFLICTING_ID);
    assert_int_equal(store_remove(LIST, 1), S_OK);
    assert_int_equal(store_remove(LIST, 1), NAP_E_NOT_REGISTERED);
}

/* There never are more than there may be. */
static void test_last_place_taken_meanwhile(void **state)
{
    NapComponentId id;

    (void)state;
    for (id = 1; id < maxSystemHealthEntityCount; id++)
        assert_int_equal(add(id), S_OK);
    others_id = id + 1;
    registry_interrupt(other_registers);
    assert_int_equal(add(id), S_OK);
    assert_int_equal(others_result, E_OUTOFMEMORY);
    assert_int_equal(store_remove(LIST, others_id), NAP_E_NOT_REGISTERED);
    assert_int_equal(store_remove(LIST, id), S_OK);
}

static void test_string_changed_meanwhile(void **state)
{
    WCHAR stored[64];
    DWORD size = sizeof(stored), type;
    HKEY key;

    (void)state;
    registry_interrupt(caller_changes_the_name);
    assert_int_equal(add(1), S_OK);
    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\qutil\\NapAgent\\Shas\\00000001",
                                   0, KEY_READ | KEY_WOW64_64KEY, &key),
                     ERROR_SUCCESS);
    assert_int_equal(RegQueryValueExW(key, L"Friendly Name", NULL, &type, (BYTE *)stored, &size),
                     ERROR_SUCCESS);
    RegCloseKey(key);
    assert_int_equal(size, sizeof(L"before"));
    assert_memory_equal(stored, L"before", size);
}

static int begin(void **state)
{
    registry_open();
    return allocations_begin(state);
}

static int end(void **state)
{
    registry_close();
    return allocations_end(state);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(test_same_id_registered_meanwhile),
        TEST(test_last_place_taken_meanwhile),
        TEST(test_string_changed_meanwhile),
    };

    return cmocka_run_group_tests_name("store, meanwhile", tests, NULL, NULL);
}
