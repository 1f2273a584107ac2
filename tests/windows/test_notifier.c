/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * InitializeNapAgentNotifier and UninitializeNapAgentNotifier, with a real service under the name
 * of the NapAgent service. Links with the import library made from the original DLL. COM is never
 * initialized.
 */
#include "test.h"

#include <windows.h>
#include <naputil.h>

#include "napagent.h"

#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

/* Milliseconds. A change is noticed within 500, if the system is not busy; what has not been signalled
 * after two looks is not going to be. */
#define NOTICE_LIMIT 20000
#define TWO_LOOKS    1200

#define SERVICE_KEY L"SYSTEM\\CurrentControlSet\\Services\\napagent"
#define LEFT_KEY    SERVICE_KEY L"\\Qecs\\79621"

/* By type. */
static HANDLE events[2];

static int make_events(void **state)
{
    (void)state;
    events[0] = CreateEventW(NULL, FALSE, FALSE, NULL);
    events[1] = CreateEventW(NULL, FALSE, FALSE, NULL);
    return events[0] && events[1] ? 0 : -1;
}

static int close_events(void **state)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    CloseHandle(events[0]);
    CloseHandle(events[1]);
    return napagent_clean_up(state);
}

static void subscribe_both(void)
{
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, events[0]), S_OK);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, events[1]), S_OK);
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
        assert_int_equal(InitializeNapAgentNotifier((NapNotifyType)types[i], events[0]),
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

/* decided: the system lets the copy of a handle do more than the handle. Subscribing sets no event. */
static void test_Initialize_event_wait_only(void **state)
{
    const HANDLE process = GetCurrentProcess();
    HANDLE wait_only = NULL;

    (void)state;
    assert_true(DuplicateHandle(process, events[0], process, &wait_only, SYNCHRONIZE, FALSE, 0));
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, wait_only), S_OK);
    assert_true(CloseHandle(wait_only));
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, events[1]), S_OK);
    assert_none_gets_set();
}

static void test_Uninitialize_not_subscribed(void **state)
{
    (void)state;
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, events[0]), S_OK);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    UninitializeNapAgentNotifier(napNotifyTypeUnknown);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, events[0]),
                     ALREADY_INITIALIZED);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    subscribe_both();
}

/* Absent, installed, started, stopped and deleted, and then deleted while it runs. The first event
 * stays that of its type until the type is unsubscribed. */
static void test_whole_life(void **state)
{
    int i;

    (void)state;
    subscribe_both();
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, events[1]),
                     ALREADY_INITIALIZED);
    for (i = 0; i < 2; i++)
    {
        napagent_install();
        assert_none_gets_set();
        napagent_start();
        assert_both_get_set();
        assert_none_gets_set();
        if (i == 0)
        {
            napagent_stop();
            assert_both_get_set();
        }
        napagent_delete();
        if (i == 1)
            assert_both_get_set();
        assert_none_gets_set();
    }
}

/* Found running, which is no change. The types end in the order in which they began. */
static void test_types_independent(void **state)
{
    (void)state;
    napagent_install();
    napagent_start();
    subscribe_both();
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    napagent_stop();
    assert_int_equal(WaitForSingleObject(events[1], NOTICE_LIMIT), WAIT_OBJECT_0);
    assert_none_gets_set();
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    napagent_start();
    assert_none_gets_set();
}

static void create_left_key(void)
{
    HKEY key;

    assert_int_equal(
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, LEFT_KEY, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL),
        ERROR_SUCCESS);
    RegCloseKey(key);
}

/* With the service the key is gone, but where the test has failed. */
static int delete_left_key(void **state)
{
    int result = close_events(state);

    RegDeleteKeyW(HKEY_LOCAL_MACHINE, LEFT_KEY);
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, SERVICE_KEY L"\\Qecs");
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, SERVICE_KEY);
    return result;
}

/* Every Windows 10 has this key of the service without the service. */
static void test_key_left_without_service(void **state)
{
    (void)state;
    create_left_key();
    subscribe_both();
    assert_none_gets_set();
    napagent_install();
    napagent_start();
    assert_both_get_set();
    napagent_stop();
    assert_both_get_set();
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make_events, close_events)

static const struct CMUnitTest tests[] = {
    TEST(test_Initialize_type_unknown),
    TEST(test_Initialize_event_null),
    TEST(test_Initialize_no_event),
    TEST(test_Initialize_event_wait_only),
    TEST(test_Uninitialize_not_subscribed),
    TEST(test_whole_life),
    TEST(test_types_independent),
    cmocka_unit_test_setup_teardown(test_key_left_without_service, make_events, delete_left_key),
};

const struct test_group test_notifier = {
    .name = "notifier",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = napagent_prepare,
    .dll = "qutil.dll",
    .own = true,
};
