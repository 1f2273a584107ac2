/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A registry for native tests: a list of keys and values.
 */
#include "test.h"

#include <string.h>

#include <windows.h>

#include "fake_registry.h"
#include "registry.h"

enum
{
    PATH_LENGTH = 320,
    NAME_LENGTH = 32,
    DATA_SIZE = 2200,
    MOST_ENTRIES = 400,
    MOST_HANDLES = 4
};

/* A key, or a value in it. */
struct entry
{
    WCHAR path[PATH_LENGTH]; /* of the key */
    bool is_value;
    WCHAR name[NAME_LENGTH]; /* of the value */
    DWORD type;
    DWORD size;
    BYTE data[DATA_SIZE];
};

struct registry
{
    struct entry entries[MOST_ENTRIES];
    size_t count;
};

static struct registry registry, saved;
static WCHAR handles[MOST_HANDLES][PATH_LENGTH]; /* Open keys; "" is none. */
static void (*interruption)(void);

static size_t length_of(const WCHAR *text)
{
    size_t length = 0;

    while (text[length])
        length++;
    return length;
}

static void copy(WCHAR *to, const WCHAR *from, size_t room)
{
    assert_in_range(length_of(from), 0, room - 1);
    /* It has been read. NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
    memcpy(to, from, (length_of(from) + 1) * sizeof(*to));
}

static WCHAR lower(WCHAR character)
{
    return character >= 'A' && character <= 'Z' ? (WCHAR)(character + 'a' - 'A') : character;
}

/* In any case, as the registry does. */
static bool begins(const WCHAR *text, const WCHAR *with)
{
    size_t i = 0;

    while (with[i] && lower(text[i]) == lower(with[i]))
        i++;
    return !with[i];
}

static bool equal(const WCHAR *a, const WCHAR *b)
{
    return begins(a, b) && begins(b, a);
}

static struct entry *find(struct registry *in, const WCHAR *path, bool is_value, const WCHAR *name)
{
    size_t i;

    for (i = 0; i < in->count; i++)
    {
        struct entry *entry = &in->entries[i];

        if (equal(entry->path, path) && entry->is_value == is_value && equal(entry->name, name))
            return entry;
    }
    return NULL;
}

static struct entry *find_key(const WCHAR *path)
{
    return find(&registry, path, false, L"");
}

static struct entry *find_value(const WCHAR *path, const WCHAR *name)
{
    return find(&registry, path, true, name ? name : L"");
}

static struct entry *find_or_add(const WCHAR *path, bool is_value, const WCHAR *name)
{
    struct entry *entry = find(&registry, path, is_value, name);

    if (entry)
        return entry;
    assert_in_range(registry.count, 0, MOST_ENTRIES - 1);
    entry = &registry.entries[registry.count++];
    memset(entry, 0, sizeof(*entry));
    copy(entry->path, path, PATH_LENGTH);
    entry->is_value = is_value;
    copy(entry->name, name, NAME_LENGTH);
    return entry;
}

static bool is_at_or_below(const struct entry *entry, const WCHAR *path)
{
    const WCHAR next = begins(entry->path, path) ? entry->path[length_of(path)] : L'x';

    return next == 0 || next == '\\';
}

static void remove_tree(const WCHAR *path)
{
    size_t i;

    for (i = registry.count; i > 0; i--)
    {
        if (is_at_or_below(&registry.entries[i - 1], path))
            registry.entries[i - 1] = registry.entries[--registry.count];
    }
}

/* The name of a key directly below another, or NULL. */
static const WCHAR *name_below(const struct entry *entry, const WCHAR *path)
{
    const size_t length = length_of(path);
    size_t i;

    if (entry->is_value || !begins(entry->path, path) || entry->path[length] != '\\')
        return NULL;
    for (i = length + 1; entry->path[i]; i++)
    {
        if (entry->path[i] == '\\')
            return NULL;
    }
    return entry->path + length + 1;
}

static DWORD count(const WCHAR *path, bool values)
{
    DWORD found = 0;
    size_t i;

    for (i = 0; i < registry.count; i++)
    {
        const struct entry *entry = &registry.entries[i];

        found +=
            values ? entry->is_value && equal(entry->path, path) : name_below(entry, path) != NULL;
    }
    return found;
}

void registry_open(void)
{
    registry.count = 0;
}

void registry_close(void)
{
    assert_int_equal(registry_handles(), 0);
}

bool registry_has_key(const WCHAR *path)
{
    return find_key(path) != NULL;
}

void registry_add_key(const WCHAR *path)
{
    WCHAR above[PATH_LENGTH];
    size_t i;

    for (i = 0; i <= length_of(path); i++)
    {
        if (path[i] != '\\' && path[i] != 0)
            continue;
        copy(above, path, PATH_LENGTH);
        above[i] = 0;
        find_or_add(above, false, L"");
    }
}

void registry_add_value(const WCHAR *path, const WCHAR *name, DWORD type, const void *data,
                        DWORD size)
{
    struct entry *entry;

    assert_non_null(find_key(path));
    assert_in_range(size, 0, DATA_SIZE);
    entry = find_or_add(path, true, name);
    entry->type = type;
    entry->size = size;
    memset(entry->data, 0, DATA_SIZE);
    memcpy(entry->data, data, size);
}

void registry_save(void)
{
    saved.count = registry.count;
    memcpy(saved.entries, registry.entries, registry.count * sizeof(registry.entries[0]));
}

bool registry_is_saved(void)
{
    size_t i;

    for (i = 0; i < registry.count; i++)
    {
        const struct entry *now = &registry.entries[i],
                           *then = find(&saved, now->path, now->is_value, now->name);

        if (!then || now->type != then->type || now->size != then->size ||
            memcmp(now->data, then->data, DATA_SIZE) != 0)
            return false;
    }
    return registry.count == saved.count;
}

unsigned registry_handles(void)
{
    unsigned i, open = 0;

    for (i = 0; i < MOST_HANDLES; i++)
        open += handles[i][0] != 0;
    return open;
}

void registry_interrupt(void (*function)(void))
{
    interruption = function;
}

static LSTATUS open_key(const WCHAR *path, HKEY *key)
{
    size_t i;

    for (i = 0; i < MOST_HANDLES; i++)
    {
        if (handles[i][0])
            continue;
        copy(handles[i], path, PATH_LENGTH);
        *key = (HKEY)handles[i];
        return ERROR_SUCCESS;
    }
    fail_msg("more than %d keys are open", MOST_HANDLES);
    return ERROR_OUTOFMEMORY;
}

static void assert_open(HKEY key)
{
    bool open = false;
    size_t i;

    for (i = 0; i < MOST_HANDLES; i++)
        open |= key == (HKEY)handles[i] && handles[i][0];
    assert_true(open);
}

static void assert_view(REGSAM access)
{
    assert_int_equal(access & (KEY_WOW64_64KEY | KEY_WOW64_32KEY), registry_view);
}

LSTATUS WINAPI RegOpenKeyExW(HKEY root, const WCHAR *path, DWORD options, REGSAM access, HKEY *key)
{
    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_int_equal(options, 0);
    assert_view(access);
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    return find_key(path) ? open_key(path, key) : ERROR_FILE_NOT_FOUND;
}

/* The parameters are Windows'. NOLINTBEGIN(readability-non-const-parameter) */
LSTATUS WINAPI RegCreateKeyExW(HKEY root, const WCHAR *path, DWORD reserved, WCHAR *class,
                               DWORD options, REGSAM access, SECURITY_ATTRIBUTES *security,
                               HKEY *key, DWORD *disposition)
{
    (void)reserved, (void)class, (void)security;
    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_int_equal(options, REG_OPTION_NON_VOLATILE);
    assert_view(access);
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    if (disposition)
        *disposition = find_key(path) ? REG_OPENED_EXISTING_KEY : REG_CREATED_NEW_KEY;
    registry_add_key(path);
    return open_key(path, key);
}
/* NOLINTEND(readability-non-const-parameter) */

LSTATUS WINAPI RegCloseKey(HKEY key)
{
    assert_open(key);
    *(WCHAR *)key = 0;
    return ERROR_SUCCESS;
}

/* The parameters are Windows'. NOLINTBEGIN(readability-non-const-parameter) */
LSTATUS WINAPI RegEnumKeyExW(HKEY key, DWORD index, WCHAR *name, DWORD *length, DWORD *reserved,
                             WCHAR *class, DWORD *class_length, FILETIME *written)
{
    void (*function)(void) = interruption;
    const WCHAR *found = NULL;
    size_t i;

    (void)reserved, (void)class, (void)class_length, (void)written;
    assert_open(key);
    interruption = NULL;
    if (function)
        function();
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    for (i = 0; i < registry.count; i++)
    {
        if ((found = name_below(&registry.entries[i], (const WCHAR *)key)) && index-- == 0)
            break;
    }
    if (i == registry.count)
        return ERROR_NO_MORE_ITEMS;
    if (length_of(found) >= *length)
        return ERROR_MORE_DATA;
    copy(name, found, *length);
    *length = (DWORD)length_of(found);
    return ERROR_SUCCESS;
}
/* NOLINTEND(readability-non-const-parameter) */

/* The parameters are Windows'. NOLINTBEGIN(readability-non-const-parameter) */
LSTATUS WINAPI RegQueryInfoKeyW(HKEY key, WCHAR *class, DWORD *class_length, DWORD *reserved,
                                DWORD *keys, DWORD *key_length, DWORD *longest_class, DWORD *values,
                                DWORD *name_length, DWORD *data_size, DWORD *security,
                                FILETIME *written)
{
    (void)class, (void)class_length, (void)reserved, (void)key_length, (void)longest_class;
    (void)name_length, (void)data_size, (void)security, (void)written;
    assert_open(key);
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    *keys = count((const WCHAR *)key, false);
    *values = count((const WCHAR *)key, true);
    return ERROR_SUCCESS;
}
/* NOLINTEND(readability-non-const-parameter) */

LSTATUS WINAPI RegQueryValueExW(HKEY key, const WCHAR *name, DWORD *reserved, DWORD *type,
                                BYTE *data, DWORD *size)
{
    const struct entry *entry = find_value((const WCHAR *)key, name);

    assert_null(reserved);
    assert_open(key);
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    if (!entry)
        return ERROR_FILE_NOT_FOUND;
    if (data)
    {
        assert_in_range(entry->size, 0, *size);
        memcpy(data, entry->data, entry->size);
        *type = entry->type;
    }
    *size = entry->size;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegSetValueExW(HKEY key, const WCHAR *name, DWORD reserved, DWORD type,
                              const BYTE *data, DWORD size)
{
    assert_int_equal(reserved, 0);
    assert_open(key);
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    registry_add_value((const WCHAR *)key, name ? name : L"", type, data, size);
    return ERROR_SUCCESS;
}

/* The text that a value of REG_EXPAND_SZ stands for, or NULL where it is too long for anybody. */
static const WCHAR *expanded(const WCHAR *text)
{
    static WCHAR result[DATA_SIZE / sizeof(WCHAR)];

    if (begins(text, L"%ENDLESS%"))
        return NULL;
    if (!begins(text, REGISTRY_VARIABLE))
        return text;
    copy(result, REGISTRY_VARIABLE_TEXT, DATA_SIZE / sizeof(WCHAR));
    copy(result + length_of(result), text + length_of(REGISTRY_VARIABLE),
         DATA_SIZE / sizeof(WCHAR) - length_of(result));
    return result;
}

/* As Wine 8 does it: it adds a terminator to a text that has none, but not where the size is 0 or odd;
 * and what is of another type is read, and is an error. */
LSTATUS WINAPI RegGetValueW(HKEY root, const WCHAR *path, const WCHAR *name, DWORD flags,
                            DWORD *type, void *data, DWORD *size)
{
    const struct entry *entry = find_value(path, name);
    const void *from;
    DWORD length;

    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_null(type);
    assert_view(0);
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    if (!entry)
        return ERROR_FILE_NOT_FOUND;
    from = entry->data;
    length = entry->size;
    if (entry->type == REG_EXPAND_SZ)
    {
        from = expanded((const WCHAR *)entry->data);
        length = from ? ((DWORD)length_of(from) + 1) * (DWORD)sizeof(WCHAR) : *size + 1;
    }
    else if (entry->type == REG_SZ && length != 0 && length % 2 == 0 &&
             ((const WCHAR *)entry->data)[length / 2 - 1] != 0)
    {
        length += (DWORD)sizeof(WCHAR); /* The data is followed by zeros. */
    }
    if (length > *size)
        return ERROR_MORE_DATA;
    memcpy(data, from, length);
    *size = length;
    if (entry->type != REG_SZ && entry->type != REG_EXPAND_SZ && flags == RRF_RT_REG_SZ)
        return ERROR_UNSUPPORTED_TYPE;
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegDeleteKeyExW(HKEY root, const WCHAR *path, REGSAM access, DWORD reserved)
{
    (void)reserved;
    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_view(access);
    if (registry_fails_now() || count(path, false) != 0)
        return ERROR_ACCESS_DENIED;
    if (!find_key(path))
        return ERROR_FILE_NOT_FOUND;
    remove_tree(path);
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegDeleteTreeW(HKEY root, const WCHAR *path)
{
    assert_ptr_equal(root, HKEY_LOCAL_MACHINE);
    assert_view(0);
    if (registry_fails_now())
        return ERROR_ACCESS_DENIED;
    if (!find_key(path))
        return ERROR_FILE_NOT_FOUND;
    remove_tree(path);
    return ERROR_SUCCESS;
}
