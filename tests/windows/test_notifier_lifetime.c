/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier when DLLs are loaded and unloaded, and when threads and processes end.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <windows.h>
#include <naputil.h>

#include "napagent.h"
#include "process.h"

#define EXITS      10
#define LOADS      200
#define MOST_IDS   20000
#define SUBSCRIBED 7 /* the exit code of notifier_exit */

/* Milliseconds: between two looks; how soon a change is noticed at the latest; how long what ends by
 * itself may take; longer than it takes to subscribe. */
#define LOOK         500
#define NOTICE_LIMIT 20000
#define END_LIMIT    20000
#define DELAY        400

typedef HRESULT(WINAPI *initialize_function)(NapNotifyType type, HANDLE event);
typedef VOID(WINAPI *uninitialize_function)(NapNotifyType type);
typedef SC_HANDLE(WINAPI *open_function)(SC_HANDLE manager, const WCHAR *name, DWORD access);

static HMODULE module;
static initialize_function initialize;
static uninitialize_function uninitialize;
static HANDLE event;

static BOOL load(void)
{
    module = LoadLibraryW(L"qutil.dll");
    if (!module)
        return FALSE;
    initialize =
        (initialize_function)(uintptr_t)GetProcAddress(module, "InitializeNapAgentNotifier");
    uninitialize =
        (uninitialize_function)(uintptr_t)GetProcAddress(module, "UninitializeNapAgentNotifier");
    return initialize && uninitialize;
}

static void unload(void)
{
    assert_true(FreeLibrary(module));
}

static BOOL is_loaded(void)
{
    return GetModuleHandleW(L"qutil.dll") != NULL;
}

static int set_up(void **state)
{
    (void)state;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    return event && load() ? 0 : -1;
}

static int tear_down(void **state)
{
    uninitialize(napNotifyTypeServiceState);
    uninitialize(napNotifyTypeQuarState);
    FreeLibrary(module);
    CloseHandle(event);
    return napagent_clean_up(state);
}

static void assert_gets_set(void)
{
    assert_int_equal(WaitForSingleObject(event, NOTICE_LIMIT), WAIT_OBJECT_0);
}

/* The first of the tests. */
static void test_FreeLibrary(void **state)
{
    (void)state;
    napagent_install();
    assert_int_equal(initialize(napNotifyTypeServiceState, NULL), E_INVALIDARG);
    unload();
    assert_false(is_loaded());
    assert_true(load());
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    unload();
    assert_true(is_loaded());
    napagent_start();
    assert_gets_set();
    uninitialize(napNotifyTypeServiceState);
    assert_true(is_loaded());
    assert_true(load());
    assert_int_equal(initialize(napNotifyTypeServiceState, event), S_OK);
    napagent_stop();
    assert_gets_set();
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
        assert_gets_set();
        assert_true(FreeLibrary(client));
        napagent_stop();
        assert_int_equal(WaitForSingleObject(event, 2 * LOOK), WAIT_TIMEOUT);
    }
}

static volatile LONG stop;

static DWORD WINAPI subscribe_until_stopped(void *type)
{
    const NapNotifyType own = (NapNotifyType)(uintptr_t)type;

    while (!stop)
    {
        if (initialize(own, event) == S_OK)
            uninitialize(own);
    }
    return 0;
}

static DWORD WINAPI load_client_many_times(void *unused)
{
    int i;

    (void)unused;

    for (i = 0; i < LOADS; i++)
    {
        HMODULE client = LoadLibraryW(L"notifier_client.dll");

        Sleep((DWORD)i % 5);
        if (client)
            FreeLibrary(client);
    }
    stop = TRUE;
    return 0;
}

/* The client's DllMain holds the loader lock. */
static void test_in_DllMain_while_others_subscribe(void **state)
{
    HANDLE threads[5];
    uintptr_t i;

    (void)state;
    stop = FALSE;
    for (i = 0; i < COUNT_OF(threads) - 1; i++)
        threads[i] = CreateThread(NULL, 0, subscribe_until_stopped, (void *)(1 + i % 2), 0, NULL);
    threads[i] = CreateThread(NULL, 0, load_client_many_times, NULL, 0, NULL);
    assert_int_equal(WaitForMultipleObjects(COUNT_OF(threads), threads, TRUE, 3 * END_LIMIT),
                     WAIT_OBJECT_0);
    for (i = 0; i < COUNT_OF(threads); i++)
        CloseHandle(threads[i]);
}

/* What qutil.dll calls instead of OpenService: one thread does something else first. */
static open_function open_service;
static void (*in_its_look)(void);
static volatile DWORD looking_thread;
static HANDLE looks;

static SC_HANDLE WINAPI open_service_late(SC_HANDLE manager, const WCHAR *name, DWORD access)
{
    if (GetCurrentThreadId() == looking_thread)
    {
        SetEvent(looks);
        in_its_look();
    }
    return open_service(manager, name, access);
}

static uintptr_t *find_import(const char *name)
{
    BYTE *base = (BYTE *)module;
    const IMAGE_NT_HEADERS *headers = (void *)(base + ((IMAGE_DOS_HEADER *)(void *)base)->e_lfanew);
    const IMAGE_IMPORT_DESCRIPTOR *dll =
        (void *)(base + headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT]
                            .VirtualAddress);

    for (; dll->Name; dll++)
    {
        const uintptr_t *names = (void *)(base + dll->OriginalFirstThunk);
        uintptr_t *functions = (void *)(base + dll->FirstThunk);

        for (; *names; names++, functions++)
        {
            const IMAGE_IMPORT_BY_NAME *import = (void *)(base + *names);

            if (!strcmp((const char *)import->Name, name))
                return functions;
        }
    }
    return NULL;
}

static void replace_import(uintptr_t *import, uintptr_t function)
{
    DWORD protection;

    assert_non_null(import);
    assert_true(VirtualProtect(import, sizeof(*import), PAGE_READWRITE, &protection));
    *import = function;
    assert_true(VirtualProtect(import, sizeof(*import), protection, &protection));
}

static DWORD WINAPI subscribe(void *unused)
{
    (void)unused;
    return (DWORD)initialize(napNotifyTypeQuarState, event);
}

/* Returns a thread that subscribes, in the midst of its look. */
static HANDLE subscribe_late(void (*in_look)(void), DWORD *id)
{
    uintptr_t *import = find_import("OpenServiceW");
    HANDLE thread = CreateThread(NULL, 0, subscribe, NULL, CREATE_SUSPENDED, id);

    assert_non_null(thread);
    looks = CreateEventW(NULL, FALSE, FALSE, NULL);
    in_its_look = in_look;
    looking_thread = *id;
    open_service = (open_function)*import;
    replace_import(import, (uintptr_t)open_service_late);
    ResumeThread(thread);
    assert_int_equal(WaitForSingleObject(looks, END_LIMIT), WAIT_OBJECT_0);
    CloseHandle(looks);
    replace_import(import, (uintptr_t)open_service);
    return thread;
}

static void wait_for_loader_lock(void)
{
    HMODULE found;

    Sleep(DELAY);
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, L"kernel32.dll", &found);
}

static DWORD WINAPI load_client_once(void *unused)
{
    HMODULE client = load_client();

    (void)unused;
    return client != NULL;
}

/* It waits for the loader lock, while the client's DllMain, which holds that, waits for its turn. */
static void test_in_DllMain_during_a_look(void **state)
{
    DWORD id, code;
    HANDLE threads[] = {subscribe_late(wait_for_loader_lock, &id),
                        CreateThread(NULL, 0, load_client_once, NULL, 0, NULL)};

    (void)state;
    assert_int_equal(WaitForMultipleObjects(2, threads, TRUE, END_LIMIT), WAIT_OBJECT_0);
    assert_true(GetExitCodeThread(threads[0], &code));
    assert_int_equal(code, S_OK);
    assert_true(GetExitCodeThread(threads[1], &code));
    assert_true(code);
    assert_true(FreeLibrary(GetModuleHandleW(L"notifier_client.dll")));
    CloseHandle(threads[0]);
    CloseHandle(threads[1]);
}

static void wait_for_ever(void)
{
    Sleep(INFINITE);
}

static DWORD WINAPI wait_for(void *handle)
{
    return WaitForSingleObject(handle, INFINITE);
}

/* Returns a thread that has this id, and ends when it is told to. */
static HANDLE use_id_again(DWORD id, HANDLE end)
{
    int i;

    for (i = 0; i < MOST_IDS; i++)
    {
        DWORD new_id;
        HANDLE thread = CreateThread(NULL, 0, wait_for, end, CREATE_SUSPENDED, &new_id);

        assert_non_null(thread);
        if (new_id != id)
            SetEvent(end);
        ResumeThread(thread);
        if (new_id == id)
            return thread;
        assert_int_equal(WaitForSingleObject(thread, END_LIMIT), WAIT_OBJECT_0);
        CloseHandle(thread);
    }
    fail_msg("no thread gets the id %lx again", id);
    return NULL;
}

static void test_thread_ended_in_its_look(void **state)
{
    DWORD id, fastest = INFINITE;
    HANDLE end = CreateEventW(NULL, FALSE, FALSE, NULL);
    HANDLE thread = subscribe_late(wait_for_ever, &id);
    int i;

    (void)state;
    assert_true(TerminateThread(thread, 0));
    assert_int_equal(WaitForSingleObject(thread, END_LIMIT), WAIT_OBJECT_0);
    CloseHandle(thread);
    thread = use_id_again(id, end);
    for (i = 0; i < 3; i++)
    {
        const DWORD start = GetTickCount();

        assert_int_equal(initialize(napNotifyTypeQuarState, event), S_OK);
        if (GetTickCount() - start < fastest)
            fastest = GetTickCount() - start;
        uninitialize(napNotifyTypeQuarState);
    }
    assert_in_range(fastest, 0, DELAY);
    SetEvent(end);
    assert_int_equal(WaitForSingleObject(thread, END_LIMIT), WAIT_OBJECT_0);
    CloseHandle(thread);
    CloseHandle(end);
}

/* Some at once, some in a look, or nearly. The state is the argument of the program. */
static void test_process_exit(void **state)
{
    WCHAR folder[MAX_PATH], program[MAX_PATH], command[MAX_PATH + 64];
    int i;

    napagent_install();
    assert_in_range(GetModuleFileNameW(NULL, folder, MAX_PATH), 1, MAX_PATH - 1);
    *wcsrchr(folder, L'\\') = 0;
    swprintf(program, MAX_PATH, L"%ls\\notifier_exit.exe", folder);
    for (i = 0; i < EXITS; i++)
    {
        HANDLE process;
        DWORD code;

        swprintf(command, COUNT_OF(command), L"\"%ls\" %hs %d", program, (const char *)*state,
                 i % 2 ? 0 : LOOK - 10 + i % 20);
        process = process_start(program, command, NULL);
        assert_non_null(process);
        assert_true(process_wait(process, END_LIMIT, &code));
        assert_int_equal(code, SUBSCRIBED);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static const struct CMUnitTest tests[] = {
    TEST(test_FreeLibrary),
    TEST(test_in_DllMain),
    TEST(test_in_DllMain_while_others_subscribe),
    TEST(test_in_DllMain_during_a_look),
    TEST(test_thread_ended_in_its_look),
    {"test_process_exit_subscribed", test_process_exit, set_up, tear_down, "subscribed"},
    {"test_process_exit_DllMain_unsubscribes", test_process_exit, set_up, tear_down, "detach"},
    {"test_process_exit_while_others_call", test_process_exit, set_up, tear_down, "crowd"},
};

const struct test_group test_notifier_lifetime = {
    .name = "notifier_lifetime",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = napagent_prepare,
    .dll = "qutil.dll",
    .own = true,
};
