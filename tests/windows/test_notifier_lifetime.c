/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the notifier leaves behind: after many subscriptions, when the DLL is unloaded, when the
 * process exits. Loads qutil.dll by name, to be able to unload it.
 *
 * With a number as its argument, it subscribes and unsubscribes that many times instead of 500: some
 * 20 ms each in Wine. As a child of itself, with the name of a way to exit, it exits with a live
 * subscription.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

#include <windows.h>
#include <tlhelp32.h>
#include <naputil.h>

#include "napagent.h"

#define CYCLES       500
#define UNLOADS      200
#define WARM_UP      50
#define ROUNDS       5
#define NOTICE_LIMIT 2000
/* How long, in milliseconds, what ends by itself may take. */
#define END_LIMIT           20000
#define PAUSE               5
#define HANDLE_LIMIT        0x20000
#define THREADS             4
#define TURNS               300
#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

typedef HRESULT(WINAPI *initialize_function)(NapNotifyType type, HANDLE event);
typedef VOID(WINAPI *uninitialize_function)(NapNotifyType type);
typedef HRESULT (*subscribe_function)(HANDLE event);

struct usage
{
    unsigned handles;
    unsigned threads;
    size_t heap;
};

/* Of subscribing and unsubscribing. */
static int cycles = CYCLES;

static HMODULE module;
static initialize_function initialize;
static uninitialize_function uninitialize;
static HANDLE event;

static void load(void)
{
    module = LoadLibraryW(L"qutil.dll");
    assert_non_null(module);
    initialize =
        (initialize_function)(uintptr_t)GetProcAddress(module, "InitializeNapAgentNotifier");
    uninitialize =
        (uninitialize_function)(uintptr_t)GetProcAddress(module, "UninitializeNapAgentNotifier");
    assert_true(initialize && uninitialize);
}

static void unload(void)
{
    assert_true(FreeLibrary(module));
}

static BOOL is_loaded(void)
{
    return GetModuleHandleW(L"qutil.dll") != NULL;
}

static void assert_gets_unloaded(void)
{
    DWORD start = GetTickCount();

    while (is_loaded() && GetTickCount() - start < END_LIMIT)
        Sleep(PAUSE);
    assert_false(is_loaded());
}

static int make_event(void **state)
{
    (void)state;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    return event ? 0 : -1;
}

/* A test that fails leaves its references to the DLL behind. */
static int clean_up(void **state)
{
    if (is_loaded())
    {
        load();
        uninitialize(napNotifyTypeServiceState);
        uninitialize(napNotifyTypeQuarState);
    }
    while (is_loaded())
        FreeLibrary(module);
    CloseHandle(event);
    return napagent_clean_up(state);
}

/* GetProcessHandleCount is 0 in Wine 8.0. */
static unsigned count_handles(void)
{
    unsigned count = 0;
    uintptr_t value;
    DWORD flags;

    for (value = 4; value < HANDLE_LIMIT; value += 4)
        count += GetHandleInformation((HANDLE)value, &flags) != 0;
    return count;
}

static unsigned count_threads(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    unsigned count = 0;
    BOOL more;

    assert_ptr_not_equal(snapshot, INVALID_HANDLE_VALUE);
    for (more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        count += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    return count;
}

static size_t sum_heap(void)
{
    PROCESS_HEAP_ENTRY entry = {0};
    size_t sum = 0;

    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
    {
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY)
            sum += entry.cbData;
    }
    HeapUnlock(GetProcessHeap());
    return sum;
}

static struct usage measure(void)
{
    struct usage usage = {count_handles(), count_threads(), sum_heap()};

    return usage;
}

static void print_usage(const char *what, struct usage before, struct usage after)
{
    print_message("%s: handles %u -> %u, threads %u -> %u, heap %lu -> %lu bytes\n", what,
                  before.handles, after.handles, before.threads, after.threads,
                  (unsigned long)before.heap, (unsigned long)after.heap);
}

/* Less than one of each for every two times. What Wine's RPC keeps open varies by a few. */
static void assert_no_growth(const char *what, struct usage before)
{
    struct usage after = measure();

    print_usage(what, before, after);
    assert_in_range(after.handles, 0, before.handles + UNLOADS / 2);
    assert_int_equal(after.threads, before.threads);
    assert_in_range(after.heap, 0, before.heap + UNLOADS);
}

static void cycle(int count)
{
    while (count--)
    {
        assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
        if (count % 2)
            assert_int_equal(initialize(napNotifyTypeQuarState, event), S_OK);
        uninitialize(napNotifyTypeServiceState);
        uninitialize(napNotifyTypeQuarState);
    }
}

/* Now and then Wine's RPC opens a connection more, or closes one. A leak would show every time. */
static void assert_cycles_leave_nothing(const char *what)
{
    struct usage before, after;
    int round;

    cycle(WARM_UP);
    for (round = 0; round < ROUNDS; round++)
    {
        before = measure();
        cycle(cycles);
        after = measure();
        print_message("%d cycles, ", cycles);
        print_usage(what, before, after);
        if (after.handles == before.handles)
            break;
    }
    assert_int_equal(after.handles, before.handles);
    assert_int_equal(after.threads, before.threads);
    assert_in_range(after.heap, 0, before.heap + (size_t)cycles);
}

static void test_no_growth_service_absent(void **state)
{
    (void)state;
    load();
    assert_cycles_leave_nothing("service absent");
    unload();
}

static void test_no_growth_service_installed(void **state)
{
    (void)state;
    napagent_install();
    load();
    assert_cycles_leave_nothing("service installed");
    unload();
}

static void test_no_growth_subscription_refused(void **state)
{
    HANDLE closed = CreateEventW(NULL, FALSE, FALSE, NULL);
    struct usage before;
    int i;

    (void)state;
    CloseHandle(closed);
    load();
    cycle(WARM_UP);
    before = measure();
    for (i = 0; i < UNLOADS; i++)
        assert_int_equal(initialize(napNotifyTypeServiceState, closed), E_FAIL);
    assert_int_equal(count_threads(), before.threads);
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    for (i = 0; i < UNLOADS; i++)
        assert_int_equal(initialize(napNotifyTypeServiceState, event), ALREADY_INITIALIZED);
    uninitialize(napNotifyTypeServiceState);
    assert_no_growth("200 refused subscriptions", before);
    unload();
}

static void test_one_thread_for_both(void **state)
{
    unsigned before;

    (void)state;
    load();
    cycle(WARM_UP);
    before = count_threads();
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    assert_int_equal(count_threads(), before + 1);
    assert_int_equal(initialize(napNotifyTypeQuarState, event), S_OK);
    assert_int_equal(count_threads(), before + 1);
    uninitialize(napNotifyTypeServiceState);
    assert_int_equal(count_threads(), before + 1);
    uninitialize(napNotifyTypeQuarState);
    assert_int_equal(count_threads(), before);
    unload();
}

/* The subscription keeps the DLL loaded, and can be ended after it has been loaded again. */
static void test_FreeLibrary_subscribed(void **state)
{
    struct usage before;
    int i;

    (void)state;
    napagent_install();
    load();
    cycle(WARM_UP);
    before = measure();
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    for (i = 0; i < UNLOADS; i++)
    {
        unload();
        assert_true(is_loaded());
        load();
        assert_int_equal(initialize(napNotifyTypeServiceState, event), ALREADY_INITIALIZED);
        if (i % 2)
        {
            uninitialize(napNotifyTypeServiceState);
            assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
        }
    }
    unload();
    napagent_start();
    assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
    load();
    uninitialize(napNotifyTypeServiceState);
    assert_no_growth("200 times FreeLibrary, subscribed", before);
    unload();
    assert_gets_unloaded();
}

static void test_FreeLibrary_just_unsubscribed(void **state)
{
    int i;

    (void)state;
    napagent_install();
    for (i = 0; i < UNLOADS; i++)
    {
        load();
        assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
        uninitialize(napNotifyTypeServiceState);
        unload();
        assert_false(is_loaded());
    }
}

static HMODULE load_client(void)
{
    HMODULE client = LoadLibraryW(L"notifier_client.dll");
    subscribe_function subscribe;

    assert_non_null(client);
    subscribe = (subscribe_function)(uintptr_t)GetProcAddress(client, "subscribe");
    assert_true(subscribe != NULL);
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
        assert_gets_unloaded();
    }
}

static DWORD WINAPI take_turns(void *argument)
{
    NapNotifyType type = argument ? napNotifyTypeQuarState : napNotifyTypeServiceState;
    int i;

    for (i = 0; i < TURNS; i++)
    {
        HRESULT hr = initialize(type, event);

        if (hr != S_OK && hr != ALREADY_INITIALIZED)
            return 1;
        uninitialize(type);
    }
    return 0;
}

static void test_concurrent_calls(void **state)
{
    HANDLE threads[THREADS];
    struct usage before;
    DWORD code = 1;
    int i;

    (void)state;
    napagent_install();
    load();
    cycle(WARM_UP);
    before = measure();
    for (i = 0; i < THREADS; i++)
    {
        threads[i] = CreateThread(NULL, 0, take_turns, i % 2 ? &threads[i] : NULL, 0, NULL);
        assert_non_null(threads[i]);
    }
    assert_int_equal(WaitForMultipleObjects(THREADS, threads, TRUE, 120000), WAIT_OBJECT_0);
    for (i = 0; i < THREADS; i++)
    {
        assert_true(GetExitCodeThread(threads[i], &code));
        assert_int_equal(code, 0);
        CloseHandle(threads[i]);
    }
    assert_no_growth("4 threads at once", before);
    cycle(1);
    unload();
}

static void exits(const WCHAR *how)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR program[MAX_PATH], command[MAX_PATH + 32];
    DWORD code = STILL_ACTIVE;

    assert_in_range(GetModuleFileNameW(NULL, program, MAX_PATH), 1, MAX_PATH - 1);
    swprintf(command, MAX_PATH + 32, L"\"%ls\" %ls", program, how);
    assert_true(
        CreateProcessW(program, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process));
    if (WaitForSingleObject(process.hProcess, END_LIMIT) != WAIT_OBJECT_0)
        TerminateProcess(process.hProcess, 99);
    WaitForSingleObject(process.hProcess, END_LIMIT);
    assert_true(GetExitCodeProcess(process.hProcess, &code));
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    assert_int_equal(code, 7);
}

/* Wine 8.0 finds that a process which waited for a notification is gone when it has one for it, and
 * till then counts the service as open, so that it cannot be deleted. */
static void exit_ten_times(const WCHAR *how)
{
    int i;

    napagent_install();
    for (i = 0; i < 10; i++)
        exits(how);
    napagent_start();
    napagent_stop();
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

/* The child. Exit codes other than 7 are the test's failures. */
static int exit_subscribed(const char *how)
{
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!strcmp(how, "detach"))
    {
        load_client();
        return 7;
    }
    load();
    return SUCCEEDED(initialize(napNotifyTypeServiceState, event)) &&
                   SUCCEEDED(initialize(napNotifyTypeQuarState, event))
               ? 7
               : 1;
}

#define lifetime_test(function) cmocka_unit_test_setup_teardown(function, make_event, clean_up)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        lifetime_test(test_no_growth_service_absent),
        lifetime_test(test_no_growth_service_installed),
        lifetime_test(test_no_growth_subscription_refused),
        lifetime_test(test_one_thread_for_both),
        lifetime_test(test_FreeLibrary_subscribed),
        lifetime_test(test_FreeLibrary_just_unsubscribed),
        lifetime_test(test_Uninitialize_in_DllMain),
        lifetime_test(test_concurrent_calls),
        lifetime_test(test_process_exit_subscribed),
        lifetime_test(test_process_exit_DllMain_unsubscribes),
    };

    if (argc > 1 && atoi(argv[1]) > 0)
        cycles = atoi(argv[1]);
    else if (argc > 1)
        return exit_subscribed(argv[1]);
    return cmocka_run_group_tests_name("notifier_lifetime", tests, napagent_prepare,
                                       napagent_clean_up);
}
