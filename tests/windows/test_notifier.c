/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * InitializeNapAgentNotifier and UninitializeNapAgentNotifier, with a real service under the name
 * of the NapAgent service. Links with the import library made from the original DLL. COM is never
 * initialized.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <windows.h>
#include <naputil.h>

#include "napagent.h"
#include "tags.h"

#define COUNT_OF(array)     (sizeof(array) / sizeof((array)[0]))
#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

/* Milliseconds. A change is noticed within 500, if the system is not busy; what has not been signalled
 * after two looks is not going to be. */
#define NOTICE_LIMIT 20000
#define TWO_LOOKS    1200

/* By type. */
static HANDLE events[2];
#define service_event events[0]
#define state_event   events[1]

static int make_events(void **state)
{
    (void)state;
    service_event = CreateEventW(NULL, FALSE, FALSE, NULL);
    state_event = CreateEventW(NULL, FALSE, FALSE, NULL);
    return service_event && state_event ? 0 : -1;
}

static int close_events(void **state)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    CloseHandle(service_event);
    CloseHandle(state_event);
    return napagent_clean_up(state);
}

static void subscribe(NapNotifyType type, HANDLE event)
{
    assert_int_equal(InitializeNapAgentNotifier(type, event), S_OK);
}

static void subscribe_both(void)
{
    subscribe(napNotifyTypeServiceState, service_event);
    subscribe(napNotifyTypeQuarState, state_event);
}

static void assert_gets_set(HANDLE event)
{
    assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
}

static void assert_both_get_set(void)
{
    assert_int_equal(WaitForMultipleObjects(2, events, TRUE, NOTICE_LIMIT), WAIT_OBJECT_0);
}

static void assert_none_gets_set(void)
{
    assert_int_equal(WaitForMultipleObjects(2, events, FALSE, TWO_LOOKS), WAIT_TIMEOUT);
}

static void test_Initialize_type_unknown(void **state)
{
    static const int types[] = {0, 3, 4, -1, 0x10001, INT32_MAX, INT32_MIN};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(types); i++)
    {
        assert_int_equal(InitializeNapAgentNotifier((NapNotifyType)types[i], service_event),
                         E_INVALIDARG);
        UninitializeNapAgentNotifier((NapNotifyType)types[i]);
    }
    subscribe_both();
}

static void test_Initialize_event_null(void **state)
{
    (void)state;
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, NULL), E_INVALIDARG);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, NULL), E_INVALIDARG);
    subscribe_both();
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, NULL), E_INVALIDARG);
}

/* What the original returns is not known. E_FAIL is what it returns when it cannot subscribe. */
static void test_Initialize_no_event(void **state)
{
    const HANDLE closed = CreateEventW(NULL, FALSE, FALSE, NULL);
    const HANDLE open[] = {CreateMutexW(NULL, FALSE, NULL), CreateSemaphoreW(NULL, 0, 1, NULL),
                           CreateWaitableTimerW(NULL, TRUE, NULL)};
    const HANDLE refused[] = {
        closed, INVALID_HANDLE_VALUE, GetCurrentThread(), (HANDLE)-3, open[0], open[1], open[2]};
    size_t i;

    (void)state;
    CloseHandle(closed);
    for (i = 0; i < COUNT_OF(refused); i++)
        assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, refused[i]), E_FAIL);
    for (i = 0; i < COUNT_OF(open); i++)
        assert_true(CloseHandle(open[i]));
    subscribe_both();
}

static void test_Initialize_twice(void **state)
{
    (void)state;
    napagent_install();
    subscribe(napNotifyTypeServiceState, service_event);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, state_event),
                     ALREADY_INITIALIZED);
    napagent_start();
    assert_gets_set(service_event);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    subscribe(napNotifyTypeServiceState, state_event);
    napagent_stop();
    assert_gets_set(state_event);
    assert_none_gets_set();
}

static void test_Uninitialize_not_subscribed(void **state)
{
    (void)state;
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    subscribe(napNotifyTypeServiceState, service_event);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    UninitializeNapAgentNotifier(napNotifyTypeUnknown);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, service_event),
                     ALREADY_INITIALIZED);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    subscribe(napNotifyTypeServiceState, service_event);
}

/* Absent, installed, started, stopped, deleted, and all over again. */
static void test_whole_life(void **state)
{
    int i;

    (void)state;
    subscribe_both();
    for (i = 0; i < 2; i++)
    {
        napagent_install();
        assert_none_gets_set();
        napagent_start();
        assert_both_get_set();
        assert_none_gets_set();
        napagent_stop();
        assert_both_get_set();
        napagent_delete();
        assert_none_gets_set();
    }
}

/* Found running, which is no change, and deleted then. */
static void test_deleted_while_running(void **state)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT), service;

    napagent_install();
    napagent_start();
    subscribe_both();
    service = OpenServiceW(manager, L"napagent", DELETE);
    assert_true(DeleteService(service));
    CloseServiceHandle(service);
    CloseServiceHandle(manager);
    assert_none_gets_set();
    napagent_clean_up(state);
    assert_both_get_set();
    napagent_install();
    napagent_start();
    assert_both_get_set();
}

/* Both types, ended in the order in which they began. */
static void test_types_independent(void **state)
{
    (void)state;
    napagent_install();
    subscribe_both();
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    napagent_start();
    assert_gets_set(state_event);
    assert_none_gets_set();
    subscribe(napNotifyTypeServiceState, service_event);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    napagent_stop();
    assert_gets_set(service_event);
    assert_none_gets_set();
}

static void test_caller_closes_event(void **state)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, L"qutil-test-notifier"), again, next;

    (void)state;
    napagent_install();
    subscribe(napNotifyTypeServiceState, event);
    CloseHandle(event);
    /* This one is likely to get the number that is free now. */
    next = CreateEventW(NULL, TRUE, FALSE, NULL);
    again = OpenEventW(SYNCHRONIZE, FALSE, L"qutil-test-notifier");
    assert_non_null(again);
    napagent_start();
    assert_gets_set(again);
    CloseHandle(again);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    assert_null(OpenEventW(SYNCHRONIZE, FALSE, L"qutil-test-notifier"));
    assert_int_equal(WaitForSingleObject(next, 0), WAIT_TIMEOUT);
    CloseHandle(next);
}

static void test_Uninitialize_nothing_after(void **state)
{
    int i;

    (void)state;
    napagent_install();
    for (i = 0; i < 5; i++)
    {
        subscribe_both();
        UninitializeNapAgentNotifier(napNotifyTypeServiceState);
        UninitializeNapAgentNotifier(napNotifyTypeQuarState);
        napagent_start();
        napagent_stop();
    }
    assert_none_gets_set();
}

#define TEST(tag, test) TAGGED_TEST(tag, test, make_events, close_events)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(DOCUMENTED, test_Initialize_type_unknown),
        TEST(DOCUMENTED, test_Initialize_event_null),
        TEST(DECIDED, test_Initialize_no_event),
        TEST(OWN, test_Initialize_twice),
        TEST(DECIDED, test_Uninitialize_not_subscribed),
        TEST(OWN, test_whole_life),
        TEST(OWN, test_deleted_while_running),
        TEST(OWN, test_types_independent),
        TEST(OWN, test_caller_closes_event),
        TEST(OWN, test_Uninitialize_nothing_after),
    };

    return cmocka_run_group_tests_name("notifier", tests, napagent_prepare, NULL);
}
