/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier when the DLL is unloaded and when the process exits.
 *
 *   test_notifier_lifetime [EXITS]
 *
 * starts EXITS children, 10 if not told otherwise, which exit with live subscriptions. A child is
 * told how, and after how many milliseconds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

#include "loaded_notifier.h"
#include "napagent.h"
#include "usage.h"

#define UNLOADS 200
#define EXITS   10
/* Milliseconds: of the notifier's wait for its thread, and of a look. */
#define WAIT_LIMIT 100
#define LOOK       500
/* Of starting a child, with a pause in milliseconds. */
#define START_ATTEMPTS 5
#define START_PAUSE    200

/* Exit codes of a child. */
#define EXIT_SUBSCRIBED 7
#define HUNG            99

static int exits = EXITS;

/* The subscription keeps the DLL loaded, and can be ended after it has been loaded again. */
static void test_FreeLibrary_subscribed(void **state)
{
    struct usage before;
    unsigned threads = count_threads();
    int i;

    (void)state;
    napagent_install();
    load_notifier();
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    uninitialize(napNotifyTypeServiceState);
    await_threads(threads);
    before = measure_usage();
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    for (i = 0; i < UNLOADS; i++)
    {
        unload_notifier();
        assert_true(is_notifier_loaded());
        load_notifier();
        assert_int_equal(initialize(napNotifyTypeServiceState, event), ALREADY_INITIALIZED);
        if (i % 2)
        {
            uninitialize(napNotifyTypeServiceState);
            assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
        }
    }
    unload_notifier();
    napagent_start();
    assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
    load_notifier();
    uninitialize(napNotifyTypeServiceState);
    assert_no_growth("200 times FreeLibrary, subscribed", before);
    unload_notifier();
    assert_notifier_gets_unloaded();
}

static void test_FreeLibrary_just_unsubscribed(void **state)
{
    int i;

    (void)state;
    napagent_install();
    for (i = 0; i < UNLOADS; i++)
    {
        load_notifier();
        assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
        uninitialize(napNotifyTypeServiceState);
        unload_notifier();
        assert_notifier_gets_unloaded();
    }
}

/* The client subscribes an event of this name. */
static HMODULE load_client(void)
{
    HMODULE client;

    CloseHandle(event);
    event = CreateEventW(NULL, FALSE, FALSE, L"qutil-test-client");
    assert_non_null(event);
    client = LoadLibraryW(L"notifier_client.dll");
    assert_non_null(client);
    return client;
}

static void test_in_DllMain(void **state)
{
    DWORD start, waited, shortest = INFINITE;
    HMODULE client;
    int i;

    (void)state;
    napagent_install();
    for (i = 0; i < 3; i++)
    {
        client = load_client();
        napagent_start();
        assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
        start = GetTickCount();
        assert_true(FreeLibrary(client));
        waited = GetTickCount() - start;
        shortest = waited < shortest ? waited : shortest;
        napagent_stop();
        assert_int_equal(WaitForSingleObject(event, 2 * LOOK), WAIT_TIMEOUT);
        assert_notifier_gets_unloaded();
    }
    print_message("unsubscribing in DllMain takes %lu ms\n", shortest);
    assert_in_range(shortest, 0, 2 * WAIT_LIMIT);
}

/* Returns the exit code of the child. */
static DWORD run_child(const WCHAR *how, int delay)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR program[MAX_PATH], command[MAX_PATH + 32];
    DWORD code = STILL_ACTIVE;
    int attempts = START_ATTEMPTS;

    assert_in_range(GetModuleFileNameW(NULL, program, MAX_PATH), 1, MAX_PATH - 1);
    swprintf(command, MAX_PATH + 32, L"\"%ls\" %ls %d", program, how, delay);
    while (!CreateProcessW(program, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        /* Once in some thousand times Wine 8.0 cannot start a process, and then can. */
        assert_int_equal(GetLastError(), ERROR_INTERNAL_ERROR);
        assert_true(attempts-- > 0);
        Sleep(START_PAUSE);
    }
    if (WaitForSingleObject(process.hProcess, END_LIMIT) != WAIT_OBJECT_0)
        TerminateProcess(process.hProcess, HUNG);
    WaitForSingleObject(process.hProcess, END_LIMIT);
    assert_true(GetExitCodeProcess(process.hProcess, &code));
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code;
}

/* Some at once, some in a look, or nearly. */
static void exit_many_times(const WCHAR *how)
{
    int i;

    napagent_install();
    for (i = 0; i < exits; i++)
        assert_int_equal(run_child(how, i % 2 ? 0 : LOOK - 10 + i % 20), EXIT_SUBSCRIBED);
}

static void test_process_exit_subscribed(void **state)
{
    (void)state;
    exit_many_times(L"return");
}

static void test_process_exit_DllMain_unsubscribes(void **state)
{
    (void)state;
    exit_many_times(L"detach");
}

/* The child. Other exit codes are the test's failures. */
static int exit_subscribed(const char *how, DWORD delay)
{
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!strcmp(how, "detach"))
    {
        /* cppcheck-suppress leakReturnValNotUsed ; it stays loaded to the end. */
        load_client();
    }
    else
    {
        load_notifier();
        if (FAILED(initialize(napNotifyTypeServiceState, event)) ||
            FAILED(initialize(napNotifyTypeQuarState, event)))
            return 1;
    }
    Sleep(delay);
    return EXIT_SUBSCRIBED;
}

#define lifetime_test(function)                                                                    \
    cmocka_unit_test_setup_teardown(function, make_event, notifier_clean_up)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        lifetime_test(test_FreeLibrary_subscribed),
        lifetime_test(test_FreeLibrary_just_unsubscribed),
        lifetime_test(test_in_DllMain),
        lifetime_test(test_process_exit_subscribed),
        lifetime_test(test_process_exit_DllMain_unsubscribes),
    };

    if (argc > 2)
        return exit_subscribed(argv[1], (DWORD)strtol(argv[2], NULL, 10));
    if (argc > 1)
        exits = (int)strtol(argv[1], NULL, 10);
    if (exits <= 0)
        return 2;
    return cmocka_run_group_tests_name("notifier_lifetime", tests, napagent_prepare, NULL);
}
