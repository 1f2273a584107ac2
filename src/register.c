/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Registers the classes for all users, and removes them.
 */
#include "qutil_private.h"

#define CLASSES L"Software\\Classes\\CLSID\\"

enum
{
    GUID_LENGTH = 39, /* of StringFromGUID2's text, with the terminator */
    KEY_LENGTH = sizeof(CLASSES L"\\InprocServer32") / sizeof(WCHAR) + GUID_LENGTH
};

/* A value in the registry. */
struct row
{
    const CLSID *clsid;
    const WCHAR *subkey; /* below the key of the class */
    const WCHAR *name;   /* NULL for the default value */
    const WCHAR *text;   /* NULL for the path of the DLL */
};

/* A key comes before those below it. */
static const struct row rows[] = {
    {&CLSID_NapSoHConstructor, L"", NULL, L"NapSoHConstructor"},
    {&CLSID_NapSoHConstructor, L"\\InprocServer32", NULL, NULL},
    {&CLSID_NapSoHConstructor, L"\\InprocServer32", L"ThreadingModel", L"Both"},
    {&CLSID_NapSoHProcessor, L"", NULL, L"NapSoHProcessor"},
    {&CLSID_NapSoHProcessor, L"\\InprocServer32", NULL, NULL},
    {&CLSID_NapSoHProcessor, L"\\InprocServer32", L"ThreadingModel", L"Both"},
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* The path of the DLL, however long, in a block to be freed with CoTaskMemFree. */
static HRESULT module_path(WCHAR **path)
{
    DWORD capacity = MAX_PATH, length;
    WCHAR *buffer;
    HRESULT hr;

    *path = NULL;
    for (;; capacity *= 2)
    {
        if (!(buffer = CoTaskMemAlloc(capacity * sizeof(*buffer))))
            return E_OUTOFMEMORY;
        length = GetModuleFileNameW(module_instance, buffer, capacity);
        if (length != 0 && length < capacity)
        {
            *path = buffer;
            return S_OK;
        }
        /* A path that does not fit is cut, and has the length of the buffer. */
        hr = HRESULT_FROM_WIN32(GetLastError());
        CoTaskMemFree(buffer);
        if (length == 0)
            return hr;
    }
}

static void row_key(const struct row *row, WCHAR key[KEY_LENGTH])
{
    lstrcpyW(key, CLASSES);
    StringFromGUID2(row->clsid, key + lstrlenW(key), GUID_LENGTH);
    lstrcatW(key, row->subkey);
}

static LSTATUS row_write(const struct row *row, const WCHAR *path)
{
    const WCHAR *text = row->text ? row->text : path;
    const DWORD size = (DWORD)(((size_t)lstrlenW(text) + 1) * sizeof(*text));
    WCHAR path_of_key[KEY_LENGTH];
    LSTATUS status;
    HKEY key;

    row_key(row, path_of_key);
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path_of_key, 0, NULL, REG_OPTION_NON_VOLATILE,
                             KEY_SET_VALUE, NULL, &key, NULL);
    if (status != ERROR_SUCCESS)
        return status;
    status = RegSetValueExW(key, row->name, 0, REG_SZ, (const BYTE *)text, size);
    RegCloseKey(key);
    return status;
}

/* Removes the key of a row, which fails while there are keys below it that are not ours. */
static LSTATUS row_remove_key(const struct row *row)
{
    WCHAR path_of_key[KEY_LENGTH];
    LSTATUS status;

    row_key(row, path_of_key);
    status = RegDeleteKeyW(HKEY_LOCAL_MACHINE, path_of_key);
    return status == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : status;
}

STDAPI DllUnregisterServer(void)
{
    LSTATUS status, first_failure = ERROR_SUCCESS;
    size_t i;

    /* What is left is removed, whatever the failure: rows that share a key find it gone. */
    for (i = ROWS; i > 0; i--)
    {
        status = row_remove_key(&rows[i - 1]);
        if (first_failure == ERROR_SUCCESS)
            first_failure = status;
    }
    return HRESULT_FROM_WIN32(first_failure);
}

STDAPI DllRegisterServer(void)
{
    LSTATUS status;
    WCHAR *path;
    HRESULT hr;
    size_t i;

    if (FAILED(hr = module_path(&path)))
        return hr;
    for (i = 0; i < ROWS && SUCCEEDED(hr); i++)
    {
        status = row_write(&rows[i], path);
        hr = HRESULT_FROM_WIN32(status);
    }
    CoTaskMemFree(path);
    /* All or nothing. What an earlier registration had written is not brought back. */
    if (FAILED(hr))
        DllUnregisterServer();
    return hr;
}
