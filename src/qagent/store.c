/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The components that are registered on this machine, in the registry. 32-bit and 64-bit programs
 * share the store: it is in the view of the 64-bit programs.
 */
#include "qagent_private.h"

#include <napmicrosoftvendorids.h>

#define STORE L"Software\\qutil\\NapAgent\\"

enum
{
    /* Of texts, with the terminator. */
    NAME_LENGTH = 9,  /* of a component's key: eight hexadecimal digits */
    GUID_LENGTH = 39, /* of StringFromGUID2's text */
    TEXT_LENGTH = maxStringLength + 1,
    PATH_LENGTH = sizeof(STORE L"Shas\\") / sizeof(WCHAR) + NAME_LENGTH
};

static const struct
{
    const WCHAR *path;
    unsigned most; /* components */
} lists[] = {
    [STORE_HEALTH_AGENTS] = {STORE L"Shas", maxSystemHealthEntityCount},
    [STORE_ENFORCEMENT_CLIENTS] = {STORE L"Qecs", maxEnforcerCount},
};

/* What the values of a component's key are taken from: a copy that no caller can change. */
struct record
{
    WCHAR friendly_name[TEXT_LENGTH];
    WCHAR description[TEXT_LENGTH];
    WCHAR version[TEXT_LENGTH];
    WCHAR vendor_name[TEXT_LENGTH];
    WCHAR info_clsid[GUID_LENGTH];
    WCHAR config_clsid[GUID_LENGTH];
    FILETIME registration_date;
    UINT32 component_type;
};

struct row
{
    const WCHAR *name;
    DWORD type;
    size_t offset; /* in struct record */
};

static const struct row rows[] = {
    {L"Friendly Name", REG_SZ, offsetof(struct record, friendly_name)},
    {L"Description", REG_SZ, offsetof(struct record, description)},
    {L"Version", REG_SZ, offsetof(struct record, version)},
    {L"Vendor Name", REG_SZ, offsetof(struct record, vendor_name)},
    {L"Info Clsid", REG_SZ, offsetof(struct record, info_clsid)},
    {L"Config Clsid", REG_SZ, offsetof(struct record, config_clsid)},
    {L"Registration Date", REG_QWORD, offsetof(struct record, registration_date)},
    {L"Component Type", REG_DWORD, offsetof(struct record, component_type)},
};

/* Up to the terminator, whatever the length says: programs pass sizes in bytes, and strings in
 * larger blocks. */
static bool copy_text(WCHAR text[TEXT_LENGTH], const CountedString *counted)
{
    size_t i;

    if (!counted->string)
        return true;
    for (i = 0; i < TEXT_LENGTH; i++)
    {
        if (!(text[i] = counted->string[i]))
            return true;
    }
    return false;
}

static HRESULT record_fill(struct record *record, const NapComponentRegistrationInfo *component)
{
    if (!copy_text(record->friendly_name, &component->friendlyName) ||
        !copy_text(record->description, &component->description) ||
        !copy_text(record->version, &component->version) ||
        !copy_text(record->vendor_name, &component->vendorName))
        return E_INVALIDARG;
    StringFromGUID2(&component->infoClsid, record->info_clsid, GUID_LENGTH);
    StringFromGUID2(&component->configClsid, record->config_clsid, GUID_LENGTH);
    GetSystemTimeAsFileTime(&record->registration_date);
    record->component_type = component->componentType;
    return S_OK;
}

static DWORD row_size(const struct row *row, const BYTE *data)
{
    switch (row->type)
    {
    case REG_QWORD:
        return sizeof(FILETIME);
    case REG_DWORD:
        return sizeof(UINT32);
    default:
        return (DWORD)(((size_t)lstrlenW((const WCHAR *)(const void *)data) + 1) * sizeof(WCHAR));
    }
}

static LSTATUS record_write(const struct record *record, HKEY key)
{
    LSTATUS status = ERROR_SUCCESS;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]) && status == ERROR_SUCCESS; i++)
    {
        const BYTE *data = (const BYTE *)record + rows[i].offset;

        status = RegSetValueExW(key, rows[i].name, 0, rows[i].type, data, row_size(&rows[i], data));
    }
    return status;
}

/* 0 and the agent's own id are nobody's. */
static bool is_id(NapComponentId id)
{
    return id != 0 && id != NapSystemId;
}

/* The path of a component's key. */
static void path_of(enum store_list list, NapComponentId id, WCHAR path[PATH_LENGTH])
{
    WCHAR name[NAME_LENGTH + 1];
    size_t i;

    for (i = NAME_LENGTH, name[i] = 0; i > 1; i--, id >>= 4)
        name[i - 1] = L"0123456789ABCDEF"[id & 0xf];
    name[0] = '\\';
    lstrcpyW(path, lists[list].path);
    lstrcatW(path, name);
}

static int digit_of(WCHAR character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    return -1;
}

/* Whether a key is that of a component. What others may have put beside them is not. */
static bool is_name(const WCHAR name[NAME_LENGTH])
{
    NapComponentId id = 0;
    size_t i;
    int digit;

    for (i = 0; i < NAME_LENGTH - 1; i++)
    {
        /* A terminator is no digit; after eight of these there is room for one alone. */
        if ((digit = digit_of(name[i])) < 0)
            return false;
        id = id << 4 | (NapComponentId)digit;
    }
    return is_id(id);
}

/* Adds the number of components below a key to *count. */
static LSTATUS count_components(HKEY key, unsigned *count)
{
    WCHAR name[NAME_LENGTH];
    LSTATUS status;
    DWORD i, length;

    for (i = 0;; i++)
    {
        length = NAME_LENGTH;
        status = RegEnumKeyExW(key, i, name, &length, NULL, NULL, NULL, NULL);
        if (status == ERROR_NO_MORE_ITEMS)
            return ERROR_SUCCESS;
        if (status == ERROR_SUCCESS && is_name(name))
            ++*count;
        /* A name that does not fit is not a component's. */
        else if (status != ERROR_SUCCESS && status != ERROR_MORE_DATA)
            return status;
    }
}

static HRESULT check_room(enum store_list list)
{
    unsigned count = 0;
    LSTATUS status;
    HKEY key;

    status = RegOpenKeyExW(HKEY_LOCAL_MACHINE, lists[list].path, 0,
                           KEY_ENUMERATE_SUB_KEYS | KEY_WOW64_64KEY, &key);
    if (status != ERROR_SUCCESS)
        return HRESULT_FROM_WIN32((DWORD)status);
    status = count_components(key, &count);
    RegCloseKey(key);
    if (status != ERROR_SUCCESS)
        return HRESULT_FROM_WIN32((DWORD)status);
    return count > lists[list].most ? E_OUTOFMEMORY : S_OK;
}

static LSTATUS remove_key(const WCHAR *path)
{
    return RegDeleteKeyExW(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, 0);
}

/*
 * The key is made first, and decides between those who register at the same time: one of them makes
 * the key of an id, the others find it there. Of those who together exceed what there is room for,
 * each sees all of their keys, and takes its own away.
 */
static HRESULT write_component(enum store_list list, NapComponentId id, const struct record *record)
{
    WCHAR path[PATH_LENGTH];
    DWORD disposition;
    LSTATUS status;
    HRESULT hr;
    HKEY key;

    path_of(list, id, path);
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                             KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, &disposition);
    if (status != ERROR_SUCCESS)
        return HRESULT_FROM_WIN32((DWORD)status);
    if (disposition != REG_CREATED_NEW_KEY)
    {
        RegCloseKey(key);
        return NAP_E_CONFLICTING_ID;
    }

    if (SUCCEEDED(hr = check_room(list)))
    {
        status = record_write(record, key);
        hr = HRESULT_FROM_WIN32((DWORD)status);
    }
    RegCloseKey(key);
    if (FAILED(hr))
        remove_key(path);
    return hr;
}

HRESULT store_add(enum store_list list, const NapComponentRegistrationInfo *component)
{
    struct record *record;
    HRESULT hr;

    if (!is_id(component->id))
        return E_INVALIDARG;
    if (!(record = alloc_zeroed(1, sizeof(*record))))
        return E_OUTOFMEMORY;
    if (SUCCEEDED(hr = record_fill(record, component)))
        hr = write_component(list, component->id, record);
    CoTaskMemFree(record);
    return hr;
}

HRESULT store_remove(enum store_list list, NapComponentId id)
{
    WCHAR path[PATH_LENGTH];
    LSTATUS status;

    path_of(list, id, path);
    status = remove_key(path);
    return status == ERROR_FILE_NOT_FOUND ? NAP_E_NOT_REGISTERED
                                          : HRESULT_FROM_WIN32((DWORD)status);
}
