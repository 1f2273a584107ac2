/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier while calls of Windows fail, and while other threads call it or the service changes
 * in the middle of a call.
 */
#include "test.h"

#include "common.h"

#include "fake_windows.h"
#include "napagent.h"

/* Of notifier.c: milliseconds, and the number of times a subscriber queries the service. */
#define LONG_TIME          (20 * POLL_INTERVAL)
#define POLL_MUTEX_TIMEOUT 100
#define QUERY_ATTEMPTS     10

static HRESULT others_result;

static int set_up(void **state)
{
    if (subscriptions_begin(state) != 0)
        return -1;
    napagent_install();
    return 0;
}

static HRESULT initialize(void)
{
    return InitializeNapAgentNotifier(napNotifyTypeServiceState, events[0]);
}

static HRESULT initialize_other(void)
{
    return InitializeNapAgentNotifier(napNotifyTypeQuarState, events[1]);
}

static void uninitialize(void)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
}

static void uninitialize_other(void)
{
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
}

static void end_subscriptions(void)
{
    unsubscribe_both();
    pass_time(POLL_INTERVAL);
}

static void initialize_meanwhile(void)
{
    others_result = initialize();
}

static void initialize_other_meanwhile(void)
{
    others_result = initialize_other();
}

static DWORD WINAPI initialize_as_thread(void *unused)
{
    initialize();
    return 0;
}

/* Resets the event. */
static BOOL was_set(HANDLE handle)
{
    return WaitForSingleObject(handle, 0) == WAIT_OBJECT_0;
}

static void assert_unnoticed(void)
{
    pass_time(LONG_TIME);
    assert_false(was_set(events[0]));
}

/* The next poll sets the event, once. */
static void assert_noticed(void)
{
    pass_time(POLL_INTERVAL);
    assert_true(was_set(events[0]));
    assert_unnoticed();
}

static void assert_start_noticed(void)
{
    napagent_start();
    assert_noticed();
    napagent_stop();
    end_subscriptions();
}

/* After a failure the notifier can be used as before. */
static void assert_works(void)
{
    napagent_stop();
    assert_int_equal(initialize(), S_OK);
    assert_start_noticed();
}

/* The process id is 0 throughout: the state alone says whether the service runs. */
static void test_each_state(void **state)
{
    DWORD each;

    assert_int_equal(initialize(), S_OK);
    for (each = SERVICE_START_PENDING; each <= SERVICE_PAUSED; each++)
    {
        service_state = each;
        pass_time(LONG_TIME);
        assert_int_equal(was_set(events[0]), each != SERVICE_START_PENDING);
        assert_unnoticed();
        napagent_stop();
        pass_time(LONG_TIME);
        assert_int_equal(was_set(events[0]), each != SERVICE_START_PENDING);
    }
}

static void test_between_two_polls(void **state)
{
    napagent_start();
    assert_int_equal(initialize(), S_OK);
    napagent_stop();
    napagent_start();
    assert_unnoticed();
    service_process++;
    assert_noticed();
    napagent_stop();
    assert_noticed();
    napagent_start();
    napagent_stop();
    assert_unnoticed();
    service_process++;
    assert_unnoticed();
}

/* Each subscriber that is not refused at once queries the service once. One thread polls for both
 * types, and sleeps before its first poll. If a subscription begins while it still sleeps, it goes
 * on; if it has ended, a new thread polls. */
static void test_thread(void **state)
{
    int i;

    for (i = 0; i < 3; i++)
    {
        queries = 0;
        assert_int_equal(
            InitializeNapAgentNotifier(napNotifyTypeServiceState, INVALID_HANDLE_VALUE), E_FAIL);
        assert_int_equal(initialize(), S_OK);
        assert_int_equal(initialize(), ALREADY_INITIALIZED);
        assert_int_equal(initialize_other(), S_OK);
        pass_time(POLL_INTERVAL - 1);
        assert_int_equal(queries, 2);
        assert_int_equal(threads_alive, 1);
        unsubscribe_both();
        assert_int_equal(initialize(), S_OK);
        pass_time(10 * POLL_INTERVAL);
        assert_int_equal(queries, 3 + 10);
        assert_int_equal(threads_alive, 1);
        assert_start_noticed();
        assert_int_equal(threads_alive, 0);
    }
}

static void test_attempts(void **state)
{
    static const char *const functions[] = {"OpenServiceW", "QueryServiceStatusEx",
                                            "OpenSCManagerW"};
    const unsigned before = handles_open;
    size_t i;

    for (i = 0; i < COUNT_OF(functions); i++)
    {
        const ULONGLONG start = now;

        PLAN(.function = functions[i], .failures = QUERY_ATTEMPTS);
        assert_int_equal(initialize(), E_FAIL);
        assert_true(has_happened());
        assert_int_equal(handles_open, before);
        pass_time(0);
        assert_int_equal(threads_alive, 0);
        PLAN(.function = functions[i], .failures = QUERY_ATTEMPTS - 1);
        assert_int_equal(initialize(), S_OK);
        assert_true(has_happened());
        assert_int_equal(now, start);
        assert_unnoticed();
        assert_start_noticed();
    }
}

/* A poll that fails sets no event. The next poll connects to the service manager again. */
static void test_failed_polls(void **state)
{
    static const char *const functions[] = {"OpenServiceW", "QueryServiceStatusEx"};
    unsigned before;
    size_t i;

    for (i = 0; i < COUNT_OF(functions); i++)
    {
        napagent_start();
        assert_int_equal(initialize(), S_OK);
        pass_time(POLL_INTERVAL);
        before = connections;
        pass_time(LONG_TIME);
        assert_int_equal(connections, before);
        PLAN(.function = functions[i], .failures = 12);
        pass_time(11 * POLL_INTERVAL);
        napagent_stop();
        pass_time(POLL_INTERVAL);
        assert_false(was_set(events[0]));
        assert_true(has_happened());
        assert_noticed();
        assert_int_equal(connections, before + 12);
        end_subscriptions();
    }
}

/* If Initialize fails, it leaves no subscription and no handle; otherwise the subscription works.
 * The subscription of the other type works in both cases. */
static void test_Initialize_each_call_fails(void **state)
{
    const unsigned before = handles_open;
    unsigned i, failures = 0;
    HRESULT hr;

    for (i = 0;; i++)
    {
        PLAN(.skipped = i, .failures = 1);
        hr = initialize();
        if (!has_happened())
            break;
        failures += hr == E_FAIL;
        if (hr == E_FAIL)
            assert_int_equal(handles_open, before);
        else
            assert_int_equal(hr, S_OK);
        assert_int_equal(initialize_other(), S_OK);
        napagent_start();
        pass_time(POLL_INTERVAL);
        assert_int_equal(was_set(events[0]), hr == S_OK);
        assert_true(was_set(events[1]));
        end_subscriptions();
        assert_works();
    }
    /* Two handles, the check for an event, the reference to the DLL, the thread. */
    assert_int_equal(failures, 5);
}

/* Another thread calls while this one is in CreateThread, which fails in some of the rows. */
static void test_concurrent_Initialize(void **state)
{
    static const struct
    {
        BOOL other_before;
        void (*meanwhile)(void);
        unsigned failures;
        HRESULT hr, others_result;
        BOOL set, other_set;
    } rows[] = {
        {FALSE, initialize_meanwhile, 0, ALREADY_INITIALIZED, S_OK, TRUE, FALSE},
        {FALSE, initialize_meanwhile, 1, E_FAIL, S_OK, TRUE, FALSE},
        {FALSE, initialize_other_meanwhile, 0, S_OK, S_OK, TRUE, TRUE},
        {FALSE, initialize_other_meanwhile, 1, E_FAIL, S_OK, FALSE, TRUE},
        {TRUE, initialize_other_meanwhile, 0, S_OK, ALREADY_INITIALIZED, TRUE, TRUE},
        {TRUE, uninitialize_other, 0, S_OK, S_OK, TRUE, FALSE},
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++)
    {
        if (rows[i].other_before)
            assert_int_equal(initialize_other(), S_OK);
        others_result = S_OK;
        PLAN(.function = "CreateThread", .meanwhile = rows[i].meanwhile,
             .failures = rows[i].failures);
        assert_int_equal(initialize(), rows[i].hr);
        assert_true(has_happened());
        assert_int_equal(others_result, rows[i].others_result);
        pass_time(0);
        assert_int_equal(threads_alive, 1);
        napagent_start();
        pass_time(POLL_INTERVAL);
        assert_int_equal(was_set(events[0]), rows[i].set);
        assert_int_equal(was_set(events[1]), rows[i].other_set);
        napagent_stop();
        end_subscriptions();
    }
}

/* The thread, which runs for the other subscription, waits for the mutex for a limited time and
 * then polls, while the subscriber does not continue. */
static void delete_service_and_poll(void)
{
    napagent_delete();
    pass_time(POLL_INTERVAL);
}

/* The service ends after a subscriber has queried it; the table may have the subscriber already. */
static void test_stopped_and_deleted_while_subscribing(void **state)
{
    static const struct plan plans[] = {
        {.function = "CloseServiceHandle", .meanwhile = napagent_delete},
        {.function = "CloseServiceHandle", .meanwhile = delete_service_and_poll},
        {.function = "unlock the table", .skipped = 1, .meanwhile = napagent_delete},
        {.function = "unlock the table", .skipped = 1, .meanwhile = delete_service_and_poll},
    };
    size_t i;

    for (i = 0; i < COUNT_OF(plans); i++)
    {
        const BOOL with_other = plans[i].meanwhile == delete_service_and_poll;

        napagent_install();
        napagent_start();
        if (with_other)
            assert_int_equal(initialize_other(), S_OK);
        set_plan(plans[i]);
        assert_int_equal(initialize(), S_OK);
        assert_true(has_happened());
        pass_time(2 * POLL_INTERVAL);
        assert_true(was_set(events[0]));
        assert_unnoticed();
        assert_int_equal(was_set(events[1]), with_other);
        end_subscriptions();
    }
}

/* A poll of the thread takes longer than a subscriber waits for the mutex. The event of the new
 * subscriber is not set for the change that this poll finds. */
static void test_stale_poll(void **state)
{
    napagent_start();
    assert_int_equal(initialize_other(), S_OK);
    napagent_stop();
    PLAN(.function = "CloseServiceHandle", .meanwhile = initialize_meanwhile);
    pass_time(POLL_INTERVAL);
    assert_true(has_happened());
    assert_int_equal(others_result, S_OK);
    assert_int_equal(now, POLL_INTERVAL + POLL_MUTEX_TIMEOUT);
    assert_true(was_set(events[1]));
    assert_unnoticed();
    assert_false(was_set(events[1]));
    napagent_start();
    assert_noticed();
}

/* The mutex of a thread that has ended is free: no other thread waits. */
static void test_thread_ended_in_its_poll(void **state)
{
    int i;

    for (i = 0; i < 3; i++)
    {
        const ULONGLONG start = now;

        PLAN(.function = "OpenServiceW", .meanwhile = end_calling_thread);
        run_thread(initialize_as_thread);
        assert_true(has_happened());
        assert_works();
        assert_int_equal(initialize_other(), S_OK);
        assert_int_equal(now - start, 2 * POLL_INTERVAL + LONG_TIME);
        end_subscriptions();
    }
}

static void test_Uninitialize_during_a_poll(void **state)
{
    assert_int_equal(initialize(), S_OK);
    napagent_start();
    PLAN(.function = "QueryServiceStatusEx", .meanwhile = uninitialize);
    pass_time(POLL_INTERVAL);
    assert_true(has_happened());
    assert_int_equal(now, POLL_INTERVAL);
    assert_unnoticed();
    assert_int_equal(threads_alive, 0);
}

static void test_without_a_mutex(void **state)
{
    unsigned i;

    for (i = 0; i < 2; i++)
    {
        DllMain(module_instance, DLL_PROCESS_DETACH, NULL);
        PLAN(.function = "CreateMutexW", .skipped = i, .failures = 1);
        assert_true(DllMain(module_instance, DLL_PROCESS_ATTACH, NULL));
        assert_true(has_happened());
        assert_int_equal(initialize(), E_FAIL);
        uninitialize();
    }
}

/* When the process exits, nothing is closed: the DllMain of another DLL may still call. When a
 * thread starts or ends, nothing happens. */
static void test_DllMain(void **state)
{
    unsigned before;

    assert_true(DllMain(module_instance, DLL_THREAD_ATTACH, NULL));
    assert_true(DllMain(module_instance, DLL_THREAD_DETACH, NULL));
    assert_int_equal(initialize(), S_OK);
    before = handles_open;
    assert_true(DllMain(module_instance, DLL_PROCESS_DETACH, module_instance));
    assert_int_equal(handles_open, before);
    uninitialize();
    assert_int_equal(handles_open, before - 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, subscriptions_end)

static const struct CMUnitTest tests[] = {
    TEST(test_each_state),
    TEST(test_between_two_polls),
    TEST(test_thread),
    TEST(test_attempts),
    TEST(test_failed_polls),
    TEST(test_Initialize_each_call_fails),
    TEST(test_concurrent_Initialize),
    TEST(test_stopped_and_deleted_while_subscribing),
    TEST(test_stale_poll),
    TEST(test_thread_ended_in_its_poll),
    TEST(test_Uninitialize_during_a_poll),
    TEST(test_without_a_mutex),
    TEST(test_DllMain),
};

TEST_GROUP(notifier_meanwhile, .dll = "qutil.dll");
