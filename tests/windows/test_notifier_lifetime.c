/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier when DLLs are loaded and unloaded, when threads and processes end, and where a key of the
 * service was left.
 */
#include "test.h"

#include <string.h>

#include <windows.h>
#include <naputil.h>

#include "dll.h"
#include "napagent.h"
#include "process.h"
#include "threads.h"

#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

#define SERVICE_KEY L"SYSTEM\\CurrentControlSet\\Services\\napagent"

enum
{
    EXITS = 4, /* of each kind */
    TURNS = 10,
    CALLING_THREADS = 4,
    MOST_IDS = 20000,
    END_LIMIT = 20000, /* milliseconds: how long what ends by itself may take */
    DELAY = 400        /* longer than it takes to subscribe */
};

typedef SC_HANDLE(WINAPI *open_function)(SC_HANDLE manager, const WCHAR *name, DWORD access);

/* notifier_client.dll subscribes the event of this name. */
static HANDLE event;

static int set_up(void **state)
{
    event = CreateEventW(NULL, FALSE, FALSE, L"qutil-test-client");
    return event ? napagent_begin(state) : -1;
}

/* Fails where the service is not ours. Its key is. */
static int set_up_key(void **state)
{
    const int result = set_up(state);

    napagent_install();
    napagent_delete();
    return result;
}

static int tear_down(void **state)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
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

/* Every Windows 10 has this key of the service without the service. It goes with the service. */
static void test_key_left_without_service(void **state)
{
    HKEY key;

    (void)state;
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, SERVICE_KEY L"\\Qecs\\79621", 0, NULL, 0,
                                     KEY_WRITE, NULL, &key, NULL),
                     ERROR_SUCCESS);
    RegCloseKey(key);
    assert_subscribes();
    assert_int_equal(WaitForSingleObject(event, TWO_LOOKS), WAIT_TIMEOUT);
    napagent_install();
    napagent_start();
    assert_gets_set();
    napagent_stop();
    assert_gets_set();
}

/* Where the test has failed, the key is still there. */
static int tear_down_key(void **state)
{
    const int result = tear_down(state);

    RegDeleteTreeW(HKEY_LOCAL_MACHINE, SERVICE_KEY);
    return result;
}

/* The test's own functions are those of a DLL that nobody but they has loaded. */
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
    Sleep(TWO_LOOKS);
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
    assert_int_equal(WaitForSingleObject(event, TWO_LOOKS), WAIT_TIMEOUT);
    client = load_client();
    assert_non_null(client);
    assert_true(FreeLibrary(client));
}

/* A client that finds its type subscribed does not load. */
static void subscribe_or_load(struct thread *thread)
{
    const NapNotifyType type =
        thread->number % 2 ? napNotifyTypeQuarState : napNotifyTypeServiceState;
    int i;

    for (i = 0; i < TURNS; i++)
    {
        if (thread->number == 0)
        {
            FreeLibrary(load_client());
            continue;
        }
        switch (InitializeNapAgentNotifier(type, event))
        {
        case S_OK:
        case ALREADY_INITIALIZED:
            UninitializeNapAgentNotifier(type);
            break;
        default:
            thread->failure = "it cannot subscribe";
        }
    }
}

/* The client's DllMain holds the loader lock. */
static void test_in_DllMain_while_others_subscribe(void **state)
{
    (void)state;
    run_threads(subscribe_or_load, NULL);
    assert_subscribes();
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

/* Where qutil.dll has the address of the function. */
static uintptr_t *find_import(const char *name)
{
    BYTE *base = (BYTE *)GetModuleHandleA(dll_name());
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
    return (DWORD)InitializeNapAgentNotifier(napNotifyTypeQuarState, event);
}

/* Returns a thread that subscribes, in the midst of its look. */
static HANDLE subscribe_late(void (*in_look)(void), DWORD *id)
{
    HANDLE thread = CreateThread(NULL, 0, subscribe, NULL, CREATE_SUSPENDED, id);
    uintptr_t *import;

    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    import = find_import("OpenServiceW");
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

static DWORD await_end(HANDLE thread)
{
    DWORD code;

    assert_int_equal(WaitForSingleObject(thread, END_LIMIT), WAIT_OBJECT_0);
    assert_true(GetExitCodeThread(thread, &code));
    CloseHandle(thread);
    return code;
}

static void wait_for_loader_lock(void)
{
    HMODULE found;

    Sleep(DELAY);
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, L"kernel32.dll", &found);
}

/* It waits for the loader lock, while the client's DllMain, which holds that, waits for its turn. */
static void test_in_DllMain_during_a_look(void **state)
{
    DWORD id;
    HANDLE thread = subscribe_late(wait_for_loader_lock, &id);
    HMODULE client = load_client();

    (void)state;
    assert_non_null(client);
    assert_int_equal(await_end(thread), S_OK);
    assert_true(FreeLibrary(client));
}

static void wait_for_ever(void)
{
    Sleep(INFINITE);
}

static DWORD WINAPI do_nothing(void *unused)
{
    (void)unused;
    return 0;
}

/* Returns a suspended thread that has this id. */
static HANDLE use_id_again(DWORD id)
{
    int i;

    for (i = 0; i < MOST_IDS; i++)
    {
        DWORD new_id = 0;
        HANDLE thread = CreateThread(NULL, 0, do_nothing, NULL, CREATE_SUSPENDED, &new_id);

        if (new_id == id)
            return thread;
        ResumeThread(thread);
        await_end(thread);
    }
    fail_msg("no thread gets the id %lx again", id);
    return NULL;
}

static void test_thread_ended_in_its_look(void **state)
{
    DWORD id, fastest = INFINITE;
    HANDLE thread = subscribe_late(wait_for_ever, &id);
    int i;

    (void)state;
    assert_true(TerminateThread(thread, 0));
    await_end(thread);
    thread = use_id_again(id);
    for (i = 0; i < 3; i++)
    {
        const DWORD start = GetTickCount();

        assert_subscribes();
        if (GetTickCount() - start < fastest)
            fastest = GetTickCount() - start;
        UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    }
    assert_in_range(fastest, 0, DELAY);
    ResumeThread(thread);
    await_end(thread);
}

/* The three tests that follow leave their subscription to the end of the process, which comes at once,
 * or in a look, or nearly. */
static void end_soon(void)
{
    const DWORD now = GetTickCount();

    Sleep(now % 2 ? 0 : LOOK - 10 + now % 20);
}

static void test_exit_subscribed(void **state)
{
    (void)state;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    assert_subscribes();
    assert_int_equal(InitializeNapAgentNotifier(napNotifyTypeQuarState, event), S_OK);
    end_soon();
}

static void test_exit_DllMain_unsubscribes(void **state)
{
    (void)state;
    assert_non_null(load_client());
    end_soon();
}

static DWORD WINAPI call_for_ever(void *unused)
{
    while (!unused)
        UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    return 0;
}

static void test_exit_while_others_call(void **state)
{
    int i;

    (void)state;
    assert_non_null(load_client());
    for (i = 0; i < CALLING_THREADS; i++)
        CloseHandle(CreateThread(NULL, 0, call_for_ever, NULL, 0, NULL));
    end_soon();
}

/* Some of each kind, while the service is installed. */
static void test_exits(void **state)
{
    static const WCHAR *const arguments[] = {
        L"--run notifier_lifetime.test_exit_subscribed",
        L"--run notifier_lifetime.test_exit_DllMain_unsubscribes",
        L"--run notifier_lifetime.test_exit_while_others_call",
    };
    static char output[4096];
    size_t i;

    (void)state;
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
    cmocka_unit_test_setup_teardown(test_key_left_without_service, set_up_key, tear_down_key),
    TEST(test_FreeLibrary),
    TEST(test_in_DllMain),
    TEST(test_in_DllMain_while_others_subscribe),
    TEST(test_in_DllMain_during_a_look),
    TEST(test_thread_ended_in_its_look),
    cmocka_unit_test(test_exit_subscribed),
    cmocka_unit_test(test_exit_DllMain_unsubscribes),
    cmocka_unit_test(test_exit_while_others_call),
    TEST(test_exits),
};

const struct test_group test_notifier_lifetime = {
    .name = "notifier_lifetime",
    .tests = tests,
    .count = COUNT_OF(tests),
    .dll = "qutil.dll",
    .own = true,
};
