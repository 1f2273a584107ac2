/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier, in a Windows where every call fails, takes its time or is left in turn.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <windows.h>
#include <naputil.h>

#include "fake_windows.h"

#define COUNT_OF(array)     (sizeof(array) / sizeof((array)[0]))
#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

/* What the notifier is documented to do, in milliseconds. */
enum
{
    LOOK = 500,
    LONG_TIME = 20 * LOOK,
    LONGEST_WAIT = 100
};

static HANDLE event, other_event;
static HRESULT result;

static int begin(void **state)
{
    fake_begin(state);
    event = open_object(EVENT, EVENT_ALL_ACCESS);
    other_event = open_object(EVENT, EVENT_ALL_ACCESS);
    return 0;
}

static int end(void **state)
{
    CloseHandle(event);
    CloseHandle(other_event);
    return fake_end(state);
}

static HRESULT initialize(void)
{
    return InitializeNapAgentNotifier(napNotifyTypeServiceState, event);
}

static HRESULT initialize_other(void)
{
    return InitializeNapAgentNotifier(napNotifyTypeQuarState, other_event);
}

static DWORD WINAPI initialize_as_thread(void *unused)
{
    result = unused ? E_FAIL : initialize();
    return 0;
}

static DWORD WINAPI initialize_other_as_thread(void *unused)
{
    result = unused ? E_FAIL : initialize_other();
    return 0;
}

static void uninitialize(void)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
}

static void uninitialize_other(void)
{
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
}

static void set_service(DWORD state, DWORD process)
{
    set_installed(TRUE);
    service_state = state;
    service_process = process;
}

static void start_service(void)
{
    set_service(SERVICE_RUNNING, 100);
}

static void stop_service(void)
{
    set_service(SERVICE_STOPPED, 0);
}

/* Where the notifier can see it within one pause, and tells of it once. */
static void assert_noticed(void)
{
    pass(LOOK);
    assert_true(is_set(event));
    pass(LONG_TIME);
    assert_false(is_set(event));
}

static void assert_unnoticed(void)
{
    pass(LONG_TIME);
    assert_false(is_set(event));
}

static void test_wrong_arguments(void **state)
{
    static const int types[] = {0, 3, -1, 0x10001, INT32_MAX, INT32_MIN};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
    {
        assert_int_equal(InitializeNapAgentNotifier((NapNotifyType)types[i], event), E_INVALIDARG);
        UninitializeNapAgentNotifier((NapNotifyType)types[i]);
    }
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, NULL), E_INVALIDARG);
    assert_int_equal(initialize(), S_OK);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, NULL), E_INVALIDARG);
    assert_int_equal(initialize(), ALREADY_INITIALIZED);
    assert_int_equal(initialize_other(), S_OK);
}

static void test_no_event(void **state)
{
    const HANDLE closed = open_object(EVENT, EVENT_ALL_ACCESS);
    const HANDLE open[] = {open_object(MUTEX, MUTEX_ALL_ACCESS), open_object(EVENT, SYNCHRONIZE),
                           open_object(THREAD, THREAD_ALL_ACCESS)};
    const HANDLE refused[] = {closed, INVALID_HANDLE_VALUE, (HANDLE)-2, open[0], open[1], open[2]};
    const HANDLE only_set = open_object(EVENT, EVENT_MODIFY_STATE);
    size_t i;

    (void)state;
    CloseHandle(closed);
    for (i = 0; i < COUNT_OF(refused); i++)
        assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, refused[i]), E_FAIL);
    for (i = 0; i < COUNT_OF(open); i++)
        CloseHandle(open[i]);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, only_set), S_OK);
    assert_false(is_set(only_set));
    CloseHandle(only_set);
}

/* The thread begins with a pause: a process that exits soon does not exit in a look. Nothing polls
 * where the service is absent. Its installation is seen at once. */
static void test_whole_life(void **state)
{
    unsigned before;
    int i;

    (void)state;
    assert_int_equal(initialize(), S_OK);
    pass(LOOK - 1);
    assert_int_equal(looks, 1);
    for (i = 0; i < 2; i++)
    {
        pass(LOOK);
        before = looks;
        assert_unnoticed();
        assert_int_equal(looks, before);
        stop_service();
        pass(0);
        assert_int_equal(looks, before + 1);
        assert_unnoticed();
        assert_in_range(looks, before + 20, before + 21);
        start_service();
        assert_noticed();
        stop_service();
        assert_noticed();
        set_installed(FALSE);
    }
}

/* The service is deleted while it runs, and is there no more when it has stopped. */
static void test_gone_without_stopping(void **state)
{
    (void)state;
    start_service();
    assert_int_equal(initialize(), S_OK);
    assert_unnoticed();
    set_installed(FALSE);
    assert_noticed();
    start_service();
    assert_noticed();
}

static void test_each_state(void **state)
{
    static const struct
    {
        DWORD state;
        BOOL running;
    } states[] = {
        {SERVICE_START_PENDING, FALSE},   {SERVICE_RUNNING, TRUE},
        {SERVICE_PAUSE_PENDING, TRUE},    {SERVICE_PAUSED, TRUE},
        {SERVICE_CONTINUE_PENDING, TRUE}, {SERVICE_STOP_PENDING, TRUE},
    };
    size_t i;

    (void)state;
    stop_service();
    assert_int_equal(initialize(), S_OK);
    for (i = 0; i < COUNT_OF(states); i++)
    {
        set_service(states[i].state, 100);
        pass(LONG_TIME);
        assert_int_equal(is_set(event), states[i].running);
        assert_unnoticed();
        stop_service();
        pass(LONG_TIME);
        assert_int_equal(is_set(event), states[i].running);
    }
}

static void test_between_two_looks(void **state)
{
    (void)state;
    start_service();
    assert_int_equal(initialize(), S_OK);
    stop_service();
    start_service();
    assert_unnoticed();
    service_process++;
    assert_noticed();
    stop_service();
    assert_noticed();
    start_service();
    stop_service();
    assert_unnoticed();
    service_process = 200;
    assert_unnoticed();
}

/* The event may be closed, and be the same for both. */
static void test_two_types(void **state)
{
    (void)state;
    assert_int_equal(initialize(), S_OK);
    start_service();
    assert_int_equal(initialize_other(), S_OK);
    assert_int_equal(threads_running(), 1);
    assert_noticed();
    assert_false(is_set(other_event));
    uninitialize();
    stop_service();
    assert_unnoticed();
    assert_true(is_set(other_event));
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, other_event), S_OK);
    uninitialize_other();
    uninitialize_other();
    start_service();
    pass(LOOK);
    assert_true(is_set(other_event));
    uninitialize();
    assert_int_equal(threads_running(), 0);
}

/* It comes just before the thread asks to be told of that, or just after it has looked. */
static void test_installed_around_the_look(void **state)
{
    static const char *const functions[] = {"RegNotifyChangeKeyValue", "WaitForMultipleObjects"};
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(functions); i++)
    {
        set_installed(FALSE);
        assert_int_equal(initialize(), S_OK);
        MAKE_CALLS(.of = functions[i], .after = i, .count = 1, .takes = LOOK);
        pass(LOOK);
        start_service();
        assert_true(has_happened());
        pass(2 * LOOK);
        assert_true(is_set(event));
        uninitialize();
    }
}

/* A look that fails shows nothing; the next does. */
static void test_failed_looks(void **state)
{
    static const char *const functions[] = {"OpenServiceW", "QueryServiceStatusEx"};
    size_t i;

    (void)state;
    start_service();
    assert_int_equal(initialize(), S_OK);
    MAKE_CALLS(.of = "OpenSCManagerW", .count = UINT_MAX, .fails_with = ERROR_ACCESS_DENIED);
    assert_int_equal(initialize_other(), E_FAIL);
    for (i = 0; i < COUNT_OF(functions); i++)
    {
        MAKE_CALLS(.of = functions[i], .count = UINT_MAX, .fails_with = ERROR_ACCESS_DENIED);
        assert_int_equal(initialize_other(), E_FAIL);
        MAKE_CALLS(.of = functions[i], .count = 1, .fails_with = ERROR_ACCESS_DENIED);
        assert_int_equal(initialize_other(), S_OK);
        uninitialize_other();
        MAKE_CALLS(.of = functions[i], .count = 12, .fails_with = ERROR_ACCESS_DENIED);
        pass(11 * LOOK);
        assert_false(is_set(event));
        stop_service();
        pass(LOOK);
        assert_false(is_set(event));
        assert_true(has_happened());
        assert_noticed();
        start_service();
        assert_noticed();
    }
}

/* Then the thread polls, until the list of services can be watched again. */
static void test_failed_requests(void **state)
{
    unsigned before;

    (void)state;
    assert_int_equal(initialize(), S_OK);
    before = looks;
    MAKE_CALLS(.of = "RegNotifyChangeKeyValue", .count = 12, .fails_with = ERROR_NOT_ENOUGH_MEMORY);
    pass(LONG_TIME);
    assert_true(has_happened());
    assert_int_equal(looks, before + 13);
    MAKE_CALLS(.of = "RegNotifyChangeKeyValue", .count = 1, .fails_with = ERROR_NOT_ENOUGH_MEMORY);
    start_service();
    assert_noticed();
    assert_true(has_happened());
}

/* A thread that cannot wait does not take all of the processor's time. */
static void test_failed_wait(void **state)
{
    (void)state;
    assert_int_equal(initialize(), S_OK);
    MAKE_CALLS(.of = "WaitForMultipleObjects", .count = 1, .fails_with = ERROR_INVALID_HANDLE);
    pass(LOOK);
    assert_true(has_happened());
    assert_int_equal(threads_running(), 0);
}

/* Either there is no subscription then, and nothing is left of it, or there is one that works. */
static void test_Initialize_each_call_fails(void **state)
{
    unsigned i, failures = 0;
    HRESULT hr;

    (void)state;
    for (i = 0;; i++)
    {
        stop_service();
        MAKE_CALLS(.after = i, .count = 1, .fails_with = ERROR_NOT_ENOUGH_MEMORY);
        hr = initialize();
        if (!has_happened())
            break;
        failures += hr == E_FAIL;
        if (hr != E_FAIL)
        {
            assert_int_equal(hr, S_OK);
            start_service();
            assert_noticed();
            uninitialize();
        }
        assert_nothing_left(2);
    }
    assert_in_range(failures, 1, i);
}

/* Who handles an exception that a call raises can go on. */
static void test_Initialize_each_call_raises(void **state)
{
    static unsigned i;

    (void)state;
    leaks_expected = TRUE;
    for (i = 0;; i++)
    {
        MAKE_CALLS(.after = i, .count = 1, .raises = TRUE);
        if (!setjmp(raised))
            initialize();
        if (!has_happened())
            break;
        assert_int_equal(initialize(), S_OK);
        uninitialize();
    }
    assert_in_range(i, 10, 30);
}

/* As when the process exits. Once nothing is known of the thread any more, it has ended, too. */
static void test_lock_of_a_thread_that_ended(void **state)
{
    (void)state;
    leaks_expected = TRUE;
    assert_int_equal(initialize(), S_OK);
    start_service();
    MAKE_CALLS(.of = "SetEvent", .count = 1, .takes = LOOK);
    pass(LOOK);
    assert_true(has_happened());
    kill(last_thread());
    uninitialize();
    stop_service();
    assert_int_equal(initialize(), S_OK);
    start_service();
    MAKE_CALLS(.of = "SetEvent", .count = 1, .takes = LOOK);
    pass(LOOK);
    assert_true(has_happened());
    kill(last_thread());
    MAKE_CALLS(.of = "OpenThread", .count = UINT_MAX, .fails_with = ERROR_INVALID_PARAMETER);
    uninitialize();
}

/* It is waited for, also where the thread may not be looked at. */
static void test_lock_of_a_thread_that_runs(void **state)
{
    (void)state;
    assert_int_equal(initialize(), S_OK);
    start_service();
    MAKE_CALLS(.of = "SetEvent", .count = 1, .takes = 50);
    pass(LOOK);
    MAKE_CALLS(.of = "OpenThread", .count = 10, .fails_with = ERROR_ACCESS_DENIED);
    uninitialize();
    assert_true(has_happened());
    assert_true(is_set(event));
    assert_unnoticed();
}

/* Two wait for a thread that ended, and both find that out. */
static void test_lock_taken_from_a_thread_that_ended(void **state)
{
    (void)state;
    leaks_expected = TRUE;
    assert_int_equal(initialize(), S_OK);
    start_service();
    MAKE_CALLS(.of = "SetEvent", .count = 1, .takes = LOOK);
    pass(LOOK);
    kill(last_thread());
    start(initialize_other_as_thread);
    MAKE_CALLS(.of = "CloseHandle", .count = 1, .takes = LOOK);
    pass(0);
    assert_true(has_happened());
    uninitialize();
    pass(LOOK);
    assert_int_equal(result, S_OK);
    uninitialize_other();
}

/* Two at once make Wine 8.0 keep the service open for the process. */
static void test_looks_take_turns(void **state)
{
    ULONGLONG start_time;

    (void)state;
    start_service();
    assert_int_equal(initialize(), S_OK);
    MAKE_CALLS(.of = "QueryServiceStatusEx", .count = 1, .takes = 50);
    pass(LOOK);
    assert_true(has_happened());
    start_time = now;
    assert_int_equal(initialize_other(), S_OK);
    assert_in_range(now - start_time, 50, LOOK - 1);
}

/* A look that takes long shows what was before a subscription began. */
static void test_stale_look(void **state)
{
    (void)state;
    stop_service();
    assert_int_equal(initialize(), S_OK);
    MAKE_CALLS(.of = "CloseServiceHandle", .count = 1, .takes = 2 * LOOK);
    pass(LOOK);
    assert_true(has_happened());
    start_service();
    assert_int_equal(initialize_other(), S_OK);
    pass(LOOK);
    assert_false(is_set(event));
    assert_noticed();
    assert_false(is_set(other_event));
}

/* Nor is one heard of that another thread still takes. */
static void test_subscribed_again_during_a_look(void **state)
{
    (void)state;
    stop_service();
    assert_int_equal(initialize(), S_OK);
    MAKE_CALLS(.of = "CloseServiceHandle", .count = 1, .takes = 2 * LOOK);
    pass(LOOK);
    uninitialize();
    start_service();
    assert_int_equal(initialize(), S_OK);
    assert_unnoticed();
    stop_service();
    assert_noticed();
}

/* The service manager may take its time. */
static void test_Uninitialize_during_a_look(void **state)
{
    ULONGLONG start_time;

    (void)state;
    assert_int_equal(initialize(), S_OK);
    start_service();
    MAKE_CALLS(.of = "QueryServiceStatusEx", .count = 1, .takes = LONG_TIME);
    pass(LOOK);
    assert_true(has_happened());
    start_time = now;
    uninitialize();
    assert_in_range(now - start_time, 0, LONGEST_WAIT);
    assert_unnoticed();
}

/* In DllMain no thread starts or ends. */
static void test_calls_in_DllMain(void **state)
{
    ULONGLONG start_time = now;

    (void)state;
    loader_locked = TRUE;
    assert_int_equal(initialize(), S_OK);
    assert_int_equal(now, start_time);
    loader_locked = FALSE;
    start_service();
    assert_noticed();
    loader_locked = TRUE;
    start_time = now;
    uninitialize();
    assert_in_range(now - start_time, 0, LONGEST_WAIT);
    stop_service();
    assert_unnoticed();
    loader_locked = FALSE;
    pass(LOOK);
}

/* In DllMain again, and there are no other threads any more. */
static void test_process_exits(void **state)
{
    ULONGLONG start_time = now;

    (void)state;
    leaks_expected = TRUE;
    assert_int_equal(initialize(), S_OK);
    kill(last_thread());
    loader_locked = TRUE;
    uninitialize();
    assert_int_equal(now, start_time);
}

/* Two threads may subscribe at once, whatever the reference says. */
static void test_concurrent_Initialize(void **state)
{
    (void)state;
    MAKE_CALLS(.of = "CreateThread", .count = 1, .takes = LOOK);
    start(initialize_as_thread);
    pass(0);
    assert_true(has_happened());
    assert_int_equal(initialize(), S_OK);
    pass(2 * LOOK);
    assert_int_equal(result, ALREADY_INITIALIZED);
    uninitialize();
    assert_nothing_left(2);
    MAKE_CALLS(.of = "CreateThread", .count = 1, .takes = LOOK);
    start(initialize_other_as_thread);
    pass(0);
    assert_int_equal(initialize(), S_OK);
    pass(2 * LOOK);
    assert_int_equal(result, S_OK);
    assert_int_equal(threads_running(), 1);
}

#define notifier_test(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        notifier_test(test_wrong_arguments),
        notifier_test(test_no_event),
        notifier_test(test_whole_life),
        notifier_test(test_gone_without_stopping),
        notifier_test(test_each_state),
        notifier_test(test_between_two_looks),
        notifier_test(test_two_types),
        notifier_test(test_installed_around_the_look),
        notifier_test(test_failed_looks),
        notifier_test(test_failed_requests),
        notifier_test(test_failed_wait),
        notifier_test(test_Initialize_each_call_fails),
        notifier_test(test_Initialize_each_call_raises),
        notifier_test(test_lock_of_a_thread_that_ended),
        notifier_test(test_lock_of_a_thread_that_runs),
        notifier_test(test_lock_taken_from_a_thread_that_ended),
        notifier_test(test_looks_take_turns),
        notifier_test(test_stale_look),
        notifier_test(test_subscribed_again_during_a_look),
        notifier_test(test_Uninitialize_during_a_look),
        notifier_test(test_calls_in_DllMain),
        notifier_test(test_process_exits),
        notifier_test(test_concurrent_Initialize),
    };

    return cmocka_run_group_tests_name("notifier", tests, NULL, NULL);
}
