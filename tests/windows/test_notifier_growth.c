/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Many subscriptions leave nothing behind: no handle, no thread, no memory.
 *
 *   test_notifier_growth [CYCLES]
 *
 * subscribes and unsubscribes CYCLES times where the service is installed, 500 if not told
 * otherwise: some 20 ms each in Wine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "loaded_notifier.h"
#include "napagent.h"
#include "usage.h"

#define CYCLES      500
#define ROUNDS      3
#define WARM_UP     100
#define REFUSALS    200
#define THREADS     4
#define TURNS       100
#define TURNS_LIMIT 120000

/* Of subscribing and unsubscribing. */
static int cycles = CYCLES;

static DWORD WINAPI take_turns(void *argument)
{
    NapNotifyType type = argument ? napNotifyTypeQuarState : napNotifyTypeServiceState;
    int i;

    for (i = 0; i < TURNS; i++)
    {
        HRESULT hr = initialize(type, event);

        if (hr != S_OK && hr != ALREADY_INITIALIZED)
            return 1;
        uninitialize(type);
    }
    return 0;
}

static void take_turns_together(void)
{
    HANDLE threads[THREADS];
    DWORD code = 1;
    int i;

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
        assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
        if (count % 10 == 0)
            assert_int_equal(initialize(napNotifyTypeQuarState, event), S_OK);
        uninitialize(napNotifyTypeServiceState);
        uninitialize(napNotifyTypeQuarState);
    }
}

/* Wine's RPC may open a connection more, or close one, while it runs: then again, which takes its
 * time. A leak shows every time. */
static void test_no_growth_service_installed(void **state)
{
    struct usage before, after;
    unsigned threads = count_threads();
    int round;

    (void)state;
    napagent_install();
    load_notifier();
    take_turns_together();
    await_threads(threads);
    for (round = 0; round < ROUNDS; round++)
    {
        before = measure_usage();
        cycle(cycles);
        await_threads(before.threads);
        after = measure_usage();
        print_message("%d cycles, ", cycles);
        print_usage("service installed", before, after);
        if (after.handles == before.handles)
            break;
    }
    assert_int_equal(after.handles, before.handles);
    assert_int_equal(after.threads, before.threads);
    assert_in_range(after.heap, 0, before.heap + (size_t)cycles);
    unload_notifier();
}

static void test_no_growth_service_absent(void **state)
{
    struct usage before;

    (void)state;
    load_notifier();
    cycle(WARM_UP);
    before = measure_usage();
    cycle(cycles);
    print_message("%d cycles, ", cycles);
    assert_no_growth("service absent", before);
    unload_notifier();
}

static void test_no_growth_subscription_refused(void **state)
{
    HANDLE closed = CreateEventW(NULL, FALSE, FALSE, NULL);
    struct usage before;
    int i;

    (void)state;
    CloseHandle(closed);
    load_notifier();
    cycle(WARM_UP);
    before = measure_usage();
    for (i = 0; i < REFUSALS; i++)
        assert_int_equal(initialize(napNotifyTypeServiceState, closed), E_FAIL);
    assert_int_equal(count_threads(), before.threads);
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    for (i = 0; i < REFUSALS; i++)
        assert_int_equal(initialize(napNotifyTypeServiceState, event), ALREADY_INITIALIZED);
    uninitialize(napNotifyTypeServiceState);
    assert_no_growth("200 refused subscriptions", before);
    unload_notifier();
}

static void test_one_thread_for_both(void **state)
{
    unsigned before;

    (void)state;
    load_notifier();
    cycle(WARM_UP);
    before = count_threads();
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    assert_int_equal(count_threads(), before + 1);
    assert_int_equal(initialize(napNotifyTypeQuarState, event), S_OK);
    assert_int_equal(count_threads(), before + 1);
    uninitialize(napNotifyTypeServiceState);
    assert_int_equal(count_threads(), before + 1);
    uninitialize(napNotifyTypeQuarState);
    assert_int_equal(count_threads(), before);
    unload_notifier();
}

static void test_concurrent_calls(void **state)
{
    struct usage before;
    unsigned threads = count_threads();

    (void)state;
    napagent_install();
    load_notifier();
    take_turns_together();
    await_threads(threads);
    before = measure_usage();
    take_turns_together();
    assert_no_growth("4 threads at once", before);
    cycle(1);
    unload_notifier();
}

#define growth_test(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, make_event, notifier_clean_up)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        growth_test(test_no_growth_service_absent),
        growth_test(test_no_growth_service_installed),
        growth_test(test_no_growth_subscription_refused),
        growth_test(test_one_thread_for_both),
        growth_test(test_concurrent_calls),
    };

    if (argc > 1)
        cycles = (int)strtol(argv[1], NULL, 10);
    if (cycles <= 0)
        return 2;
    return cmocka_run_group_tests_name("notifier_growth", tests, napagent_prepare,
                                       napagent_clean_up);
}
