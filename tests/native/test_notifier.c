/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier, in a Windows where every call fails in turn, and where other threads and the service
 * do something in the midst of a call.
 */
#include "test.h"

#include <limits.h>

#include "common.h"
#include <naputil.h>

#include "fake_windows.h"

#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

/* What the notifier is documented to do: milliseconds, and how often a subscriber looks. */
enum
{
    LOOK = 500,
    LONG_TIME = 20 * LOOK,
    TURN_LIMIT = 100,
    ATTEMPTS = 10
};

static HANDLE event, other_event;
static HRESULT result;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);

static int begin(void **state)
{
    if (fake_begin(state))
        return -1;
    event = open_handle(EVENT, EVENT_ALL_ACCESS);
    other_event = open_handle(EVENT, EVENT_ALL_ACCESS);
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

static void uninitialize(void)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
}

static void uninitialize_other(void)
{
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
}

/* For the same event, as another thread. */
static void initialize_meanwhile(void)
{
    result = initialize();
}

static void initialize_other_meanwhile(void)
{
    result = initialize_other();
}

static DWORD WINAPI initialize_as_thread(void *unused)
{
    (void)unused;
    result = initialize();
    return 0;
}

static void set_service(DWORD state, DWORD process)
{
    service_exists = TRUE;
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

static void delete_service(void)
{
    service_exists = FALSE;
}

/* By the next look, and once. */
static void assert_noticed(void)
{
    pass(LOOK);
    assert_true(was_set(event));
    pass(LONG_TIME);
    assert_false(was_set(event));
}

static void assert_unnoticed(void)
{
    pass(LONG_TIME);
    assert_false(was_set(event));
}

/* As the first thing that fails leaves it. */
static void assert_works(void)
{
    stop_service();
    assert_int_equal(initialize(), S_OK);
    start_service();
    assert_noticed();
    uninitialize();
    pass(LOOK);
}

static void test_wrong_arguments(void **state)
{
    static const int types[] = {0, 3, -1, 0x10001, INT_MAX, INT_MIN};
    const HANDLE closed = open_handle(EVENT, EVENT_ALL_ACCESS);
    size_t i;

    (void)state;
    CloseHandle(closed);
    for (i = 0; i < ARRAYSIZE(types); i++)
    {
        assert_int_equal(InitializeNapAgentNotifier((NapNotifyType)types[i], event), E_INVALIDARG);
        UninitializeNapAgentNotifier((NapNotifyType)types[i]);
    }
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, NULL), E_INVALIDARG);
    assert_int_equal(initialize(), S_OK);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, NULL), E_INVALIDARG);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, closed),
                     ALREADY_INITIALIZED);
    assert_int_equal(initialize(), ALREADY_INITIALIZED);
    assert_int_equal(looks, 1);
    assert_int_equal(initialize_other(), S_OK);
}

static void test_no_event(void **state)
{
    const HANDLE closed = open_handle(EVENT, EVENT_ALL_ACCESS);
    const HANDLE open[] = {open_handle(MUTEX, MUTEX_ALL_ACCESS), open_handle(EVENT, SYNCHRONIZE),
                           open_handle(THREAD, THREAD_ALL_ACCESS)};
    const HANDLE refused[] = {closed, INVALID_HANDLE_VALUE, open[0], open[1], open[2]};
    const HANDLE only_set = open_handle(EVENT, EVENT_MODIFY_STATE);
    size_t i;

    (void)state;
    CloseHandle(closed);
    for (i = 0; i < ARRAYSIZE(refused); i++)
        assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, refused[i]), E_FAIL);
    for (i = 0; i < ARRAYSIZE(open); i++)
        CloseHandle(open[i]);
    assert_int_equal(looks, 0);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, only_set), S_OK);
    assert_false(was_set(only_set));
    CloseHandle(only_set);
}

/* The thread begins with a pause: a process that exits soon does not exit during a look. */
static void test_whole_life(void **state)
{
    int i;

    (void)state;
    assert_int_equal(initialize(), S_OK);
    pass(LOOK - 1);
    assert_int_equal(looks, 1);
    pass(1);
    assert_int_equal(looks, 2);
    for (i = 0; i < 2; i++)
    {
        assert_unnoticed();
        stop_service();
        assert_unnoticed();
        start_service();
        assert_noticed();
        stop_service();
        assert_noticed();
        delete_service();
    }
    assert_int_equal(looks, 2 + (now - LOOK) / LOOK);
}

static void test_gone_without_stopping(void **state)
{
    (void)state;
    start_service();
    assert_int_equal(initialize(), S_OK);
    assert_unnoticed();
    delete_service();
    assert_noticed();
    start_service();
    assert_noticed();
}

/* It need not be known which process runs it. */
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
    for (i = 0; i < ARRAYSIZE(states); i++)
    {
        set_service(states[i].state, 0);
        pass(LONG_TIME);
        assert_int_equal(was_set(event), states[i].running);
        assert_unnoticed();
        stop_service();
        pass(LONG_TIME);
        assert_int_equal(was_set(event), states[i].running);
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
    pass(0);
    assert_int_equal(threads_alive(), 1);
    assert_true(was_set(event));
    assert_unnoticed();
    assert_false(was_set(other_event));
    uninitialize();
    stop_service();
    assert_unnoticed();
    assert_true(was_set(other_event));
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, other_event), S_OK);
    uninitialize_other();
    uninitialize_other();
    start_service();
    pass(LOOK);
    assert_true(was_set(other_event));
    uninitialize();
    pass(LOOK);
    assert_int_equal(threads_alive(), 0);
}

/* The thread that still sleeps then goes on alone. One that has ended is replaced. */
static void test_subscribed_again(void **state)
{
    unsigned before;
    int i;

    (void)state;
    for (i = 0; i < 3; i++)
    {
        start_service();
        assert_int_equal(initialize(), S_OK);
        pass(LOOK - 1);
        uninitialize();
        stop_service();
        assert_int_equal(initialize(), S_OK);
        pass(0);
        assert_int_equal(threads_alive(), 1);
        before = looks;
        pass(10 * LOOK);
        assert_int_equal(looks, before + 10);
        assert_false(was_set(event));
        start_service();
        assert_noticed();
        uninitialize();
        pass(LOOK);
        assert_int_equal(threads_alive(), 0);
    }
}

/* Subscribes when the thread that watches has found nobody subscribed and is about to end. */
static void test_subscribed_as_the_thread_ends(void **state)
{
    (void)state;
    assert_int_equal(initialize(), S_OK);
    pass(LOOK);
    uninitialize();
    PLAN(.function = "CloseServiceHandle", .meanwhile = initialize_meanwhile);
    pass(LOOK);
    assert_true(has_happened());
    assert_int_equal(result, S_OK);
    assert_int_equal(threads_alive(), 1);
    start_service();
    assert_noticed();
}

static void test_attempts(void **state)
{
    static const char *const functions[] = {"OpenServiceW", "QueryServiceStatusEx",
                                            "OpenSCManagerW"};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAYSIZE(functions); i++)
    {
        start_service();
        PLAN(.function = functions[i], .failures = ATTEMPTS, .error = ERROR_ACCESS_DENIED);
        assert_int_equal(initialize(), E_FAIL);
        assert_true(has_happened());
        assert_int_equal(handles_open(), 4);
        pass(0);
        assert_int_equal(threads_alive(), 0);
        PLAN(.function = functions[i], .failures = ATTEMPTS - 1, .error = ERROR_ACCESS_DENIED);
        assert_int_equal(initialize(), S_OK);
        assert_true(has_happened());
        assert_unnoticed();
        stop_service();
        assert_noticed();
        uninitialize();
        pass(LOOK);
    }
    assert_int_equal(now, ARRAYSIZE(functions) * (2 * LONG_TIME + 2 * LOOK));
}

/* A look that fails shows nothing, and is followed by the next, which connects again. */
static void test_failed_looks(void **state)
{
    static const char *const functions[] = {"OpenServiceW", "QueryServiceStatusEx"};
    unsigned before;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAYSIZE(functions); i++)
    {
        start_service();
        assert_int_equal(initialize(), S_OK);
        pass(LOOK);
        before = connections;
        pass(LONG_TIME);
        assert_int_equal(connections, before);
        PLAN(.function = functions[i], .failures = 12, .error = ERROR_ACCESS_DENIED);
        pass(11 * LOOK);
        stop_service();
        pass(LOOK);
        assert_false(was_set(event));
        assert_true(has_happened());
        assert_noticed();
        assert_int_equal(connections, before + 12);
        uninitialize();
        pass(LOOK);
    }
}

/* Either there is no subscription then, and nothing is left of it, or there is one that works. That of
 * the other type works anyway. */
static void test_Initialize_each_call_fails(void **state)
{
    unsigned i, failures = 0;
    HRESULT hr;

    (void)state;
    for (i = 0;; i++)
    {
        stop_service();
        PLAN(.skipped = i, .failures = 1, .error = ERROR_NOT_ENOUGH_MEMORY);
        hr = initialize();
        if (!has_happened())
            break;
        failures += hr == E_FAIL;
        if (hr == E_FAIL)
            assert_int_equal(handles_open(), 4);
        else
            assert_int_equal(hr, S_OK);
        assert_int_equal(initialize_other(), S_OK);
        start_service();
        pass(LOOK);
        assert_int_equal(was_set(event), hr == S_OK);
        assert_true(was_set(other_event));
        uninitialize();
        uninitialize_other();
        pass(LOOK);
        assert_works();
    }
    /* Two handles, what kind of object it is, the DLL, the thread. */
    assert_int_equal(failures, 5);
}

/* Another thread has subscribed by then: to the same type, or to the other. */
static void test_CreateThread_fails(void **state)
{
    (void)state;
    PLAN(.function = "CreateThread", .meanwhile = initialize_other_meanwhile, .failures = 1);
    assert_int_equal(initialize(), E_FAIL);
    assert_true(has_happened());
    assert_int_equal(result, S_OK);
    start_service();
    pass(LOOK);
    assert_true(was_set(other_event));
    assert_false(was_set(event));
    PLAN(.function = "CreateThread", .meanwhile = initialize_meanwhile, .failures = 1);
    assert_int_equal(initialize(), E_FAIL);
    assert_true(has_happened());
    assert_int_equal(result, S_OK);
    stop_service();
    assert_noticed();
}

static void test_concurrent_Initialize(void **state)
{
    (void)state;
    stop_service();
    PLAN(.function = "CreateThread", .meanwhile = initialize_meanwhile);
    assert_int_equal(initialize(), ALREADY_INITIALIZED);
    assert_int_equal(result, S_OK);
    PLAN(.function = "CreateThread", .meanwhile = uninitialize);
    assert_int_equal(initialize_other(), S_OK);
    pass(0);
    assert_int_equal(threads_alive(), 1);
    PLAN(.function = "CreateThread", .meanwhile = initialize_other_meanwhile);
    assert_int_equal(initialize(), S_OK);
    assert_int_equal(result, ALREADY_INITIALIZED);
    uninitialize();
    uninitialize_other();
    pass(LOOK);
    PLAN(.function = "CreateThread", .meanwhile = initialize_other_meanwhile);
    assert_int_equal(initialize(), S_OK);
    assert_int_equal(result, S_OK);
    pass(0);
    assert_int_equal(threads_alive(), 1);
}

/* The thread does not wait for its turn for so long that it would not see that before the subscriber
 * enters the table. */
static void delete_service_and_look(void)
{
    delete_service();
    pass(LOOK);
}

/* The subscriber has seen it running. */
static void test_stopped_and_deleted_while_subscribing(void **state)
{
    static const struct plan plans[] = {
        {.function = "CloseServiceHandle", .meanwhile = delete_service},
        {.function = "CloseServiceHandle", .meanwhile = delete_service_and_look},
        {.function = "unlock the table", .skipped = 1, .meanwhile = delete_service},
        {.function = "unlock the table", .skipped = 1, .meanwhile = delete_service_and_look},
    };
    size_t i;

    (void)state;
    for (i = 0; i < 2 * ARRAYSIZE(plans); i++)
    {
        const BOOL with_other = i >= ARRAYSIZE(plans);

        start_service();
        if (with_other)
            assert_int_equal(initialize_other(), S_OK);
        set_plan(plans[i % ARRAYSIZE(plans)]);
        assert_int_equal(initialize(), S_OK);
        assert_true(has_happened());
        pass(2 * LOOK);
        assert_true(was_set(event));
        assert_unnoticed();
        assert_int_equal(was_set(other_event), with_other);
        uninitialize();
        uninitialize_other();
        pass(LOOK);
    }
}

/* A look of the thread's takes longer than a subscriber waits for his turn, who may hold the loader
 * lock. The state found is not signalled to him. */
static void test_stale_look(void **state)
{
    (void)state;
    start_service();
    assert_int_equal(initialize_other(), S_OK);
    stop_service();
    PLAN(.function = "CloseServiceHandle", .meanwhile = initialize_meanwhile);
    pass(LOOK);
    assert_true(has_happened());
    assert_int_equal(result, S_OK);
    assert_int_equal(now, LOOK + TURN_LIMIT);
    assert_true(was_set(other_event));
    assert_unnoticed();
    assert_false(was_set(other_event));
    start_service();
    assert_noticed();
}

static void test_state_found_is_not_signalled(void **state)
{
    (void)state;
    assert_int_equal(initialize(), S_OK);
    uninitialize();
    pass(LOOK);
    start_service();
    assert_int_equal(initialize(), S_OK);
    assert_unnoticed();
    uninitialize();
    stop_service();
    assert_int_equal(initialize(), S_OK);
    assert_unnoticed();
}

/* The id of the thread may be used again: nobody looks at that. */
static void test_thread_ended_in_its_look(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < 3; i++)
    {
        ULONGLONG start = now;

        PLAN(.function = "OpenServiceW", .meanwhile = end_calling_thread);
        run_thread(initialize_as_thread);
        assert_true(has_happened());
        assert_works();
        assert_int_equal(initialize_other(), S_OK);
        assert_int_equal(now - start, 2 * LOOK + LONG_TIME);
        uninitialize_other();
        pass(LOOK);
    }
}

static void test_Uninitialize_during_a_look(void **state)
{
    (void)state;
    assert_int_equal(initialize(), S_OK);
    start_service();
    PLAN(.function = "QueryServiceStatusEx", .meanwhile = uninitialize);
    pass(LOOK);
    assert_true(has_happened());
    assert_int_equal(now, LOOK);
    assert_unnoticed();
    assert_int_equal(threads_alive(), 0);
}

static void test_without_a_mutex(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < 2; i++)
    {
        DllMain(module_instance, DLL_PROCESS_DETACH, NULL);
        PLAN(.function = "CreateMutexW", .skipped = i, .failures = 1,
             .error = ERROR_NOT_ENOUGH_MEMORY);
        assert_true(DllMain(module_instance, DLL_PROCESS_ATTACH, NULL));
        assert_true(has_happened());
        assert_int_equal(initialize(), E_FAIL);
        uninitialize();
    }
}

/* Nothing is closed then: DLLs that are told of it later may still call. */
static void test_process_exits(void **state)
{
    unsigned before;

    (void)state;
    assert_int_equal(initialize(), S_OK);
    before = handles_open();
    assert_true(DllMain(module_instance, DLL_PROCESS_DETACH, module_instance));
    assert_int_equal(handles_open(), before);
    uninitialize();
    assert_int_equal(handles_open(), before - 1);
}

/* Neither does anything for the threads of the process. */
static void test_module(void **state)
{
    (void)state;
    assert_true(DllMain(module_instance, DLL_THREAD_ATTACH, NULL));
    assert_true(DllMain(module_instance, DLL_THREAD_DETACH, NULL));
    assert_works();
    assert_int_equal(DllCanUnloadNow(), S_OK);
    module_lock();
    assert_int_equal(DllCanUnloadNow(), S_FALSE);
    module_unlock();
    assert_int_equal(DllCanUnloadNow(), S_OK);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_wrong_arguments),
    TEST(test_no_event),
    TEST(test_whole_life),
    TEST(test_gone_without_stopping),
    TEST(test_each_state),
    TEST(test_between_two_looks),
    TEST(test_two_types),
    TEST(test_subscribed_again),
    TEST(test_subscribed_as_the_thread_ends),
    TEST(test_attempts),
    TEST(test_failed_looks),
    TEST(test_Initialize_each_call_fails),
    TEST(test_CreateThread_fails),
    TEST(test_concurrent_Initialize),
    TEST(test_stopped_and_deleted_while_subscribing),
    TEST(test_stale_look),
    TEST(test_state_found_is_not_signalled),
    TEST(test_thread_ended_in_its_look),
    TEST(test_Uninitialize_during_a_look),
    TEST(test_without_a_mutex),
    TEST(test_process_exits),
    TEST(test_module),
};

const struct test_group test_notifier = {
    .name = "notifier",
    .tests = tests,
    .count = COUNT_OF(tests),
};
