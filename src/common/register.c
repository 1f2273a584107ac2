/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Registers the classes of the DLL for all users, and unregisters them.
 *
 * A class belongs to the file that its key InprocServer32 names, if that file exists. If that file
 * is not this DLL, DllUnregisterServer leaves the class alone, and DllRegisterServer takes it over
 * if registers_over_others is true, and otherwise fails before it changes anything.
 */
#include "common.h"

#define CLSID_KEY  L"Software\\Classes\\CLSID\\"
#define SERVER_KEY L"\\InprocServer32"

enum
{
    GUID_LENGTH = 39, /* characters that StringFromGUID2 writes, with the terminator */
    KEY_LENGTH = sizeof(CLSID_KEY SERVER_KEY) / sizeof(WCHAR) + GUID_LENGTH,
    FINAL_LENGTH = MAX_PATH + sizeof("\\\\?\\UNC")
};

struct dll_paths
{
    WCHAR path[MAX_PATH]; /* as it is written to the registry */
    WCHAR final_path[FINAL_LENGTH];
};

/* Returns GetLastError() as an error, or E_FAIL if it is 0 although a call has failed. */
static HRESULT last_error(void)
{
    const DWORD error = GetLastError();

    return error == ERROR_SUCCESS ? E_FAIL : HRESULT_FROM_WIN32(error);
}

/* Gets a file's final path, by which files are compared: without short names and links, and with
 * SysWOW64 where a 32-bit process says System32. Fails if the file cannot be opened. */
static HRESULT get_final_path(const WCHAR *path, WCHAR final_path[FINAL_LENGTH])
{
    const DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    HANDLE file = CreateFileW(path, FILE_READ_ATTRIBUTES, share, NULL, OPEN_EXISTING, 0, NULL);
    DWORD length;

    if (file == INVALID_HANDLE_VALUE)
        return last_error();
    length = GetFinalPathNameByHandleW(file, final_path, FINAL_LENGTH, VOLUME_NAME_DOS);
    CloseHandle(file);
    /* If the final path cannot be had, or is too long, the given path takes its place. */
    if (length == 0 || length >= FINAL_LENGTH)
        lstrcpynW(final_path, path, FINAL_LENGTH);
    return S_OK;
}

/* Fails if the path has MAX_PATH characters or more: COM does not load a DLL from such a path
 * (observed with Wine 8.0). */
static HRESULT get_dll_paths(struct dll_paths *dll)
{
    const DWORD length = GetModuleFileNameW(module_instance, dll->path, MAX_PATH);

    if (length == 0 || length >= MAX_PATH)
        return last_error();
    return get_final_path(dll->path, dll->final_path);
}

static void make_key_path(const CLSID *clsid, const WCHAR *subkey, WCHAR path[KEY_LENGTH])
{
    lstrcpyW(path, CLSID_KEY);
    StringFromGUID2(clsid, path + lstrlenW(path), GUID_LENGTH);
    lstrcatW(path, subkey);
}

/* Reads the path of a class's DLL from the registry, and expands its environment variables. value
 * becomes "" if there is no path, or if it is not a string or too long. */
static HRESULT read_server(const CLSID *clsid, WCHAR value[MAX_PATH + 1])
{
    DWORD size = MAX_PATH * sizeof(*value);
    WCHAR path[KEY_LENGTH];
    LSTATUS status;

    make_key_path(clsid, SERVER_KEY, path);
    status = RegGetValueW(HKEY_LOCAL_MACHINE, path, NULL, RRF_RT_REG_SZ, NULL, value, &size);
    switch (status)
    {
    case ERROR_SUCCESS:
        /* Wine 8 adds no terminator to a value whose size is 0 or odd. */
        value[size / sizeof(*value)] = 0;
        return S_OK;
    case ERROR_FILE_NOT_FOUND:
    case ERROR_UNSUPPORTED_TYPE:
    case ERROR_MORE_DATA:
        value[0] = 0;
        return S_OK;
    default:
        return HRESULT_FROM_WIN32((DWORD)status);
    }
}

/* Gets the path of the file that a class is registered with, or "" if there is none. A relative
 * path gets the system folder in front: COM looks there, CreateFileW in the current folder. */
static HRESULT locate_server(const CLSID *clsid, WCHAR server[2 * MAX_PATH])
{
    WCHAR value[MAX_PATH + 1];
    HRESULT hr;

    server[0] = 0;
    if (FAILED(hr = read_server(clsid, value)) || !value[0])
        return hr;
    if (value[0] != L'\\' && value[1] != L':')
    {
        if (!GetSystemDirectoryW(server, MAX_PATH))
            return last_error();
        lstrcatW(server, L"\\");
    }
    lstrcatW(server, value);
    return S_OK;
}

/* Returns ERROR_ALREADY_REGISTERED if a class belongs to another file. A file that this user may
 * not open counts as another file. */
static HRESULT check_owner(const CLSID *clsid, const struct dll_paths *dll)
{
    WCHAR server[2 * MAX_PATH], final_path[FINAL_LENGTH];
    HRESULT hr = locate_server(clsid, server);

    if (FAILED(hr) || !server[0])
        return hr;
    hr = get_final_path(server, final_path);
    if (FAILED(hr) && hr != E_ACCESSDENIED)
        return S_OK;
    if (SUCCEEDED(hr) &&
        CompareStringOrdinal(dll->final_path, -1, final_path, -1, TRUE) == CSTR_EQUAL)
        return S_OK;
    return HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED);
}

/* Deletes the key of a class and everything below it. */
static HRESULT remove_class(const CLSID *clsid)
{
    WCHAR path[KEY_LENGTH];
    LSTATUS status;

    make_key_path(clsid, L"", path);
    status = RegDeleteTreeW(HKEY_LOCAL_MACHINE, path);
    return status == ERROR_FILE_NOT_FOUND ? S_OK : HRESULT_FROM_WIN32((DWORD)status);
}

/* Sets a value in the key of a class, or in its subkey if subkey is not "". Creates a missing key.
 * If it creates the key of the class, it sets *created, even if it then fails to set the value. */
static HRESULT write_value(const CLSID *clsid, const WCHAR *subkey, const WCHAR *name,
                           const WCHAR *text, bool *created)
{
    const DWORD size = ((DWORD)lstrlenW(text) + 1) * sizeof(*text);
    WCHAR path[KEY_LENGTH];
    DWORD disposition;
    LSTATUS status;
    HKEY key;

    make_key_path(clsid, subkey, path);
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                             KEY_SET_VALUE, NULL, &key, &disposition);
    if (status != ERROR_SUCCESS)
        return HRESULT_FROM_WIN32((DWORD)status);
    if (!subkey[0] && disposition == REG_CREATED_NEW_KEY)
        *created = true;
    status = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text, size);
    RegCloseKey(key);
    return HRESULT_FROM_WIN32((DWORD)status);
}

static HRESULT write_class(const struct class *class, const struct dll_paths *dll, bool *created)
{
    HRESULT hr;

    if (FAILED(hr = write_value(class->clsid, L"", NULL, class->name, created)) ||
        FAILED(hr = write_value(class->clsid, SERVER_KEY, NULL, dll->path, created)))
        return hr;
    return write_value(class->clsid, SERVER_KEY, L"ThreadingModel", L"Both", created);
}

/* On failure, deletes the class keys that this call has created. In class keys that were there
 * before the call, values may have changed, and are not restored. */
STDAPI DllRegisterServer(void)
{
    bool created[MAX_CLASSES] = {false};
    struct dll_paths dll;
    HRESULT hr = get_dll_paths(&dll);
    size_t i;

    for (i = 0; !registers_over_others && i < class_count && SUCCEEDED(hr); i++)
        hr = check_owner(classes[i].clsid, &dll);
    for (i = 0; i < class_count && SUCCEEDED(hr); i++)
        hr = write_class(&classes[i], &dll, &created[i]);
    for (i = 0; i < class_count && FAILED(hr); i++)
    {
        if (created[i])
            remove_class(classes[i].clsid);
    }
    return hr;
}

/* Leaves classes of other files alone. If a class fails, goes on, and returns the first error. */
STDAPI DllUnregisterServer(void)
{
    struct dll_paths dll;
    HRESULT first = get_dll_paths(&dll), hr;
    size_t i;

    if (FAILED(first))
        return first;
    for (i = 0; i < class_count; i++)
    {
        hr = check_owner(classes[i].clsid, &dll);
        if (hr == HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED))
            continue;
        if (SUCCEEDED(hr))
            hr = remove_class(classes[i].clsid);
        if (SUCCEEDED(first))
            first = hr;
    }
    return first;
}
