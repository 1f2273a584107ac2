/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Many subscriptions leave nothing behind: no handle, no thread, no memory.
 */
#include "test.h"

#include <windows.h>
#include <naputil.h>

#include "napagent.h"
#include "usage.h"

#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

#define CYCLES      64 /* in a round; some 20 ms each in Wine */
#define REFUSALS    64
#define THREADS     4
#define TURNS       64
#define TURNS_LIMIT 120000
#define TWO_LOOKS   1200 /* milliseconds, after which the notifier's thread has ended */

/* Of subscribing and unsubscribing, by each thread in a round. */
static int turns;

static HANDLE event;

static DWORD WINAPI take_turns(void *argument)
{
    NapNotifyType type = argument ? napNotifyTypeQuarState : napNotifyTypeServiceState;
    int i;

    for (i = 0; i < turns; i++)
    {
        HRESULT hr = InitializeNapAgentNotifier(type, event);

        if (hr != S_OK && hr != ALREADY_INITIALIZED)
            return 1;
        UninitializeNapAgentNotifier(type);
    }
    return 0;
}

static void take_turns_together(int count)
{
    HANDLE threads[THREADS];
    DWORD code = 1;
    int i;

    turns = count / THREADS;
    for (i = 0; i < THREADS; i++)
    {
        threads[i] = CreateThread(NULL, 0, take_turns, i % 2 ? &threads[i] : NULL, 0, NULL);
        assert_non_null(threads[i]);
    }
    assert_int_equal(WaitForMultipleObjects(THREADS, threads, TRUE, TURNS_LIMIT), WAIT_OBJECT_0);
    for (i = 0; i < THREADS; i++)
    {
        assert_true(GetExitCodeThread(threads[i], &code));
        assert_int_equal(code, 0);
        CloseHandle(threads[i]);
    }
}

static void cycle(int count)
{
    while (count--)
    {
        assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, event), S_OK);
        if (count % 10 == 0)
            assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, event), S_OK);
        UninitializeNapAgentNotifier(napNotifyTypeServiceState);
        UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    }
}

static void test_no_growth_service_installed(void **state)
{
    (void)state;
    napagent_install();
    assert_no_growth("service installed", cycle, CYCLES);
}

static void test_no_growth_service_absent(void **state)
{
    (void)state;
    assert_no_growth("service absent", cycle, CYCLES);
}

/* The handle is that of a process. */
static void be_refused(int count)
{
    while (count--)
    {
        assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, GetCurrentProcess()),
                         E_FAIL);
        if (count % 10 == 0)
            cycle(1);
    }
}

static void subscribe_again(int count)
{
    while (count--)
        assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, event),
                         ALREADY_INITIALIZED);
}

static void test_no_growth_subscription_refused(void **state)
{
    (void)state;
    assert_no_growth("subscription refused", be_refused, REFUSALS);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, event), S_OK);
    assert_no_growth("subscribed already", subscribe_again, REFUSALS);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
}

/* It ends by itself. */
static void test_one_thread_for_both(void **state)
{
    unsigned before;

    (void)state;
    cycle(1);
    Sleep(TWO_LOOKS);
    before = count_threads();
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, event), S_OK);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, event), S_OK);
    assert_int_equal(await_threads(before + 1), before + 1);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    Sleep(TWO_LOOKS);
    assert_int_equal(count_threads(), before + 1);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    assert_int_equal(await_threads(before), before);
}

static void test_concurrent_calls(void **state)
{
    (void)state;
    napagent_install();
    assert_no_growth("4 threads at once", take_turns_together, TURNS);
    cycle(1);
}

static int prepare(void **state)
{
    int result = napagent_prepare(state);

    tolerate_service_manager();
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    return event ? result : -1;
}

static int unsubscribe(void **state)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    return napagent_clean_up(state);
}

#define TEST(function) cmocka_unit_test_teardown(function, unsubscribe)

static const struct CMUnitTest tests[] = {
    TEST(test_no_growth_service_absent),
    TEST(test_no_growth_service_installed),
    TEST(test_no_growth_subscription_refused),
    TEST(test_one_thread_for_both),
    TEST(test_concurrent_calls),
};

const struct test_group test_notifier_growth = {
    .name = "notifier_growth",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = prepare,
    .dll = "qutil.dll",
    .own = true,
};
