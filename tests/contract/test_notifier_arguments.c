/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What InitializeNapAgentNotifier accepts and refuses. COM is never initialized.
 */
#include "test.h"

#include "napagent.h"

static HRESULT initialize(HANDLE handle)
{
    return InitializeNapAgentNotifier(napNotifyTypeServiceState, handle);
}

/* First without a subscription, then with one. */
static void test_Initialize_wrong_arguments(void **state)
{
    static const int unknown[] = {0, 3, 4, -1, 0x10001, INT32_MAX, INT32_MIN};
    size_t i;
    int subscribed;

    for (subscribed = 0; subscribed < 2; subscribed++)
    {
        for (i = 0; i < COUNT_OF(unknown); i++)
        {
            assert_int_equal(InitializeNapAgentNotifier((NapNotifyType)unknown[i], events[0]),
                             E_INVALIDARG);
            UninitializeNapAgentNotifier((NapNotifyType)unknown[i]);
        }
        assert_int_equal(initialize(NULL), E_INVALIDARG);
        assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, NULL), E_INVALIDARG);
        assert_int_equal(initialize(events[0]), subscribed ? ALREADY_INITIALIZED : S_OK);
    }
}

/* What the original returns is not known. E_FAIL is documented for a failure to subscribe. -1 is
 * the pseudo handle of the process, -2 that of the thread, and -3 that of the session. */
static void test_Initialize_no_event(void **state)
{
    const HANDLE closed = CreateEventW(NULL, FALSE, FALSE, NULL);
    const HANDLE mutex = CreateMutexW(NULL, FALSE, NULL);
    const HANDLE refused[] = {closed, mutex, INVALID_HANDLE_VALUE, (HANDLE)-2, (HANDLE)-3};
    size_t i;

    CloseHandle(closed);
    for (i = 0; i < COUNT_OF(refused); i++)
        assert_int_equal(initialize(refused[i]), E_FAIL);
    assert_true(CloseHandle(mutex));
}

/* decided: the notifier duplicates the handle with the right to set the event. */
static void test_Initialize_event_with_few_rights(void **state)
{
    static const DWORD rights[] = {SYNCHRONIZE, EVENT_MODIFY_STATE};
    const HANDLE process = GetCurrentProcess();
    HANDLE copy = NULL;
    size_t i;

    for (i = 0; i < COUNT_OF(rights); i++)
    {
        UninitializeNapAgentNotifier(napNotifyTypeServiceState);
        assert_true(DuplicateHandle(process, events[0], process, &copy, rights[i], FALSE, 0));
        assert_int_equal(initialize(copy), S_OK);
        assert_true(CloseHandle(copy));
    }
    assert_int_equal(WaitForSingleObject(events[0], TWO_POLLS), WAIT_TIMEOUT);
}

static void test_Initialize_second_call(void **state)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    assert_int_equal(initialize(events[0]), S_OK);
    assert_int_equal(initialize(INVALID_HANDLE_VALUE), ALREADY_INITIALIZED);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    assert_int_equal(initialize(events[0]), ALREADY_INITIALIZED);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    assert_int_equal(initialize(events[0]), S_OK);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, subscriptions_begin, subscriptions_end)

static const struct CMUnitTest tests[] = {
    TEST(test_Initialize_wrong_arguments),
    TEST(test_Initialize_no_event),
    TEST(test_Initialize_event_with_few_rights),
    TEST(test_Initialize_second_call),
};

TEST_GROUP(notifier_arguments, .dll = "qutil.dll");
