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

enum
{
    EXITS = 10,
    CALLING_THREADS = 4,
    END_LIMIT = 20000 /* milliseconds */
};

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
    (void)state;
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

    (void)state;
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

static DWORD WINAPI call_for_ever(void *unused)
{
    while (!unused)
        InitializeNapAgentNotifier(napNotifyTypeQuarState, event);
    return 0;
}

/* The process exits at once, or close to the time of a poll, while threads call the notifier. Then
 * DllMain of notifier_client.dll ends its subscription. The other subscription is not ended. */
static void test_exit(void **state)
{
    const DWORD now = GetTickCount();
    int i;

    (void)state;
    assert_non_null(load_client());
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, event), S_OK);
    for (i = 0; i < CALLING_THREADS; i++)
        CloseHandle(CreateThread(NULL, 0, call_for_ever, NULL, 0, NULL));
    Sleep(now % 2 ? 0 : POLL_INTERVAL - 10 + now % 20);
}

/* Processes run test_exit while the service is installed. */
static void test_exits(void **state)
{
    static char output[4096];
    int i;

    (void)state;
    napagent_install();
    for (i = 0; i < EXITS; i++)
    {
        bool ended = false;
        DWORD code = 1;

        assert_true(process_run_again(L"--run notifier_lifetime.test_exit", END_LIMIT, output,
                                      sizeof(output), &ended, &code));
        if (!ended || code != 0)
            fail_msg("ended %d, exit code %lx", ended, code);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static const struct CMUnitTest tests[] = {
    TEST(test_FreeLibrary),
    TEST(test_in_DllMain),
    cmocka_unit_test(test_exit),
    TEST(test_exits),
};

const struct test_group test_notifier_lifetime = {
    .name = "notifier_lifetime",
    .tests = tests,
    .count = COUNT_OF(tests),
    .dll = "qutil.dll",
    .own = true,
};
