/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllRegisterServer and DllUnregisterServer over a registry and files of the test's own, so
 * that each call that they make can be made to fail in turn.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "common.h"
#include "fake_registry.h"
#include "registry.h"

#include <naputil.h>

#define CLASSES     L"Software\\Classes\\CLSID"
#define CONSTRUCTOR CLASSES L"\\{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}"
#define PROCESSOR   CLASSES L"\\{AA160628-8775-46E3-837C-F7A2AE66E2F5}"
#define SERVER      L"\\InprocServer32"
#define FOLDER      REGISTRY_VARIABLE_TEXT
#define SYSTEM      L"C:\\windows\\system32"
#define OURS        FOLDER L"\\qutil.dll"
#define THEIRS      L"C:\\old\\qutil.dll"

HINSTANCE module_instance;

struct class classes[] = {
    {.clsid = &CLSID_NapSoHConstructor, .name = L"NapSoHConstructor"},
    {.clsid = &CLSID_NapSoHProcessor, .name = L"NapSoHProcessor"},
};
const size_t class_count = COUNT_OF(classes);

/* The test is built for either. */
const bool registers_over_others = REGISTERS_OVER_OTHERS;

static const WCHAR *const keys[] = {CONSTRUCTOR, PROCESSOR};

/* What can be opened, by each of its names. The current folder is ours. */
static const struct file
{
    const WCHAR *path, *final_path;
} files[] = {
    {OURS, L"\\\\?\\" OURS},
    {FOLDER L"\\QUTIL~1.DLL", L"\\\\?\\" OURS},
    {L"c:\\NEW\\Qutil.DLL", L"\\\\?\\c:\\NEW\\Qutil.DLL"},
    {L"\\old\\qutil.dll", L"\\\\?\\" THEIRS},
    {L"qutil.dll", L"\\\\?\\" OURS},
    {SYSTEM L"\\link.dll", L"\\\\?\\" OURS},
    {SYSTEM L"\\qutil.dll", L"\\\\?\\" SYSTEM L"\\qutil.dll"},
    {THEIRS, L"\\\\?\\" THEIRS},
    {OURS L"x", L"\\\\?\\" OURS L"x"},
    {L"D:\\new\\qutil.dll", L"\\\\?\\D:\\new\\qutil.dll"},
};

/* A file that may not be opened, and a folder, which may not be opened as a file. */
#define LOCKED        L"C:\\locked\\qutil.dll"
#define SYSTEM_FOLDER SYSTEM L"\\"

/* What the key of a class may name as its server: our file, one of others, or nothing. */
static const struct server
{
    const char *what;
    bool is_others;
    DWORD type;
    const WCHAR *text; /* NULL where there is no such key */
    DWORD cut;         /* bytes that are missing at the end */
} servers[] = {
    {"ours", false, REG_SZ, OURS, 0},
    {"ours, no terminator", false, REG_SZ, OURS, sizeof(WCHAR)},
    {"ours, short name", false, REG_SZ, FOLDER L"\\QUTIL~1.DLL", 0},
    {"ours, other case", false, REG_SZ, L"c:\\NEW\\Qutil.DLL", 0},
    {"ours, a link in the system folder", false, REG_SZ, L"link.dll", 0},
    {"ours, a variable", false, REG_EXPAND_SZ, REGISTRY_VARIABLE L"\\qutil.dll", 0},
    {"theirs", true, REG_SZ, THEIRS, 0},
    {"theirs, no drive", true, REG_SZ, L"\\old\\qutil.dll", 0},
    {"theirs, no terminator", true, REG_SZ, THEIRS, sizeof(WCHAR)},
    {"theirs, ours begins so", true, REG_SZ, OURS L"x", 0},
    {"theirs, a variable", true, REG_EXPAND_SZ, REGISTRY_VARIABLE L"\\qutil.dllx", 0},
    {"theirs, not to be opened", true, REG_SZ, LOCKED, 0},
    {"theirs, same serial number and index as ours", true, REG_SZ, L"D:\\new\\qutil.dll", 0},
    {"theirs in the system folder, ours in the current one", true, REG_SZ, L"qutil.dll", 0},
    {"gone", false, REG_SZ, L"C:\\gone\\qutil.dll", 0},
    {"gone from the system folder", false, REG_SZ, L"gone.dll", 0},
    {"a single character", false, REG_SZ, L"x", 0},
    {"a variable that is not expanded", false, REG_SZ, REGISTRY_VARIABLE L"\\qutil.dll", 0},
    {"empty", false, REG_SZ, L"", 0},
    {"empty, no terminator", false, REG_SZ, L"", sizeof(WCHAR)},
    {"half a character", false, REG_SZ, L"C:", 1},
    {"longer than a path", false, REG_EXPAND_SZ, L"%ENDLESS%", 0},
    {"REG_MULTI_SZ", false, REG_MULTI_SZ, THEIRS, 0},
    {"REG_BINARY", false, REG_BINARY, THEIRS, 0},
    {"REG_NONE", false, REG_NONE, THEIRS, 0},
    {"no key for a server", false, REG_SZ, NULL, 0},
};

#define OUR_SERVER     (&servers[0])
#define LINK_SERVER    (&servers[4])
#define THEIR_SERVER   (&servers[6])
#define NOBODYS_SERVER (&servers[14])
#define NO_SERVER      (&servers[COUNT_OF(servers) - 1])

static unsigned files_open;

/* Which call fails. It may leave GetLastError at 0, and all that follow may fail too. */
static unsigned calls, failing_call;
static bool silent, for_good;
static bool registry_called, registry_failed; /* in this run */
static HRESULT failure;
static DWORD error_of_thread;

/* What GetFinalPathNameByHandleW returns, where that is no success. */
static bool no_final_paths;
static DWORD final_path_length, final_path_room;

static bool fails_now(HRESULT hr)
{
    if (++calls == failing_call)
        failure = hr;
    return calls == failing_call || (for_good && failing_call && calls > failing_call);
}

const REGSAM registry_view = 0;

bool registry_fails_now(void)
{
    const bool fails = fails_now(E_ACCESSDENIED);

    registry_called = true;
    registry_failed |= calls == failing_call;
    return fails;
}

static bool fails_with_last_error(void)
{
    if (!fails_now(silent ? E_FAIL : E_ACCESSDENIED))
        return false;
    error_of_thread = silent ? ERROR_SUCCESS : ERROR_ACCESS_DENIED;
    return true;
}

static bool equal(const WCHAR *a, const WCHAR *b)
{
    return lstrlenW(a) == lstrlenW(b) && memcmp(a, b, (size_t)lstrlenW(a) * sizeof(*a)) == 0;
}

DWORD WINAPI GetLastError(void)
{
    return error_of_thread;
}

UINT WINAPI GetSystemDirectoryW(WCHAR *path, UINT length)
{
    assert_int_equal(length, MAX_PATH);
    if (fails_with_last_error())
        return 0;
    lstrcpyW(path, SYSTEM);
    return (UINT)lstrlenW(path);
}

DWORD WINAPI GetModuleFileNameW(HMODULE module, WCHAR *path, DWORD length)
{
    assert_ptr_equal(module, module_instance);
    assert_int_equal(length, MAX_PATH);
    if (fails_with_last_error())
        return silent ? length : 0;
    lstrcpyW(path, OURS);
    return (DWORD)lstrlenW(path);
}

/* Our own file is opened before the registry is called. That another cannot be opened is no failure. */
HANDLE WINAPI CreateFileW(const WCHAR *path, DWORD access, DWORD share,
                          SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                          HANDLE template)
{
    size_t i;

    (void)access, (void)security, (void)flags, (void)template;
    assert_int_equal(share, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE);
    assert_int_equal(disposition, OPEN_EXISTING);
    if (!registry_called && fails_with_last_error())
        return INVALID_HANDLE_VALUE;
    for (i = 0; i < COUNT_OF(files); i++)
    {
        if (!equal(path, files[i].path))
            continue;
        files_open++;
        return (HANDLE)&files[i];
    }
    error_of_thread = equal(path, LOCKED) || equal(path, SYSTEM_FOLDER) ? ERROR_ACCESS_DENIED
                                                                        : ERROR_FILE_NOT_FOUND;
    return INVALID_HANDLE_VALUE;
}

DWORD WINAPI GetFinalPathNameByHandleW(HANDLE file, WCHAR *path, DWORD length, DWORD flags)
{
    assert_in_range(length, MAX_PATH, 32768);
    assert_int_equal(flags, 0);
    final_path_room = length;
    if (no_final_paths)
        return final_path_length;
    lstrcpyW(path, ((const struct file *)file)->final_path);
    return (DWORD)lstrlenW(path);
}

BOOL WINAPI CloseHandle(HANDLE handle)
{
    assert_non_null(handle);
    files_open--;
    return TRUE;
}

/* The result is the usual one, unless the nth call fails. */
static void call(HRESULT(WINAPI *function)(void), unsigned nth, HRESULT usual)
{
    HRESULT hr;

    calls = 0;
    registry_called = registry_failed = false;
    failing_call = nth;
    failure = usual;
    hr = function();
    failing_call = 0;
    assert_int_equal(hr, failure);
    assert_int_equal(registry_handles(), 0);
    assert_int_equal(files_open, 0);
}

static void add_text(const WCHAR *key, const WCHAR *name, const WCHAR *text)
{
    registry_add_value(key, name, REG_SZ, text, ((DWORD)lstrlenW(text) + 1) * sizeof(*text));
}

static const WCHAR *server_key(size_t class)
{
    static WCHAR key[sizeof(CONSTRUCTOR SERVER) / sizeof(WCHAR)];

    return lstrcatW(lstrcpyW(key, keys[class]), SERVER);
}

static void add_class(size_t class, const struct server *server)
{
    const WCHAR *key = server_key(class);

    registry_add_key(keys[class]);
    add_text(keys[class], L"", L"Of old");
    if (!server->text)
        return;
    registry_add_key(key);
    registry_add_value(key, L"", server->type, server->text,
                       ((DWORD)lstrlenW(server->text) + 1) * (DWORD)sizeof(WCHAR) - server->cut);
    add_text(key, L"ThreadingModel", L"Apartment");
}

/* The classes with these servers, where they are not NULL, and a key beside them. */
static void make_registry(const struct server *constructor, const struct server *processor)
{
    registry_open();
    registry_add_key(CLASSES L"\\{0}");
    if (constructor)
        add_class(0, constructor);
    if (processor)
        add_class(1, processor);
}

/* The registry that is saved is the one with both classes registered. */
static void save_registered(void)
{
    size_t i;

    make_registry(OUR_SERVER, OUR_SERVER);
    for (i = 0; i < class_count; i++)
    {
        add_text(keys[i], L"", classes[i].name);
        add_text(server_key(i), L"", OURS);
        add_text(server_key(i), L"ThreadingModel", L"Both");
    }
    registry_save();
}

/* As it was saved, after a call that found these servers there. */
static void assert_saved(const struct server *constructor, const struct server *processor)
{
    if (!registry_is_saved())
        fail_msg("the registry is another; server of the constructor: %s; of the processor: %s",
                 constructor ? constructor->what : "none", processor ? processor->what : "none");
}

/* Makes the registry, calls the function twice, and expects what is saved. */
static void call_twice(HRESULT(WINAPI *function)(void), const struct server *constructor,
                       const struct server *processor, HRESULT usual)
{
    unsigned i;

    make_registry(constructor, processor);
    for (i = 0; i < 2; i++)
    {
        call(function, 0, usual);
        assert_saved(constructor, processor);
    }
}

static void test_DllRegisterServer_over_what_is_there(void **state)
{
    size_t i;

    (void)state;
    save_registered();
    call_twice(DllRegisterServer, NULL, NULL, S_OK);
    for (i = 0; i < COUNT_OF(servers); i++)
    {
        if (servers[i].is_others && !registers_over_others)
            continue;
        call_twice(DllRegisterServer, OUR_SERVER, &servers[i], S_OK);
        call_twice(DllRegisterServer, &servers[i], NOBODYS_SERVER, S_OK);
    }
}

static void call_refused(const struct server *constructor, const struct server *processor)
{
    make_registry(constructor, processor);
    registry_save();
    call_twice(DllRegisterServer, constructor, processor,
               HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED));
}

static void test_DllRegisterServer_refuses(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(servers); i++)
    {
        if (!servers[i].is_others || registers_over_others)
            continue;
        call_refused(OUR_SERVER, &servers[i]);
        call_refused(&servers[i], NOBODYS_SERVER);
    }
}

/* The second time there is nothing to remove, which is no failure. */
static void test_DllUnregisterServer_leaves_others(void **state)
{
    size_t i, j;

    (void)state;
    for (i = 0; i < COUNT_OF(servers); i++)
    {
        for (j = 0; j < COUNT_OF(servers); j++)
        {
            make_registry(servers[i].is_others ? &servers[i] : NULL,
                          servers[j].is_others ? &servers[j] : NULL);
            registry_save();
            call_twice(DllUnregisterServer, &servers[i], &servers[j], S_OK);
        }
    }
}

static void test_DllUnregisterServer_removes_all_below_a_class(void **state)
{
    (void)state;
    make_registry(NULL, NULL);
    registry_save();
    make_registry(OUR_SERVER, OUR_SERVER);
    registry_add_key(CONSTRUCTOR SERVER L"\\Foreign");
    add_text(PROCESSOR, L"AppID", L"{0}");
    call(DllUnregisterServer, 0, S_OK);
    assert_saved(OUR_SERVER, OUR_SERVER);
}

/* Then the path itself counts, in any case. What has another form is taken for another file. */
static void test_no_final_paths(void **state)
{
    static const struct server *const cases[] = {&servers[0], &servers[3], NOBODYS_SERVER,
                                                 &servers[2], THEIR_SERVER};
    size_t i;

    (void)state;
    no_final_paths = true;
    for (i = 0; i < 2 * COUNT_OF(cases); i++)
    {
        final_path_length = i % 2 ? final_path_room : 0;
        make_registry(i / 2 < 3 ? NULL : cases[i / 2], NULL);
        registry_save();
        call_twice(DllUnregisterServer, cases[i / 2], NULL, S_OK);
    }
    no_final_paths = false;
}

/* The classes are there that were there before. */
static void assert_registering_failed(const struct server *const was[2])
{
    size_t i;

    for (i = 0; i < COUNT_OF(keys); i++)
        assert_int_equal(registry_has_key(keys[i]), was[i] != NULL);
    if (!was[0] && !was[1])
        assert_saved(NULL, NULL);
}

/* One class could not be removed, and the other was. */
static void assert_unregistering_failed(const struct server *const was[2])
{
    if (was[0] && was[1])
        assert_int_equal(registry_has_key(CONSTRUCTOR) + registry_has_key(PROCESSOR), 1);
}

static void call_failing(bool registers, const struct server *const was[2], unsigned nth)
{
    const bool refuses = registers && was[1] == THEIR_SERVER && !registers_over_others;

    make_registry(was[0], was[1]);
    registry_save();
    call(registers ? DllRegisterServer : DllUnregisterServer, nth,
         refuses ? HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED) : S_OK);
    if (calls < nth || for_good)
        return;
    if (!registry_failed || refuses)
        assert_saved(was[0], was[1]);
    else if (registers)
        assert_registering_failed(was);
    else
        assert_unregistering_failed(was);
}

/* Whatever fails: the failure is reported as it is, nothing is leaked, and what can be done is done. */
static void test_each_call_fails_in_turn(void **state)
{
    static const struct server *const cases[][2] = {
        {NULL, NULL},           {OUR_SERVER, OUR_SERVER}, {NO_SERVER, NULL},
        {NULL, NOBODYS_SERVER}, {NULL, THEIR_SERVER},     {LINK_SERVER, NULL},
    };
    unsigned nth, mode;
    size_t i;

    (void)state;
    for (i = 0; i < 2 * COUNT_OF(cases); i++)
    {
        for (mode = 0; mode < 3; mode++)
        {
            silent = mode == 1;
            for_good = mode == 2;
            nth = 0;
            do
                call_failing(i % 2 == 0, cases[i / 2], ++nth);
            while (calls >= nth); /* Then there are fewer. */
            assert_in_range(nth, 5, 50);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_DllRegisterServer_over_what_is_there),
    cmocka_unit_test(test_DllRegisterServer_refuses),
    cmocka_unit_test(test_DllUnregisterServer_leaves_others),
    cmocka_unit_test(test_DllUnregisterServer_removes_all_below_a_class),
    cmocka_unit_test(test_no_final_paths),
    cmocka_unit_test(test_each_call_fails_in_turn),
};

const struct test_group test_register = {
    .name = "register",
    .tests = tests,
    .count = COUNT_OF(tests),
};
