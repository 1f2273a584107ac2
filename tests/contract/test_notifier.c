/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier sets events when the service starts or stops. COM is never initialized.
 */
#include "test.h"

#include "napagent.h"

static void subscribe_both(void)
{
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, events[0]), S_OK);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, events[1]), S_OK);
}

static void assert_gets_set(HANDLE event)
{
    assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
}

static void assert_both_get_set(void)
{
    assert_gets_set(events[0]);
    assert_gets_set(events[1]);
}

static void assert_none_gets_set(void)
{
    assert_int_equal(WaitForSingleObject(events[0], TWO_POLLS), WAIT_TIMEOUT);
    assert_int_equal(WaitForSingleObject(events[1], 0), WAIT_TIMEOUT);
}

/* The service is deleted twice: the first time while it runs, the second time after it stopped. */
static void test_whole_life(void **state)
{
    subscribe_both();
    napagent_install();
    assert_none_gets_set();
    napagent_start();
    assert_both_get_set();
    assert_none_gets_set();
    napagent_delete();
    assert_both_get_set();
    napagent_install();
    napagent_start();
    assert_both_get_set();
    napagent_stop();
    assert_both_get_set();
    napagent_delete();
    assert_none_gets_set();
}

/* The service changes while there is no subscription. */
static void test_state_found_is_not_signalled(void **state)
{
    subscribe_both();
    unsubscribe_both();
    napagent_install();
    napagent_start();
    subscribe_both();
    assert_none_gets_set();
    unsubscribe_both();
    napagent_stop();
    subscribe_both();
    assert_none_gets_set();
}

/* The types share one event, whose handle the caller closes after subscribing. Uninitialize ends
 * the subscription of its own type only. */
static void test_types_independent(void **state)
{
    const HANDLE process = GetCurrentProcess();
    HANDLE copy = NULL;

    assert_true(DuplicateHandle(process, events[0], process, &copy, EVENT_ALL_ACCESS, FALSE, 0));
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, copy), S_OK);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, copy), S_OK);
    assert_true(CloseHandle(copy));
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    napagent_install();
    napagent_start();
    assert_gets_set(events[0]);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, events[1]), S_OK);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    napagent_stop();
    assert_gets_set(events[1]);
    assert_none_gets_set();
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    napagent_start();
    assert_none_gets_set();
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, subscriptions_begin, subscriptions_end)

static const struct CMUnitTest tests[] = {
    TEST(test_whole_life),
    TEST(test_state_found_is_not_signalled),
    TEST(test_types_independent),
};

TEST_GROUP(notifier, .dll = "qutil.dll", .own = true);
