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

#include "qutil_private.h"

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
    MAX_ENTRIES = 24,
    PATH_LENGTH = 32768
};

/* A key, or a value in it. */
struct entry
{
    WCHAR key[TEXT_LENGTH];
    WCHAR name[TEXT_LENGTH];
    bool is_value;
    DWORD type;
    DWORD size;
    WCHAR data[TEXT_LENGTH];
};

struct registry
{
    struct entry entries[MAX_ENTRIES];
};

HINSTANCE module_instance;

static struct registry registry;
static WCHAR open_key[TEXT_LENGTH];
static unsigned keys_open, files_open, files_asked, blocks;
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

static bool fails_with_last_error(void)
{
    if (!fails_now(silent ? E_FAIL : E_ACCESSDENIED))
        return false;
    if (!silent)
        error_of_thread = ERROR_ACCESS_DENIED;
    return true;
}

INT WINAPI lstrlenW(const WCHAR *text)
{
    INT length = 0;

    while (text[length])
        length++;
    return length;
}

WCHAR *WINAPI lstrcpyW(WCHAR *to, const WCHAR *from)
{
    return memcpy(to, from, ((size_t)lstrlenW(from) + 1) * sizeof(*to));
}

WCHAR *WINAPI lstrcatW(WCHAR *to, const WCHAR *from)
{
    lstrcpyW(to + lstrlenW(to), from);
    return to;
}

static bool begins(const WCHAR *text, const WCHAR *with)
{
    return lstrlenW(text) >= lstrlenW(with) &&
           memcmp(text, with, (size_t)lstrlenW(with) * sizeof(*with)) == 0;
}

static bool equal(const WCHAR *a, const WCHAR *b)
{
    return lstrlenW(a) == lstrlenW(b) && begins(a, b);
}

INT WINAPI StringFromGUID2(REFGUID guid, WCHAR *text, INT size)
{
    const WCHAR *key = IsEqualGUID(guid, &CLSID_NapSoHConstructor) ? CONSTRUCTOR : PROCESSOR;

    assert_int_equal(size, 39);
    lstrcpyW(text, key + lstrlenW(CLASSES L"\\"));
    return size;
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

/* A free entry is a key without a name. */
static struct entry *find(const WCHAR *key, const WCHAR *name, bool is_value)
{
    struct entry *entry = registry.entries;

    while (entry < registry.entries + MAX_ENTRIES &&
           (!equal(entry->key, key) || !equal(entry->name, name) || entry->is_value != is_value))
        entry++;
    return entry < registry.entries + MAX_ENTRIES ? entry : NULL;
}

static struct entry *add(const WCHAR *key, const WCHAR *name, bool is_value)
{
    struct entry *entry = find(key, name, is_value);

    if (!entry)
        entry = find(L"", L"", false);
    assert_non_null(entry);
    memset(entry, 0, sizeof(*entry));
    lstrcpyW(entry->key, key);
    lstrcpyW(entry->name, name);
    entry->is_value = is_value;
    return entry;
}

/* With the keys above it. */
static void add_key(const WCHAR *key)
{
    WCHAR path[TEXT_LENGTH];
    INT length = lstrlenW(lstrcpyW(path, key));

    for (; length > 0; length--)
    {
        if (path[length] && path[length] != '\\')
            continue;
        path[length] = 0;
        add(path, L"", false);
    }
}

static void add_value(const WCHAR *key, const WCHAR *name, DWORD type, const void *data, DWORD size)
{
    struct entry *entry = add(key, name, true);

    assert_in_range(size, 0, sizeof(entry->data));
    entry->type = type;
    entry->size = size;
    memcpy(entry->data, data, size);
}

static void add_text(const WCHAR *key, const WCHAR *name, const WCHAR *text)
{
    add_value(key, name, REG_SZ, text, ((DWORD)lstrlenW(text) + 1) * sizeof(*text));
}

/* One key is open at a time. */
static LSTATUS open(const WCHAR *path, HKEY *key)
{
    assert_int_equal(keys_open++, 0);
    lstrcpyW(open_key, path);
    *key = (HKEY)open_key;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegOpenKeyExW(HKEY root, const WCHAR *path, DWORD options, REGSAM access, HKEY *key)
{
    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_int_equal(options, 0);
    assert_int_equal(access, KEY_QUERY_VALUE);
    if (fails_now(E_ACCESSDENIED))
        return ERROR_ACCESS_DENIED;
    return find(path, L"", false) ? open(path, key) : ERROR_FILE_NOT_FOUND;
}

/* The parameters are Windows'. NOLINTBEGIN(readability-non-const-parameter) */
LSTATUS WINAPI RegCreateKeyExW(HKEY root, const WCHAR *path, DWORD reserved, WCHAR *class,
                               DWORD options, REGSAM access, SECURITY_ATTRIBUTES *security,
                               HKEY *key, DWORD *disposition)
{
    (void)reserved, (void)class, (void)security;
    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_int_equal(options, REG_OPTION_NON_VOLATILE);
    assert_int_equal(access, KEY_QUERY_VALUE | KEY_SET_VALUE);
    if (fails_now(E_ACCESSDENIED))
        return ERROR_ACCESS_DENIED;
    if (disposition)
        *disposition = find(path, L"", false) ? REG_OPENED_EXISTING_KEY : REG_CREATED_NEW_KEY;
    add_key(path);
    return open(path, key);
}

LSTATUS WINAPI RegCloseKey(HKEY key)
{
    assert_ptr_equal(key, open_key);
    keys_open--;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegQueryValueExW(HKEY key, const WCHAR *name, DWORD *reserved, DWORD *type,
                                BYTE *data, DWORD *size)
{
    const struct entry *entry = find((const WCHAR *)key, name ? name : L"", true);

    assert_null(reserved);
    if (fails_now(E_ACCESSDENIED))
        return ERROR_ACCESS_DENIED;
    if (!entry)
        return ERROR_FILE_NOT_FOUND;
    if (data)
    {
        assert_in_range(*size, entry->size, entry->size + sizeof(WCHAR));
        *type = entry->type;
        memcpy(data, entry->data, entry->size);
    }
    *size = entry->size;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegSetValueExW(HKEY key, const WCHAR *name, DWORD reserved, DWORD type,
                              const BYTE *data, DWORD size)
{
    assert_int_equal(reserved, 0);
    if (fails_now(E_ACCESSDENIED))
        return ERROR_ACCESS_DENIED;
    add_value((const WCHAR *)key, name ? name : L"", type, data, size);
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegDeleteValueW(HKEY key, const WCHAR *name)
{
    struct entry *entry = find((const WCHAR *)key, name ? name : L"", true);

    if (fails_now(E_ACCESSDENIED))
        return ERROR_ACCESS_DENIED;
    if (!entry)
        return ERROR_FILE_NOT_FOUND;
    memset(entry, 0, sizeof(*entry));
    return ERROR_SUCCESS;
}

static DWORD count(const WCHAR *key, bool values)
{
    const struct entry *entry;
    DWORD found = 0;

    for (entry = registry.entries; entry < registry.entries + MAX_ENTRIES; entry++)
        found += entry->is_value == values && begins(entry->key, key) &&
                 equal(entry->key, key) == values;
    return found;
}

LSTATUS WINAPI RegQueryInfoKeyW(HKEY key, WCHAR *class, DWORD *class_length, DWORD *reserved,
                                DWORD *keys, DWORD *key_length, DWORD *longest_class, DWORD *values,
                                DWORD *name_length, DWORD *data_size, DWORD *security,
                                FILETIME *written)
{
    (void)class, (void)class_length, (void)reserved, (void)key_length, (void)longest_class;
    (void)name_length, (void)data_size, (void)security, (void)written;
    if (fails_now(E_ACCESSDENIED))
        return ERROR_ACCESS_DENIED;
    *keys = count((const WCHAR *)key, false);
    *values = count((const WCHAR *)key, true);
    return ERROR_SUCCESS;
}

/* NOLINTEND(readability-non-const-parameter) */

LSTATUS WINAPI RegDeleteKeyW(HKEY root, const WCHAR *path)
{
    struct entry *entry;

    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    if (fails_now(E_ACCESSDENIED) || count(path, false) != 0)
        return ERROR_ACCESS_DENIED;
    for (entry = registry.entries; entry < registry.entries + MAX_ENTRIES; entry++)
    {
        if (equal(entry->key, path))
            memset(entry, 0, sizeof(*entry));
    }
    return ERROR_SUCCESS;
}

static int compare_entries(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct entry));
}

static void assert_registry_equal(const struct registry *expected)
{
    struct registry a = registry, b = *expected;

    qsort(a.entries, MAX_ENTRIES, sizeof(*a.entries), compare_entries);
    qsort(b.entries, MAX_ENTRIES, sizeof(*b.entries), compare_entries);
    assert_memory_equal(&a, &b, sizeof(a));
}

static HRESULT call(HRESULT(WINAPI *function)(void), unsigned nth)
{
    HRESULT hr;

    calls = files_asked = 0;
    failing_call = nth;
    failure = S_OK;
    hr = function();
    failing_call = 0;
    assert_int_equal(hr, failure);
    assert_int_equal(keys_open, 0);
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

    if (!server)
        return;
    lstrcpyW(key, class);
    lstrcatW(key, SERVER);
    add_key(key);
    add_value(key, L"", server->type, server->text,
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
    memset(&registry, 0, sizeof(registry));
    add_key(CLASSES L"\\{0}");
    add_class(CONSTRUCTOR, constructor);
    add_class(PROCESSOR, processor);
}

static void test_DllRegisterServer_over_what_is_there(void **state)
{
    static const WCHAR *const classes[] = {CONSTRUCTOR, CONSTRUCTOR SERVER, PROCESSOR,
                                           PROCESSOR SERVER};
    struct registry expected;
    size_t i;

    (void)state;
    make_registry(NULL, NULL);
    for (i = 0; i < COUNT_OF(classes); i++)
        add_key(classes[i]);
    add_text(CONSTRUCTOR, L"", L"NapSoHConstructor");
    add_text(PROCESSOR, L"", L"NapSoHProcessor");
    for (i = 1; i < COUNT_OF(classes); i += 2)
    {
        add_text(classes[i], L"", OURS);
        add_text(classes[i], L"ThreadingModel", L"Both");
    }
    expected = registry;
    for (i = 0; i <= COUNT_OF(servers); i++)
    {
        make_registry(i ? &servers[i - 1] : NULL, &servers[0]);
        assert_int_equal(call(DllRegisterServer, 0), S_OK);
        assert_registry_equal(&expected);
    }
}

/* Each class by itself. The second time there is nothing to remove, which is no failure. */
static void test_DllUnregisterServer_removes_ours_alone(void **state)
{
    struct registry expected;
    size_t i, j;

    (void)state;
    for (i = 0; i < COUNT_OF(servers); i++)
    {
        for (j = 0; j < COUNT_OF(servers); j++)
        {
            make_registry(servers[i].ours ? NULL : &servers[i],
                          servers[j].ours ? NULL : &servers[j]);
            expected = registry;
            make_registry(&servers[i], &servers[j]);
            assert_int_equal(call(DllUnregisterServer, 0), S_OK);
            assert_registry_equal(&expected);
            assert_int_equal(call(DllUnregisterServer, 0), S_OK);
            assert_registry_equal(&expected);
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
    static struct registry expected;
    size_t i;
    int full;

    (void)state;
    for (i = 0; i < COUNT_OF(foreign); i++)
    {
        for (full = 0; full < 2; full++)
        {
            make_registry(full ? &servers[0] : NULL, full ? &servers[0] : NULL);
            add_key(foreign[i].key);
            if (foreign[i].name)
                add_text(foreign[i].key, foreign[i].name, L"stays");
            if (!full)
                expected = registry;
        }
        assert_int_equal(call(DllUnregisterServer, 0), S_OK);
        assert_registry_equal(&expected);
    }
}

/* Whatever fails: the failure is reported as it is, nothing is lost, and the registry is as before,
 * unless that cannot be. */
static void test_each_call_fails_in_turn(void **state)
{
    static HRESULT(WINAPI *const functions[])(void) = {DllRegisterServer, DllUnregisterServer};
    static const struct server *const ours = &servers[3], *const bare = &servers[1],
                                      *const theirs = &servers[4], *const theirs_bare = &servers[5];
    const struct server *const classes[][2] = {
        {NULL, NULL}, {ours, bare}, {bare, ours}, {theirs, theirs_bare}, {NULL, theirs_bare}};
    struct registry before;
    unsigned nth, mode;
    size_t i;

    (void)state;
    for (i = 0; i < 2 * COUNT_OF(classes); i++)
    {
        for (mode = 0; mode < 3; mode++)
        {
            silent = mode == 1;
            for_good = mode == 2;
            for (nth = 1;; nth++)
            {
                make_registry(classes[i / 2][0], classes[i / 2][1]);
                before = registry;
                if (SUCCEEDED(call(functions[i % 2], nth)))
                    break;
                if (!for_good)
                    assert_registry_equal(&before);
            }
            /* There were fewer calls than that. */
            assert_int_equal(calls, nth - 1);
            assert_in_range(nth, 5, 200);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_DllRegisterServer_over_what_is_there),
        cmocka_unit_test(test_DllUnregisterServer_removes_ours_alone),
        cmocka_unit_test(test_DllUnregisterServer_keeps_what_others_added),
        cmocka_unit_test(test_each_call_fails_in_turn),
    };

    return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
