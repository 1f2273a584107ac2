/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier when the DLL is unloaded and when the process exits.
 *
 * As a child of itself, with the name of a way to exit, it exits with a live subscription.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

#include "loaded_notifier.h"
#include "napagent.h"
#include "usage.h"

#define UNLOADS 200
#define EXITS   10
/* Of starting a child, with a pause in milliseconds. */
#define START_ATTEMPTS 5
#define START_PAUSE    200

/* Exit codes of a child. */
#define EXIT_SUBSCRIBED 7
#define HUNG            99

typedef HRESULT (*subscribe_function)(HANDLE event);

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
        assert_false(is_notifier_loaded());
    }
}

static HMODULE load_client(void)
{
    HMODULE client = LoadLibraryW(L"notifier_client.dll");
    subscribe_function subscribe;

    assert_non_null(client);
    subscribe = (subscribe_function)(uintptr_t)GetProcAddress(client, "subscribe");
    assert_true(subscribe != NULL);
    /* assert_true returns only then. NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
    assert_int_equal(subscribe(event), S_OK);
    return client;
}

static void test_Uninitialize_in_DllMain(void **state)
{
    HMODULE client;
    DWORD start;
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
        assert_true(GetTickCount() - start < END_LIMIT);
        napagent_stop();
        assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
        assert_notifier_gets_unloaded();
    }
}

/* Returns the exit code of the child. */
static DWORD run_child(const WCHAR *how)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR program[MAX_PATH], command[MAX_PATH + 32];
    DWORD code = STILL_ACTIVE;
    int attempts = START_ATTEMPTS;

    assert_in_range(GetModuleFileNameW(NULL, program, MAX_PATH), 1, MAX_PATH - 1);
    swprintf(command, MAX_PATH + 32, L"\"%ls\" %ls", program, how);
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

static BOOL is_wine(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

/* A process may hang in Wine 8.0 when it exits while a remote call of one of its threads comes to
 * its end: NtTerminateProcess ends that thread in a mutex, and takes the mutex. It is seen once in
 * some hundred times. */
static void exit_ten_times(const WCHAR *how)
{
    const int hangs_tolerated = is_wine() ? 2 : 0;
    int exits = 0, hangs = 0;
    DWORD code;
    int i;

    napagent_install();
    for (i = 0; i < EXITS; i++)
    {
        code = run_child(how);
        exits += code == EXIT_SUBSCRIBED;
        hangs += code == HUNG;
    }
    /* Wine finds that a process which waited for a notification is gone when it has one for it, and
     * till then counts the service as open, so that it cannot be deleted. */
    napagent_start();
    napagent_stop();
    print_message("%d of %d processes exited, %d hung\n", exits, EXITS, hangs);
    assert_in_range(hangs, 0, hangs_tolerated);
    assert_int_equal(exits + hangs, EXITS);
}

static void test_process_exit_subscribed(void **state)
{
    (void)state;
    exit_ten_times(L"return");
}

static void test_process_exit_DllMain_unsubscribes(void **state)
{
    (void)state;
    exit_ten_times(L"detach");
}

/* The child. Other exit codes are the test's failures. */
static int exit_subscribed(const char *how)
{
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!strcmp(how, "detach"))
    {
        /* cppcheck-suppress leakReturnValNotUsed ; it stays loaded to the end. */
        load_client();
        return EXIT_SUBSCRIBED;
    }
    load_notifier();
    return SUCCEEDED(initialize(napNotifyTypeServiceState, event)) &&
                   SUCCEEDED(initialize(napNotifyTypeQuarState, event))
               ? EXIT_SUBSCRIBED
               : 1;
}

#define lifetime_test(function)                                                                    \
    cmocka_unit_test_setup_teardown(function, make_event, notifier_clean_up)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        lifetime_test(test_FreeLibrary_subscribed),
        lifetime_test(test_FreeLibrary_just_unsubscribed),
        lifetime_test(test_Uninitialize_in_DllMain),
        lifetime_test(test_process_exit_subscribed),
        lifetime_test(test_process_exit_DllMain_unsubscribes),
    };

    if (argc > 1)
        return exit_subscribed(argv[1]);
    return cmocka_run_group_tests_name("notifier_lifetime", tests, napagent_prepare,
                                       napagent_clean_up);
}
