/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A registry for native tests: a list of keys and values.
 */
#include "test.h"

#include <string.h>

#include <windows.h>

#include "allocations.h"
#include "registration.h"
#include "registry.h"

#define VARIABLE L"%QUTIL_TEST%"

#define PATH_LENGTH  150
#define DATA_SIZE    600
#define MOST_ENTRIES 400

/* A key, or a value. The path of a value ends with a colon and the name of the value. Zeros follow
 * the path and the data. */
struct entry
{
    WCHAR path[PATH_LENGTH];
    DWORD type;
    DWORD size;
    BYTE data[DATA_SIZE];
};

static struct registry
{
    struct entry entries[MOST_ENTRIES];
    size_t count;
} registry, saved;

static WCHAR open_path[PATH_LENGTH]; /* of the open key; at most one key is open at a time */

static bool equal(const WCHAR *a, const WCHAR *b)
{
    return CompareStringOrdinal(a, -1, b, -1, TRUE) == CSTR_EQUAL;
}

static bool begins(const WCHAR *text, const WCHAR *with)
{
    const INT length = lstrlenW(with);

    return lstrlenW(text) >= length &&
           CompareStringOrdinal(text, length, with, length, TRUE) == CSTR_EQUAL;
}

static bool is_below(const WCHAR *path, const WCHAR *above)
{
    return begins(path, above) && path[lstrlenW(above)] == '\\';
}

static const WCHAR *value_path(const WCHAR *key, const WCHAR *name)
{
    static WCHAR path[PATH_LENGTH];

    assert_in_range(lstrlenW(key) + lstrlenW(name ? name : L""), 1, PATH_LENGTH - 3);
    lstrcatW(lstrcpyW(path, key), L"\\:");
    return lstrcatW(path, name ? name : L"");
}

static struct entry *find(struct registry *in, const WCHAR *path)
{
    size_t i;

    for (i = 0; i < in->count; i++)
    {
        if (equal(in->entries[i].path, path))
            return &in->entries[i];
    }
    return NULL;
}

static struct entry *find_or_add(const WCHAR *path)
{
    struct entry *entry = find(&registry, path);

    if (entry)
        return entry;
    assert_in_range(registry.count, 0, MOST_ENTRIES - 1);
    assert_in_range(lstrlenW(path), 1, PATH_LENGTH - 1);
    entry = &registry.entries[registry.count++];
    memset(entry, 0, sizeof(*entry));
    lstrcpyW(entry->path, path);
    return entry;
}

static void remove_tree(const WCHAR *path)
{
    size_t i;

    for (i = registry.count; i > 0; i--)
    {
        struct entry *entry = &registry.entries[i - 1];

        if (equal(entry->path, path) || is_below(entry->path, path))
            *entry = registry.entries[--registry.count];
    }
}

void registry_open(void)
{
    registry_close();
    registry.count = 0;
}

void registry_close(void)
{
    assert_int_equal(open_path[0], 0);
}

bool registry_has_key(const WCHAR *path)
{
    return find(&registry, path) != NULL;
}

void registry_add_key(const WCHAR *path)
{
    WCHAR above[PATH_LENGTH];
    INT i;

    for (i = 0; i <= lstrlenW(path); i++)
    {
        if (path[i] == '\\' || path[i] == 0)
            find_or_add(lstrcpynW(above, path, i + 1));
    }
}

void registry_add_value(const WCHAR *path, const WCHAR *name, DWORD type, const void *data,
                        DWORD size)
{
    struct entry *entry;

    assert_in_range(size, 0, DATA_SIZE);
    registry_add_key(path);
    entry = find_or_add(value_path(path, name));
    entry->type = type;
    entry->size = size;
    memset(entry->data, 0, DATA_SIZE);
    memcpy(entry->data, data, size);
}

void registry_save(void)
{
    saved = registry;
}

bool registry_is_saved(void)
{
    size_t i;

    for (i = 0; i < registry.count; i++)
    {
        const struct entry *now = &registry.entries[i], *then = find(&saved, now->path);

        if (!then || memcmp(now, then, sizeof(*now)) != 0)
            return false;
    }
    return registry.count == saved.count;
}

/* Each function with a path calls this first. Checks that components are in the view of 64-bit
 * programs, and classes in the view of the program. Returns whether the call has to fail. */
static bool begin_call(HKEY root, const WCHAR *path, REGSAM access)
{
    const REGSAM view = begins(path, L"Software\\qutil\\") ? KEY_WOW64_64KEY : 0;

    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_int_equal(access & (KEY_WOW64_64KEY | KEY_WOW64_32KEY), view);
    return allocations_fails_now();
}

LSTATUS WINAPI RegCreateKeyExW(HKEY root, const WCHAR *path, DWORD reserved, WCHAR *class,
                               DWORD options, REGSAM access, SECURITY_ATTRIBUTES *security,
                               HKEY *key, DWORD *disposition)
{
    assert_int_equal(options, REG_OPTION_NON_VOLATILE);
    if (begin_call(root, path, access))
        return ERROR_ACCESS_DENIED;
    *disposition = registry_has_key(path) ? REG_OPENED_EXISTING_KEY : REG_CREATED_NEW_KEY;
    registry_add_key(path);
    assert_int_equal(open_path[0], 0);
    lstrcpyW(open_path, path);
    *key = (HKEY)open_path;
    return ERROR_SUCCESS;
}

static void assert_open(HKEY key)
{
    assert_ptr_equal(key, open_path);
    assert_int_not_equal(open_path[0], 0);
}

LSTATUS WINAPI RegCloseKey(HKEY key)
{
    assert_open(key);
    open_path[0] = 0;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegSetValueExW(HKEY key, const WCHAR *name, DWORD reserved, DWORD type,
                              const BYTE *data, DWORD size)
{
    assert_int_equal(reserved, 0);
    assert_open(key);
    if (allocations_fails_now())
        return ERROR_ACCESS_DENIED;
    registry_add_value(open_path, name, type, data, size);
    return ERROR_SUCCESS;
}

/* Works like RegGetValueW of Wine 8. Adds a terminator if the text has none, unless its size is 0
 * or odd. If the value is not a text, copies it and then fails. */
LSTATUS WINAPI RegGetValueW(HKEY root, const WCHAR *path, const WCHAR *name, DWORD flags,
                            DWORD *type, void *data, DWORD *size)
{
    const struct entry *entry = find(&registry, value_path(path, name));
    WCHAR text[DATA_SIZE];
    DWORD length;

    assert_null(type);
    if (begin_call(root, path, 0))
        return ERROR_ACCESS_DENIED;
    if (!entry)
        return ERROR_FILE_NOT_FOUND;
    memcpy(text, entry->data, DATA_SIZE);
    length = entry->size;
    if (entry->type == REG_EXPAND_SZ && begins(text, VARIABLE))
    {
        lstrcpyW(text, registration_path());
        lstrcatW(text, (const WCHAR *)entry->data + lstrlenW(VARIABLE));
        length = ((DWORD)lstrlenW(text) + 1) * (DWORD)sizeof(*text);
    }
    else if (entry->type == REG_SZ && length != 0 && length % 2 == 0 && text[length / 2 - 1] != 0)
    {
        length += (DWORD)sizeof(*text);
    }
    if (length > *size)
        return ERROR_MORE_DATA;
    lstrcpyW(data, L"C:\\windows\\system32\\kernel32.dll"); /* as if left from an earlier call */
    memcpy(data, text, length);
    *size = length;
    if (entry->type != REG_SZ && entry->type != REG_EXPAND_SZ && flags == RRF_RT_REG_SZ)
        return ERROR_UNSUPPORTED_TYPE;
    return ERROR_SUCCESS;
}

static LSTATUS delete_key(const WCHAR *path)
{
    if (!registry_has_key(path))
        return ERROR_FILE_NOT_FOUND;
    remove_tree(path);
    return ERROR_SUCCESS;
}

/* Fails if there are keys below. */
LSTATUS WINAPI RegDeleteKeyExW(HKEY root, const WCHAR *path, REGSAM access, DWORD reserved)
{
    size_t i;

    if (begin_call(root, path, access))
        return ERROR_ACCESS_DENIED;
    for (i = 0; i < registry.count; i++)
    {
        const WCHAR *below = registry.entries[i].path;

        if (is_below(below, path) && below[lstrlenW(path) + 1] != ':')
            return ERROR_ACCESS_DENIED;
    }
    return delete_key(path);
}

LSTATUS WINAPI RegDeleteTreeW(HKEY root, const WCHAR *path)
{
    return begin_call(root, path, 0) ? ERROR_ACCESS_DENIED : delete_key(path);
}
