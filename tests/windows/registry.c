/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A key of the current user takes the place of HKEY_LOCAL_MACHINE in this process.
 */
#include "test.h"

#include <string.h>

#include <windows.h>

#include "registry.h"

#define SANDBOX L"Software\\qutil_test_sandbox"

#define NAME_SIZE 256 /* characters of the name of a key or a value, with the terminator */

/* All that a key contains: the names of keys and values, and the types and data of the values. */
struct contents
{
    BYTE bytes[20000];
    size_t size;
};

static struct contents saved;

void registry_open(void)
{
    HKEY sandbox;

    RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX);
    assert_int_equal(RegCreateKeyW(HKEY_CURRENT_USER, SANDBOX, &sandbox), ERROR_SUCCESS);
    assert_int_equal(RegOverridePredefKey(HKEY_LOCAL_MACHINE, sandbox), ERROR_SUCCESS);
    RegCloseKey(sandbox);
}

void registry_close(void)
{
    assert_int_equal(RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL), ERROR_SUCCESS);
    assert_int_equal(RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX), ERROR_SUCCESS);
}

void registry_add_key(const WCHAR *path)
{
    HKEY key;

    assert_int_equal(RegCreateKeyW(HKEY_LOCAL_MACHINE, path, &key), ERROR_SUCCESS);
    RegCloseKey(key);
}

void registry_add_value(const WCHAR *path, const WCHAR *name, DWORD type, const void *data,
                        DWORD size)
{
    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, path, name, type, data, size),
                     ERROR_SUCCESS);
}

bool registry_has_key(const WCHAR *path)
{
    HKEY key;

    if (RegOpenKeyW(HKEY_LOCAL_MACHINE, path, &key) != ERROR_SUCCESS)
        return false;
    RegCloseKey(key);
    return true;
}

static void append(struct contents *contents, const void *bytes, size_t size)
{
    assert_in_range(size, 0, sizeof(contents->bytes) - contents->size);
    memcpy(contents->bytes + contents->size, bytes, size);
    contents->size += size;
}

static void append_key(struct contents *contents, HKEY key)
{
    WCHAR name[NAME_SIZE];
    DWORD i, length = NAME_SIZE, type;
    BYTE data[2000];
    DWORD size = sizeof(data);
    LSTATUS status;
    HKEY below;

    for (i = 0; !(status = RegEnumValueW(key, i, name, &length, NULL, &type, data, &size)); i++)
    {
        append(contents, name, (length + 1) * sizeof(*name));
        append(contents, &type, sizeof(type));
        append(contents, &size, sizeof(size));
        append(contents, data, size);
        length = NAME_SIZE;
        size = sizeof(data);
    }
    assert_int_equal(status, ERROR_NO_MORE_ITEMS);
    append(contents, "keys", sizeof("keys"));
    for (i = 0; !(status = RegEnumKeyW(key, i, name, NAME_SIZE)); i++)
    {
        append(contents, name, ((size_t)lstrlenW(name) + 1) * sizeof(*name));
        assert_int_equal(RegOpenKeyW(key, name, &below), ERROR_SUCCESS);
        append_key(contents, below);
        RegCloseKey(below);
    }
    assert_int_equal(status, ERROR_NO_MORE_ITEMS);
    append(contents, "end", sizeof("end"));
}

void registry_save(void)
{
    saved.size = 0;
    append_key(&saved, HKEY_LOCAL_MACHINE);
}

bool registry_is_saved(void)
{
    static struct contents now;

    now.size = 0;
    append_key(&now, HKEY_LOCAL_MACHINE);
    return now.size == saved.size && memcmp(now.bytes, saved.bytes, now.size) == 0;
}
