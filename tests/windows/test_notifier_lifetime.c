/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier while DLLs are loaded and unloaded, and when processes exit.
 */
#include "test.h"

#include <windows.h>
#include <naputil.h>

#include "dll.h"
#include "napagent.h"
#include "process.h"

#define EXITS           5 /* processes of each kind */
#define CALLING_THREADS 4
#define END_LIMIT       20000 /* milliseconds */

/* notifier_client.dll opens it by its name and subscribes with it. */
static HANDLE event;

static int set_up(void **state)
{
    event = CreateEventW(NULL, FALSE, FALSE, L"qutil-test-client");
    return event ? napagent_begin(state) : -1;
}

static int tear_down(void **state)
{
    unsubscribe_both();
    CloseHandle(event);
    return napagent_end(state);
}

static void assert_subscribes(void)
{
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeServiceState, event), S_OK);
}

static void assert_gets_set(void)
{
    assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
}

/* The test frees the program's only reference to the DLL while there is a subscription. */
static void test_FreeLibrary(void **state)
{
    napagent_install();
    assert_subscribes();
    assert_true(FreeLibrary(GetModuleHandleA(dll_name())));
    assert_non_null(GetModuleHandleA(dll_name()));
    napagent_start();
    assert_gets_set();
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    Sleep(TWO_POLLS);
    assert_non_null(GetModuleHandleA(dll_name()));
    assert_subscribes();
    napagent_stop();
    assert_gets_set();
}

static HMODULE load_client(void)
{
    dll_load();
    return LoadLibraryW(L"notifier_client.dll");
}

static void test_in_DllMain(void **state)
{
    HMODULE client = load_client();

    assert_non_null(client);
    napagent_install();
    napagent_start();
    assert_gets_set();
    assert_true(FreeLibrary(client));
    napagent_stop();
    assert_int_equal(WaitForSingleObject(event, TWO_POLLS), WAIT_TIMEOUT);
    client = load_client();
    assert_non_null(client);
    assert_true(FreeLibrary(client));
}

/* The next two tests do not unsubscribe before their process exits. This one exits at once. */
static void test_exit_subscribed(void **state)
{
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    assert_subscribes();
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, event), S_OK);
}

static DWORD WINAPI call_for_ever(void *unused)
{
    while (!unused)
        UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    return 0;
}

/* At exit, DllMain of notifier_client.dll unsubscribes. The process exits between two polls, since
 * Wine 8.0 may hang when a process exits during one (observed). */
static void test_exit_while_others_call(void **state)
{
    int i;

    assert_non_null(load_client());
    for (i = 0; i < CALLING_THREADS; i++)
        CloseHandle(CreateThread(NULL, 0, call_for_ever, NULL, 0, NULL));
    Sleep(POLL_INTERVAL / 2);
}

/* Processes exit as in the two tests above, while the service is installed. */
static void test_exits(void **state)
{
    static const WCHAR *const arguments[] = {
        L"--run notifier_lifetime.test_exit_subscribed",
        L"--run notifier_lifetime.test_exit_while_others_call",
    };
    static char output[4096];
    size_t i;

    napagent_install();
    for (i = 0; i < EXITS * COUNT_OF(arguments); i++)
    {
        bool ended = false;
        DWORD code = 1;

        assert_true(process_run_again(arguments[i % COUNT_OF(arguments)], END_LIMIT, output,
                                      sizeof(output), &ended, &code));
        if (!ended || code != 0)
            fail_msg("%ls: ended %d, exit code %lx", arguments[i % COUNT_OF(arguments)], ended,
                     code);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static const struct CMUnitTest tests[] = {
    TEST(test_FreeLibrary),
    TEST(test_in_DllMain),
    cmocka_unit_test(test_exit_subscribed),
    cmocka_unit_test(test_exit_while_others_call),
    TEST(test_exits),
};

TEST_GROUP(notifier_lifetime, .dll = "qutil.dll", .own = true);
