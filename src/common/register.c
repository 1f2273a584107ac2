/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Registers the classes of the DLL for all users, and removes them.
 *
 * A class belongs to the file that its key names as the server, as long as that file exists.
 * Registering takes a class over from another file, or fails there before it has changed anything:
 * each DLL says which. Unregistering leaves the class of another file alone.
 */
#include "common.h"

#define CLASSES L"Software\\Classes\\CLSID\\"
#define SERVER  L"\\InprocServer32"

enum
{
    PATH_LENGTH = 32768, /* No path is longer, with the terminator. */
    GUID_LENGTH = 39,    /* of StringFromGUID2's text, with the terminator */
    KEY_LENGTH = sizeof(CLASSES SERVER) / sizeof(WCHAR) + GUID_LENGTH
};

/* Too large for the stack. */
struct paths
{
    WCHAR system[MAX_PATH];               /* the system folder */
    WCHAR dll[PATH_LENGTH];               /* of this DLL, as the registry gets it */
    WCHAR dll_final[PATH_LENGTH];         /* as final_path gives it */
    WCHAR value[PATH_LENGTH];             /* what the key of a class names as its server */
    WCHAR server[MAX_PATH + PATH_LENGTH]; /* where that file is */
    WCHAR server_final[PATH_LENGTH];
};

/* GetLastError may be 0 after a call that failed. */
static HRESULT last_error(void)
{
    const DWORD error = GetLastError();

    return error == ERROR_SUCCESS ? E_FAIL : HRESULT_FROM_WIN32(error);
}

/* Gets the path that Windows itself has for a file: short names, links and the system folder that a
 * 32-bit process sees all lead to the same one. Fails where there is no file. */
static HRESULT final_path(const WCHAR *path, WCHAR final[PATH_LENGTH])
{
    const DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    DWORD length;
    HANDLE file;

    file = CreateFileW(path, FILE_READ_ATTRIBUTES, share, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return last_error();
    length = GetFinalPathNameByHandleW(file, final, PATH_LENGTH, VOLUME_NAME_DOS);
    CloseHandle(file);
    /* Wine 8 has no final path that is longer than about MAX_PATH. Then the path itself has to do. */
    if (length == 0 || length >= PATH_LENGTH)
        lstrcpynW(final, path, PATH_LENGTH);
    return S_OK;
}

static HRESULT fill_paths(struct paths *paths)
{
    DWORD length = GetSystemDirectoryW(paths->system, MAX_PATH);

    if (length == 0 || length >= MAX_PATH)
        return last_error();
    length = GetModuleFileNameW(module_instance, paths->dll, PATH_LENGTH);
    if (length == 0 || length >= PATH_LENGTH)
        return last_error();
    return final_path(paths->dll, paths->dll_final);
}

static void key_path(const CLSID *clsid, const WCHAR *subkey, WCHAR path[KEY_LENGTH])
{
    lstrcpyW(path, CLASSES);
    StringFromGUID2(clsid, path + lstrlenW(path), GUID_LENGTH);
    lstrcatW(path, subkey);
}

/* Reads what the key of a class names as its server, with variables expanded. The result is empty
 * where there is no such value, and where it is not a string or is longer than a path can be. */
static LSTATUS read_server(const CLSID *clsid, WCHAR value[PATH_LENGTH])
{
    DWORD size = (PATH_LENGTH - 1) * sizeof(*value);
    WCHAR path[KEY_LENGTH];
    LSTATUS status;

    key_path(clsid, SERVER, path);
    status = RegGetValueW(HKEY_LOCAL_MACHINE, path, NULL, RRF_RT_REG_SZ, NULL, value, &size);
    switch (status)
    {
    case ERROR_SUCCESS:
        /* Wine 8 adds no terminator to a value whose size is 0 or odd. */
        value[size / sizeof(*value)] = 0;
        return ERROR_SUCCESS;
    case ERROR_FILE_NOT_FOUND:
    case ERROR_UNSUPPORTED_TYPE:
    case ERROR_MORE_DATA:
        value[0] = 0;
        return ERROR_SUCCESS;
    default:
        return status;
    }
}

/* COM finds a file name without a folder in the system folder. CreateFileW would look for it in the
 * current folder. */
static void locate_server(struct paths *paths)
{
    const WCHAR *value = paths->value;

    paths->server[0] = 0;
    if (value[0] != L'\\' && value[1] != L':')
    {
        lstrcpyW(paths->server, paths->system);
        lstrcatW(paths->server, L"\\");
    }
    lstrcatW(paths->server, value);
}

/* Returns ERROR_ALREADY_REGISTERED where a class belongs to another file. A file that we may not open
 * exists, too. */
static LSTATUS check_owner(const CLSID *clsid, struct paths *paths)
{
    LSTATUS status = read_server(clsid, paths->value);
    HRESULT hr;

    if (status != ERROR_SUCCESS || paths->value[0] == 0)
        return status;
    locate_server(paths);
    hr = final_path(paths->server, paths->server_final);
    if (hr == E_ACCESSDENIED)
        return ERROR_ALREADY_REGISTERED;
    if (FAILED(hr))
        return ERROR_SUCCESS;
    if (CompareStringOrdinal(paths->dll_final, -1, paths->server_final, -1, TRUE) == CSTR_EQUAL)
        return ERROR_SUCCESS;
    return ERROR_ALREADY_REGISTERED;
}

/* Removes a class, with all that is below its key. */
static LSTATUS remove_class(const CLSID *clsid)
{
    WCHAR path[KEY_LENGTH];
    LSTATUS status;

    key_path(clsid, L"", path);
    status = RegDeleteTreeW(HKEY_LOCAL_MACHINE, path);
    return status == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : status;
}

/* A value of a class. */
struct row
{
    const WCHAR *subkey; /* below the key of the class */
    const WCHAR *name;   /* NULL for the default value */
    const WCHAR *text;
};

/* Sets *created where the key of the class itself is made, also where the value cannot be set then. */
static LSTATUS write_row(const CLSID *clsid, const struct row *row, bool *created)
{
    const DWORD size = ((DWORD)lstrlenW(row->text) + 1) * sizeof(*row->text);
    WCHAR path[KEY_LENGTH];
    DWORD disposition;
    LSTATUS status;
    HKEY key;

    key_path(clsid, row->subkey, path);
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                             KEY_SET_VALUE, NULL, &key, &disposition);
    if (status != ERROR_SUCCESS)
        return status;
    if (row->subkey[0] == 0 && disposition == REG_CREATED_NEW_KEY)
        *created = true;
    status = RegSetValueExW(key, row->name, 0, REG_SZ, (const BYTE *)row->text, size);
    RegCloseKey(key);
    return status;
}

static LSTATUS write_class(const struct class *class, const WCHAR *dll, bool *created)
{
    /* A key comes before those below it. */
    const struct row rows[] = {
        {L"", NULL, class->name},
        {SERVER, NULL, dll},
        {SERVER, L"ThreadingModel", L"Both"},
    };
    LSTATUS status = ERROR_SUCCESS;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]) && status == ERROR_SUCCESS; i++)
        status = write_row(class->clsid, &rows[i], created);
    return status;
}

/* On failure, removes the classes whose keys were made here. In a class that was there before, some
 * values may have changed. */
static LSTATUS write_classes(const WCHAR *dll)
{
    bool created[MOST_CLASSES] = {false};
    LSTATUS status = ERROR_SUCCESS;
    size_t i;

    for (i = 0; i < class_count && status == ERROR_SUCCESS; i++)
        status = write_class(&classes[i], dll, &created[i]);
    for (i = 0; i < class_count && status != ERROR_SUCCESS; i++)
    {
        if (created[i])
            remove_class(classes[i].clsid);
    }
    return status;
}

static HRESULT register_classes(struct paths *paths)
{
    LSTATUS status = ERROR_SUCCESS;
    size_t i;

    if (!registers_over_others)
    {
        for (i = 0; i < class_count && status == ERROR_SUCCESS; i++)
            status = check_owner(classes[i].clsid, paths);
    }
    if (status == ERROR_SUCCESS)
        status = write_classes(paths->dll);
    return HRESULT_FROM_WIN32((DWORD)status);
}

/* Goes on with the other classes where one cannot be removed, and returns the first error. */
static HRESULT remove_classes(struct paths *paths)
{
    LSTATUS status, first = ERROR_SUCCESS;
    size_t i;

    for (i = 0; i < class_count; i++)
    {
        status = check_owner(classes[i].clsid, paths);
        if (status == ERROR_ALREADY_REGISTERED)
            continue;
        if (status == ERROR_SUCCESS)
            status = remove_class(classes[i].clsid);
        if (first == ERROR_SUCCESS)
            first = status;
    }
    return HRESULT_FROM_WIN32((DWORD)first);
}

STDAPI DllRegisterServer(void)
{
    struct paths *paths = CoTaskMemAlloc(sizeof(*paths));
    HRESULT hr = paths ? fill_paths(paths) : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = register_classes(paths);
    CoTaskMemFree(paths);
    return hr;
}

STDAPI DllUnregisterServer(void)
{
    struct paths *paths = CoTaskMemAlloc(sizeof(*paths));
    HRESULT hr = paths ? fill_paths(paths) : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = remove_classes(paths);
    CoTaskMemFree(paths);
    return hr;
}
