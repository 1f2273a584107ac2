/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A component is registered. At each call of the registry in turn, another program registers the
 * same id, or the program that registers is ended.
 */
#include "test.h"

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naperror.h>
#include <napmanagement.h>

#include "allocations.h"
#include "classes.h"
#include "fake_registry.h"
#include "registry.h"

#define ID 0x000137f0

enum
{
    MOST_CALLS = 20 /* of the registry in one registration */
};

static INapClientManagement *management;

/* The calls of the registry by the first program are counted from 1. At one of them the other
 * program registers, and one of them fails; 0 stands for none. */
static unsigned call, other_comes_at, fails_at;
static bool later_calls_fail;
static bool other_has_come;

static HRESULT add(void)
{
    const NapComponentRegistrationInfo component = {.id = ID};

    return INapClientManagement_RegisterSystemHealthAgent(management, &component);
}

static HRESULT remove_it(void)
{
    return INapClientManagement_UnregisterSystemHealthAgent(management, ID);
}

static bool never_fails(void)
{
    return false;
}

static bool fails_now(void)
{
    call++;
    if (call == other_comes_at)
    {
        registry_fails_now = never_fails;
        remove_it();
        assert_int_equal(add(), S_OK);
        other_has_come = true;
        registry_fails_now = fails_now;
    }
    return fails_at && (call == fails_at || (later_calls_fail && call > fails_at));
}

/* Registers the component in an empty registry. */
static HRESULT add_first(void)
{
    HRESULT hr;

    registry_open();
    other_has_come = false;
    call = 0;
    registry_fails_now = fails_now;
    hr = add();
    registry_fails_now = never_fails;
    return hr;
}

/* The registration of the other program stays, whether the first program succeeds or not. */
static void test_registered_by_another_meanwhile(void **state)
{
    (void)state;
    later_calls_fail = false;
    other_comes_at = 0;
    do
    {
        other_comes_at++;
        for (fails_at = 0; fails_at <= MOST_CALLS; fails_at++)
        {
            add_first();
            if (other_has_come)
                assert_int_equal(remove_it(), S_OK);
        }
    }
    while (other_has_come);
    assert_in_range(other_comes_at, 2, MOST_CALLS);
}

/* All calls after the end of the first program fail. The next program can register. */
static void test_ended_meanwhile(void **state)
{
    (void)state;
    later_calls_fail = true;
    other_comes_at = 0;
    for (fails_at = 1; add_first() != S_OK; fails_at++)
        assert_int_equal(add(), S_OK);
    assert_in_range(fails_at, 2, MOST_CALLS);
}

static int begin(void **state)
{
    allocations_begin(state);
    management = new_object(&CLSID_NapClientManagement, &IID_INapClientManagement);
    return 0;
}

static int end(void **state)
{
    registry_fails_now = allocations_fails_now;
    assert_int_equal(INapClientManagement_Release(management), 0);
    registry_close();
    return allocations_end(state);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_registered_by_another_meanwhile),
    TEST(test_ended_meanwhile),
};

const struct test_group test_store_meanwhile = {
    .name = "store_meanwhile",
    .tests = tests,
    .count = COUNT_OF(tests),
};
