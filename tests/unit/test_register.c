/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllRegisterServer and DllUnregisterServer over a registry, files and memory of the test's own, so
 * that each call that they make can be made to fail in turn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common.h"
#include "fake_registry.h"
#include "registry.h"

#include <naputil.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define CLASSES         L"Software\\Classes\\CLSID"
#define CONSTRUCTOR     CLASSES L"\\{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}"
#define PROCESSOR       CLASSES L"\\{AA160628-8775-46E3-837C-F7A2AE66E2F5}"
#define SERVER          L"\\InprocServer32"
#define OURS            L"C:\\new\\qutil.dll"
#define OURS_SHORT      L"C:\\NEW\\QUTIL~1.DLL"
#define THEIRS          L"C:\\old\\qutil.dll"

enum
{
    TEXT_LENGTH = 96,
    PATH_LENGTH = 32768
};

HINSTANCE module_instance;

struct class classes[] = {
    {.clsid = &CLSID_NapSoHConstructor, .name = L"NapSoHConstructor"},
    {.clsid = &CLSID_NapSoHProcessor, .name = L"NapSoHProcessor"},
};
const size_t class_count = COUNT_OF(classes);

/* The test is built for either. */
const bool registers_over_others = REGISTERS_OVER_OTHERS;

static unsigned files_open, files_asked, blocks;
static ULONG_PTR theirs_asked;

/* Which call fails. Then it may be silent, if it is one that speaks through GetLastError, or all
 * that follow may fail too. */
static unsigned calls, failing_call;
static bool silent, for_good;
static HRESULT failure;
static DWORD error_of_thread;

static bool fails_now(HRESULT hr)
{
    if (++calls == failing_call)
        failure = hr;
    return calls == failing_call || (for_good && failing_call && calls > failing_call);
}

const REGSAM registry_view = 0;

bool registry_fails_now(void)
{
    return fails_now(E_ACCESSDENIED);
}

static bool fails_with_last_error(void)
{
    if (!fails_now(silent ? E_FAIL : E_ACCESSDENIED))
        return false;
    if (!silent)
        error_of_thread = ERROR_ACCESS_DENIED;
    return true;
}

static bool equal(const WCHAR *a, const WCHAR *b)
{
    return lstrlenW(a) == lstrlenW(b) && memcmp(a, b, (size_t)lstrlenW(a) * sizeof(*a)) == 0;
}

static bool begins(const WCHAR *text, const WCHAR *with)
{
    return lstrlenW(text) >= lstrlenW(with) &&
           memcmp(text, with, (size_t)lstrlenW(with) * sizeof(*with)) == 0;
}

void *WINAPI CoTaskMemAlloc(SIZE_T size)
{
    if (fails_now(E_OUTOFMEMORY))
        return NULL;
    blocks++;
    return malloc(size);
}

void WINAPI CoTaskMemFree(void *block)
{
    blocks -= block != NULL;
    free(block);
}

void WINAPI SetLastError(DWORD error)
{
    error_of_thread = error;
}

DWORD WINAPI GetLastError(void)
{
    return error_of_thread;
}

DWORD WINAPI GetModuleFileNameW(HMODULE module, WCHAR *path, DWORD length)
{
    assert_ptr_equal(module, module_instance);
    assert_int_equal(length, PATH_LENGTH);
    if (fails_with_last_error())
        return silent ? length : 0;
    lstrcpyW(path, OURS);
    return (DWORD)lstrlenW(path);
}

/* The first file that is asked for is our own. That another cannot be opened is no failure. Theirs
 * differs from ours in one of three numbers, another one each time. */
HANDLE WINAPI CreateFileW(const WCHAR *path, DWORD access, DWORD share,
                          SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                          HANDLE template)
{
    (void)access, (void)security, (void)flags, (void)template;
    assert_int_equal(share, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE);
    assert_int_equal(disposition, OPEN_EXISTING);
    if (files_asked++ == 0 && fails_with_last_error())
        return INVALID_HANDLE_VALUE;
    if (!equal(path, OURS) && !equal(path, OURS_SHORT) && !equal(path, THEIRS))
        return INVALID_HANDLE_VALUE;
    files_open++;
    return equal(path, THEIRS) ? (HANDLE)(2 + theirs_asked++ % 3) : (HANDLE)1;
}

BOOL WINAPI GetFileInformationByHandle(HANDLE file, BY_HANDLE_FILE_INFORMATION *information)
{
    const ULONG_PTR number = (ULONG_PTR)file;

    if (files_asked == 1 && fails_with_last_error())
        return FALSE;
    memset(information, 0, sizeof(*information));
    information->dwVolumeSerialNumber = number == 2;
    information->nFileIndexHigh = number == 3;
    information->nFileIndexLow = number == 4;
    return TRUE;
}

BOOL WINAPI CloseHandle(HANDLE handle)
{
    assert_non_null(handle);
    files_open--;
    return TRUE;
}

/* %NEW% and %OLD% are our folder and theirs, %ENDLESS% is longer than a path can be, and the rest
 * cannot be expanded. */
DWORD WINAPI ExpandEnvironmentStringsW(const WCHAR *from, WCHAR *to, DWORD length)
{
    assert_int_equal(length, PATH_LENGTH);
    lstrcpyW(to, begins(from, L"%OLD%") ? THEIRS : OURS);
    if (begins(from, L"%NEW%") || begins(from, L"%OLD%"))
        return (DWORD)lstrlenW(to) + 1;
    return begins(from, L"%ENDLESS%") ? length + 1 : 0;
}

static void add_text(const WCHAR *key, const WCHAR *name, const WCHAR *text)
{
    registry_add_value(key, name, REG_SZ, text, ((DWORD)lstrlenW(text) + 1) * sizeof(*text));
}

/* The result is as it is wont to be, unless the nth call fails. */
static HRESULT call(HRESULT(WINAPI *function)(void), unsigned nth, HRESULT usual)
{
    HRESULT hr;

    calls = files_asked = 0;
    failing_call = nth;
    failure = usual;
    hr = function();
    failing_call = 0;
    assert_int_equal(hr, failure);
    assert_int_equal(registry_handles(), 0);
    assert_int_equal(files_open, 0);
    assert_int_equal(blocks, 0);
    return hr;
}

/* What the key of a class may name as its server. */
static const struct server
{
    bool ours;
    DWORD type;
    const WCHAR *text;
    DWORD cut; /* bytes that are missing at the end */
    bool bare; /* there is no other value */
} servers[] = {
    {true, REG_SZ, OURS, 0, false},
    {true, REG_SZ, OURS, sizeof(WCHAR), true},
    {true, REG_SZ, OURS_SHORT, 0, false},
    {true, REG_EXPAND_SZ, L"%NEW%\\qutil.dll", 0, false},
    {false, REG_SZ, THEIRS, 0, false},
    {false, REG_SZ, THEIRS, 0, true},
    {false, REG_SZ, L"C:\\gone\\qutil.dll", 0, false},
    {false, REG_SZ, L"%NEW%\\qutil.dll", 0, false},
    {false, REG_SZ, L"", sizeof(WCHAR), false},
    {false, REG_SZ, OURS L"x", sizeof(WCHAR) + 1, false},
    {false, REG_EXPAND_SZ, L"%OLD%\\qutil.dll", 0, false},
    {false, REG_EXPAND_SZ, L"%ENDLESS%", 0, false},
    {false, REG_EXPAND_SZ, L"%NONE%", 0, false},
    {false, REG_MULTI_SZ, OURS, 0, false},
};

static void add_class(const WCHAR *class, const struct server *server)
{
    WCHAR key[TEXT_LENGTH];

    lstrcpyW(key, class);
    lstrcatW(key, SERVER);
    registry_add_key(key);
    registry_add_value(key, L"", server->type, server->text,
                       (DWORD)(((size_t)lstrlenW(server->text) + 1) * sizeof(WCHAR)) - server->cut);
    if (!server->bare)
    {
        add_text(class, L"", L"Of old");
        add_text(key, L"ThreadingModel", L"Apartment");
    }
}

/* Both classes, as ours and theirs have them, and a key beside them. */
static void make_registry(const struct server *constructor, const struct server *processor)
{
    registry_open();
    registry_add_key(CLASSES L"\\{0}");
    if (constructor)
        add_class(CONSTRUCTOR, constructor);
    if (processor)
        add_class(PROCESSOR, processor);
}

static void test_DllRegisterServer_over_what_is_there(void **state)
{
    static const WCHAR *const keys[] = {CONSTRUCTOR, CONSTRUCTOR SERVER, PROCESSOR,
                                        PROCESSOR SERVER};
    size_t i;

    (void)state;
    make_registry(NULL, NULL);
    for (i = 0; i < COUNT_OF(keys); i++)
        registry_add_key(keys[i]);
    add_text(CONSTRUCTOR, L"", L"NapSoHConstructor");
    add_text(PROCESSOR, L"", L"NapSoHProcessor");
    for (i = 1; i < COUNT_OF(keys); i += 2)
    {
        add_text(keys[i], L"", OURS);
        add_text(keys[i], L"ThreadingModel", L"Both");
    }
    registry_save();
    for (i = 0; i <= COUNT_OF(servers); i++)
    {
        if (i && !servers[i - 1].ours && !registers_over_others)
            continue;
        make_registry(i ? &servers[i - 1] : NULL, &servers[0]);
        assert_int_equal(call(DllRegisterServer, 0, S_OK), S_OK);
        registry_assert_saved();
    }
}

static void test_DllRegisterServer_refuses(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(servers); i++)
    {
        if (servers[i].ours || registers_over_others)
            continue;
        make_registry(&servers[i], NULL);
        registry_save();
        call(DllRegisterServer, 0, HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED));
        registry_assert_saved();
        make_registry(&servers[0], &servers[i]);
        registry_save();
        call(DllRegisterServer, 0, HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED));
        registry_assert_saved();
    }
}

/* Each class by itself. The second time there is nothing to remove, which is no failure. */
static void test_DllUnregisterServer_removes_ours_alone(void **state)
{
    size_t i, j;

    (void)state;
    for (i = 0; i < COUNT_OF(servers); i++)
    {
        for (j = 0; j < COUNT_OF(servers); j++)
        {
            make_registry(servers[i].ours ? NULL : &servers[i],
                          servers[j].ours ? NULL : &servers[j]);
            registry_save();
            make_registry(&servers[i], &servers[j]);
            assert_int_equal(call(DllUnregisterServer, 0, S_OK), S_OK);
            registry_assert_saved();
            assert_int_equal(call(DllUnregisterServer, 0, S_OK), S_OK);
            registry_assert_saved();
        }
    }
}

/* What holds it stays too, and has nothing of ours any more. */
static void test_DllUnregisterServer_keeps_what_others_added(void **state)
{
    static const struct
    {
        const WCHAR *key, *name;
    } foreign[] = {
        {CONSTRUCTOR L"\\Foreign", NULL}, {CONSTRUCTOR SERVER L"\\Foreign", NULL},
        {PROCESSOR L"\\Foreign", NULL},   {PROCESSOR SERVER L"\\Foreign", NULL},
        {CONSTRUCTOR, L"AppID"},          {PROCESSOR SERVER, L"Foreign"},
    };
    size_t i;
    int full;

    (void)state;
    for (i = 0; i < COUNT_OF(foreign); i++)
    {
        for (full = 0; full < 2; full++)
        {
            make_registry(full ? &servers[0] : NULL, full ? &servers[0] : NULL);
            registry_add_key(foreign[i].key);
            if (foreign[i].name)
                add_text(foreign[i].key, foreign[i].name, L"stays");
            if (!full)
                registry_save();
        }
        assert_int_equal(call(DllUnregisterServer, 0, S_OK), S_OK);
        registry_assert_saved();
    }
}

/* Whatever fails: the failure is reported as it is, nothing is lost, and the registry is as before,
 * unless that cannot be. */
static void test_each_call_fails_in_turn(void **state)
{
    static const struct server *const ours = &servers[3], *const bare = &servers[1],
                                      *const theirs = &servers[4], *const theirs_bare = &servers[5];
    const HRESULT refusal =
        REGISTERS_OVER_OTHERS ? S_OK : HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED);
    const struct
    {
        const struct server *constructor, *processor;
        HRESULT registering;
    } cases[] = {
        {NULL, NULL, S_OK},           {ours, bare, S_OK},
        {bare, ours, S_OK},           {theirs, theirs_bare, refusal},
        {NULL, theirs_bare, refusal},
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
            {
                nth++;
                make_registry(cases[i / 2].constructor, cases[i / 2].processor);
                registry_save();
                call(i % 2 ? DllUnregisterServer : DllRegisterServer, nth,
                     i % 2 ? S_OK : cases[i / 2].registering);
                if (!for_good && calls >= nth)
                    registry_assert_saved();
            }
            while (calls >= nth); /* Then there are fewer. */
            assert_in_range(nth, 5, 200);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_DllRegisterServer_over_what_is_there),
        cmocka_unit_test(test_DllRegisterServer_refuses),
        cmocka_unit_test(test_DllUnregisterServer_removes_ours_alone),
        cmocka_unit_test(test_DllUnregisterServer_keeps_what_others_added),
        cmocka_unit_test(test_each_call_fails_in_turn),
    };

    return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
