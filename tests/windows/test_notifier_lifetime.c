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

#define UNLOADS 200
#define EXITS   10
/* Milliseconds. */
#define LOOK 500

/* Exit codes of a child. */
#define EXIT_SUBSCRIBED 7
#define HUNG            99

static int exits = EXITS;

/* The subscription keeps the DLL loaded, and can be ended after it has been loaded again. Once it has
 * ended, nothing does. */
static void test_FreeLibrary(void **state)
{
    int i;

    (void)state;
    napagent_install();
    for (i = 0; i < UNLOADS; i++)
    {
        load_notifier();
        assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
        unload_notifier();
        assert_true(is_notifier_loaded());
        if (i == 0)
        {
            napagent_start();
            assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
        }
        load_notifier();
        assert_int_equal(initialize(napNotifyTypeServiceState, event), ALREADY_INITIALIZED);
        uninitialize(napNotifyTypeServiceState);
        unload_notifier();
        assert_notifier_gets_unloaded();
    }
}

/* The client subscribes an event of this name. */
static HMODULE load_client(void)
{
    CloseHandle(event);
    event = CreateEventW(NULL, FALSE, FALSE, L"qutil-test-client");
    return LoadLibraryW(L"notifier_client.dll");
}

static void test_in_DllMain(void **state)
{
    HMODULE client;
    int i;

    (void)state;
    napagent_install();
    for (i = 0; i < 3; i++)
    {
        client = load_client();
        assert_non_null(client);
        napagent_start();
        assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
        assert_true(FreeLibrary(client));
        napagent_stop();
        assert_int_equal(WaitForSingleObject(event, 2 * LOOK), WAIT_TIMEOUT);
        assert_notifier_gets_unloaded();
    }
}

/* Returns the exit code of the child. */
static DWORD run_child(const WCHAR *how, int delay)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR program[MAX_PATH], command[MAX_PATH + 32];
    DWORD code = STILL_ACTIVE;
    int attempts = 5;

    assert_in_range(GetModuleFileNameW(NULL, program, MAX_PATH), 1, MAX_PATH - 1);
    swprintf(command, MAX_PATH + 32, L"\"%ls\" %ls %d", program, how, delay);
    while (!CreateProcessW(program, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        /* Once in some thousand times Wine 8.0 cannot start a process, and then can. */
        assert_int_equal(GetLastError(), ERROR_INTERNAL_ERROR);
        assert_true(attempts-- > 0);
        Sleep(200);
    }
    if (WaitForSingleObject(process.hProcess, END_LIMIT) != WAIT_OBJECT_0)
        TerminateProcess(process.hProcess, HUNG);
    WaitForSingleObject(process.hProcess, END_LIMIT);
    assert_true(GetExitCodeProcess(process.hProcess, &code));
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code;
}

/* Some at once, some in a look, or nearly. The state says how. */
static void test_process_exit(void **state)
{
    int i;

    napagent_install();
    for (i = 0; i < exits; i++)
        assert_int_equal(run_child(*state, i % 2 ? 0 : LOOK - 10 + i % 20), EXIT_SUBSCRIBED);
}

/* The child. Other exit codes are the test's failures. */
static int exit_subscribed(const char *how, DWORD delay)
{
    static HMODULE client; /* stays loaded to the end */

    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!strcmp(how, "detach"))
    {
        if (!(client = load_client()))
            return 1;
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_event, notifier_clean_up)

int main(int argc, char **argv)
{
    static WCHAR subscribed[] = L"return", detach[] = L"detach";
    static const struct CMUnitTest tests[] = {
        TEST(test_FreeLibrary),
        TEST(test_in_DllMain),
        {"test_process_exit_subscribed", test_process_exit, make_event, notifier_clean_up,
         subscribed},
        {"test_process_exit_DllMain_unsubscribes", test_process_exit, make_event, notifier_clean_up,
         detach},
    };

    if (argc > 2)
        return exit_subscribed(argv[1], (DWORD)strtol(argv[2], NULL, 10));
    if (argc > 1)
        exits = (int)strtol(argv[1], NULL, 10);
    if (exits <= 0)
        return 2;
    return cmocka_run_group_tests_name("notifier_lifetime", tests, napagent_prepare, NULL);
}
