/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * InitializeNapAgentNotifier and UninitializeNapAgentNotifier, with a real service under the name
 * of the NapAgent service. Links with the import library made from the original DLL.
 *
 * That an event is not set is asserted when the notifier's thread has been through everything that
 * had happened: settle sees to it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <windows.h>
#include <naputil.h>

#include "napagent.h"
#include "tags.h"

/* How soon a change is to be noticed, in milliseconds. */
#define NOTICE_LIMIT        2000
#define ROUND_TRIPS         5
#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

static HANDLE service_event, state_event;

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

static BOOL is_set(HANDLE event)
{
    return WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
}

static void assert_gets_set(HANDLE event)
{
    assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
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

/* A subscription begins when the notifier has looked at the service. */
static void settle(NapNotifyType unused)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    int i;

    assert_non_null(event);
    for (i = 0; i < ROUND_TRIPS; i++)
    {
        subscribe(unused, event);
        UninitializeNapAgentNotifier(unused);
    }
    assert_false(is_set(event));
    CloseHandle(event);
}

static void test_Initialize_type_unknown(void **state)
{
    static const int types[] = {0, 3, 4, -1, 0x10001, INT32_MAX, INT32_MIN};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
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
static void test_Initialize_event_closed(void **state)
{
    HANDLE closed = CreateEventW(NULL, FALSE, FALSE, NULL);

    (void)state;
    CloseHandle(closed);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, closed), E_FAIL);
    subscribe_both();
}

static void test_Initialize_twice(void **state)
{
    (void)state;
    napagent_install();
    subscribe(napNotifyTypeServiceState, service_event);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, service_event),
                     ALREADY_INITIALIZED);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, state_event),
                     ALREADY_INITIALIZED);
    napagent_start();
    assert_gets_set(service_event);
    assert_false(is_set(state_event));
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    subscribe(napNotifyTypeServiceState, state_event);
    napagent_stop();
    assert_gets_set(state_event);
    assert_false(is_set(service_event));
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

static void watch_whole_life(NapNotifyType type, NapNotifyType other)
{
    int i;

    subscribe(type, service_event);
    for (i = 0; i < 2; i++)
    {
        napagent_install();
        settle(other);
        assert_false(is_set(service_event));
        napagent_start();
        assert_gets_set(service_event);
        settle(other);
        assert_false(is_set(service_event));
        napagent_stop();
        assert_gets_set(service_event);
        napagent_start();
        assert_gets_set(service_event);
        napagent_stop();
        assert_gets_set(service_event);
        napagent_delete();
        settle(other);
        assert_false(is_set(service_event));
    }
}

/* Absent, installed, started, stopped, started, stopped, deleted, and all over again. */
static void test_service_state_whole_life(void **state)
{
    (void)state;
    watch_whole_life(napNotifyTypeServiceState, napNotifyTypeQuarState);
}

static void test_isolation_state_whole_life(void **state)
{
    (void)state;
    watch_whole_life(napNotifyTypeQuarState, napNotifyTypeServiceState);
}

static void test_deleted_while_running(void **state)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT), service;

    (void)state;
    napagent_install();
    napagent_start();
    subscribe(napNotifyTypeServiceState, service_event);
    service = OpenServiceW(manager, L"napagent", DELETE);
    assert_true(DeleteService(service));
    CloseServiceHandle(service);
    CloseServiceHandle(manager);
    settle(napNotifyTypeQuarState);
    assert_false(is_set(service_event));
    napagent_clean_up(state);
    assert_gets_set(service_event);
    settle(napNotifyTypeQuarState);
    assert_false(is_set(service_event));
    napagent_install();
    napagent_start();
    assert_gets_set(service_event);
}

static void test_found_running(void **state)
{
    (void)state;
    napagent_install();
    napagent_start();
    subscribe_both();
    assert_false(is_set(service_event));
    assert_false(is_set(state_event));
    napagent_stop();
    assert_gets_set(service_event);
    assert_gets_set(state_event);
}

/* The second subscription does not hear of what was before it, the first does. */
static void test_found_changed_by_second(void **state)
{
    int i;

    (void)state;
    napagent_install();
    subscribe(napNotifyTypeServiceState, service_event);
    for (i = 0; i < 10; i++)
    {
        napagent_start();
        subscribe(napNotifyTypeQuarState, state_event);
        assert_true(is_set(service_event));
        assert_false(is_set(state_event));
        napagent_stop();
        assert_gets_set(state_event);
        assert_gets_set(service_event);
        UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    }
}

static void test_other_services(void **state)
{
    int i;

    (void)state;
    subscribe(napNotifyTypeServiceState, service_event);
    for (i = 0; i < 10; i++)
        napagent_disturb();
    settle(napNotifyTypeQuarState);
    assert_false(is_set(service_event));
    napagent_install();
    napagent_start();
    assert_gets_set(service_event);
    for (i = 0; i < 10; i++)
        napagent_disturb();
    settle(napNotifyTypeQuarState);
    assert_false(is_set(service_event));
    napagent_stop();
    assert_gets_set(service_event);
}

static void drop_one(NapNotifyType dropped, HANDLE dropped_event, HANDLE other_event)
{
    subscribe_both();
    napagent_start();
    assert_gets_set(service_event);
    assert_gets_set(state_event);
    UninitializeNapAgentNotifier(dropped);
    napagent_stop();
    assert_gets_set(other_event);
    settle(dropped);
    assert_false(is_set(dropped_event));
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
}

static void test_types_independent(void **state)
{
    (void)state;
    napagent_install();
    drop_one(napNotifyTypeServiceState, service_event, state_event);
    drop_one(napNotifyTypeQuarState, state_event, service_event);
}

static void test_one_event_for_both(void **state)
{
    (void)state;
    napagent_install();
    subscribe(napNotifyTypeServiceState, service_event);
    subscribe(napNotifyTypeQuarState, service_event);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    napagent_start();
    assert_gets_set(service_event);
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
    assert_false(is_set(next));
    CloseHandle(again);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    assert_null(OpenEventW(SYNCHRONIZE, FALSE, L"qutil-test-notifier"));
    assert_false(is_set(next));
    CloseHandle(next);
}

static void test_event_manual_reset(void **state)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);

    (void)state;
    napagent_install();
    subscribe(napNotifyTypeServiceState, event);
    napagent_start();
    assert_gets_set(event);
    assert_true(is_set(event));
    ResetEvent(event);
    settle(napNotifyTypeQuarState);
    assert_false(is_set(event));
    napagent_stop();
    assert_gets_set(event);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    assert_true(is_set(event));
    CloseHandle(event);
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
        assert_false(is_set(service_event));
        assert_false(is_set(state_event));
    }
}

#define TEST(tag, test) TAGGED_TEST(tag, test, make_events, close_events)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(DOCUMENTED, test_Initialize_type_unknown),
        TEST(DOCUMENTED, test_Initialize_event_null),
        TEST(DECIDED, test_Initialize_event_closed),
        TEST(OWN, test_Initialize_twice),
        TEST(DECIDED, test_Uninitialize_not_subscribed),
        TEST(OWN, test_service_state_whole_life),
        TEST(OWN, test_isolation_state_whole_life),
        TEST(OWN, test_deleted_while_running),
        TEST(OWN, test_found_running),
        TEST(OWN, test_found_changed_by_second),
        TEST(OWN, test_other_services),
        TEST(OWN, test_types_independent),
        TEST(OWN, test_one_event_for_both),
        TEST(OWN, test_caller_closes_event),
        TEST(OWN, test_event_manual_reset),
        TEST(OWN, test_Uninitialize_nothing_after),
    };

    return cmocka_run_group_tests_name("notifier", tests, napagent_prepare, napagent_clean_up);
}
