/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Registers the classes of the DLL for all users, and removes them. Either is done as a whole or
 * not at all: where a change fails, those before it are taken back.
 *
 * Registering replaces what another file had registered, or fails there, as the DLL has it. Removing
 * touches a class only while its server is this very file, and removes our values, and the keys that
 * are empty then: what others have put below or beside them stays, and is no failure.
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

/* A value in the registry. */
struct row
{
    const WCHAR *subkey; /* below the key of the class */
    const WCHAR *name;   /* NULL for the default value */
    enum
    {
        TEXT_NAME, /* of the class */
        TEXT_PATH, /* of the DLL */
        TEXT_BOTH
    } text;
};

/* The values of each class. A key comes before those below it. */
static const struct row rows[] = {
    {L"", NULL, TEXT_NAME},
    {SERVER, NULL, TEXT_PATH},
    {SERVER, L"ThreadingModel", TEXT_BOTH},
};

#define ROWS         (sizeof(rows) / sizeof(rows[0]))
#define MOST_CHANGES (MOST_CLASSES * ROWS)

/* What a value of the registry holds. */
struct content
{
    WCHAR *data; /* NULL where there is no such value */
    DWORD size;  /* in bytes */
    DWORD type;
};

struct change
{
    const CLSID *clsid;
    const struct row *row;
    const WCHAR *text; /* the new text; NULL to remove the value */
    bool created_key;
    bool changed;
    struct content before;
};

/* The last call that failed need not have said why. */
static HRESULT last_error(void)
{
    const DWORD error = GetLastError();

    return error == ERROR_SUCCESS ? E_FAIL : HRESULT_FROM_WIN32(error);
}

/* The path of the DLL, in a block of PATH_LENGTH characters to be freed with CoTaskMemFree. */
static HRESULT module_path(WCHAR **path)
{
    WCHAR *buffer = CoTaskMemAlloc(PATH_LENGTH * sizeof(*buffer));
    DWORD length;
    HRESULT hr;

    *path = NULL;
    if (!buffer)
        return E_OUTOFMEMORY;
    SetLastError(ERROR_SUCCESS);
    length = GetModuleFileNameW(module_instance, buffer, PATH_LENGTH);
    if (length != 0 && length < PATH_LENGTH)
    {
        *path = buffer;
        return S_OK;
    }
    hr = last_error();
    CoTaskMemFree(buffer);
    return hr;
}

static void key_path(const CLSID *clsid, const WCHAR *subkey, WCHAR path[KEY_LENGTH])
{
    lstrcpyW(path, CLASSES);
    StringFromGUID2(clsid, path + lstrlenW(path), GUID_LENGTH);
    lstrcatW(path, subkey);
}

/* The data is followed by a terminator, which in the registry it need not have, and is freed with
 * CoTaskMemFree. */
static LSTATUS content_read(HKEY key, const WCHAR *name, struct content *content)
{
    LSTATUS status;

    content->data = NULL;
    status = RegQueryValueExW(key, name, NULL, NULL, NULL, &content->size);
    if (status != ERROR_SUCCESS)
        return status == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : status;
    content->data = alloc_zeroed(content->size / sizeof(WCHAR) + 2, sizeof(WCHAR));
    if (!content->data)
        return ERROR_OUTOFMEMORY;
    status =
        RegQueryValueExW(key, name, NULL, &content->type, (BYTE *)content->data, &content->size);
    if (status == ERROR_SUCCESS)
        return ERROR_SUCCESS;
    CoTaskMemFree(content->data);
    content->data = NULL;
    return status;
}

static LSTATUS value_write(HKEY key, const WCHAR *name, DWORD type, const WCHAR *data, DWORD size)
{
    LSTATUS status;

    if (data)
        return RegSetValueExW(key, name, 0, type, (const BYTE *)data, size);
    status = RegDeleteValueW(key, name);
    return status == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : status;
}

static LSTATUS key_remove_if_empty(HKEY key, const WCHAR *path)
{
    DWORD keys, values;
    LSTATUS status =
        RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);

    if (status != ERROR_SUCCESS || keys != 0 || values != 0)
        return status;
    return RegDeleteKeyW(HKEY_LOCAL_MACHINE, path);
}

static LSTATUS key_create(const WCHAR *path, HKEY *key, DWORD *disposition)
{
    return RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                           KEY_QUERY_VALUE | KEY_SET_VALUE, NULL, key, disposition);
}

/* Also where it fails, the change knows what has been done. */
static LSTATUS change_make(struct change *change)
{
    const WCHAR *text = change->text;
    const DWORD size = text ? ((DWORD)lstrlenW(text) + 1) * sizeof(*text) : 0;
    WCHAR path[KEY_LENGTH];
    DWORD disposition;
    LSTATUS status;
    HKEY key;

    key_path(change->clsid, change->row->subkey, path);
    if ((status = key_create(path, &key, &disposition)) != ERROR_SUCCESS)
        return status;
    change->created_key = disposition == REG_CREATED_NEW_KEY;
    status = content_read(key, change->row->name, &change->before);
    if (status == ERROR_SUCCESS)
        status = value_write(key, change->row->name, REG_SZ, text, size);
    change->changed = status == ERROR_SUCCESS;
    if (status == ERROR_SUCCESS && !text)
        status = key_remove_if_empty(key, path);
    RegCloseKey(key);
    return status;
}

static void change_undo(const struct change *change)
{
    const struct content *before = &change->before;
    WCHAR path[KEY_LENGTH];
    HKEY key;

    key_path(change->clsid, change->row->subkey, path);
    if (change->created_key)
    {
        RegDeleteKeyW(HKEY_LOCAL_MACHINE, path);
    }
    else if (change->changed && key_create(path, &key, NULL) == ERROR_SUCCESS)
    {
        value_write(key, change->row->name, before->type, before->data, before->size);
        RegCloseKey(key);
    }
}

static HRESULT make_all(struct change *changes, size_t count)
{
    LSTATUS status = ERROR_SUCCESS;
    size_t i, done;

    for (done = 0; done < count && status == ERROR_SUCCESS; done++)
        status = change_make(&changes[done]);
    for (i = done; i > 0; i--)
    {
        if (status != ERROR_SUCCESS)
            change_undo(&changes[i - 1]);
        CoTaskMemFree(changes[i - 1].before.data);
    }
    return HRESULT_FROM_WIN32((DWORD)status);
}

static HRESULT file_identify(const WCHAR *path, BY_HANDLE_FILE_INFORMATION *id)
{
    const DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    HRESULT hr = S_OK;
    HANDLE file;

    SetLastError(ERROR_SUCCESS);
    file = CreateFileW(path, FILE_READ_ATTRIBUTES, share, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return last_error();
    if (!GetFileInformationByHandle(file, id))
        hr = last_error();
    CloseHandle(file);
    return hr;
}

/* Whether two paths name one file: also in other case, with short names, or seen through the file
 * system redirector of a 32-bit process. */
static bool same_file(const BY_HANDLE_FILE_INFORMATION *file, const WCHAR *path)
{
    BY_HANDLE_FILE_INFORMATION other = {0};

    return SUCCEEDED(file_identify(path, &other)) &&
           file->dwVolumeSerialNumber == other.dwVolumeSerialNumber &&
           file->nFileIndexHigh == other.nFileIndexHigh &&
           file->nFileIndexLow == other.nFileIndexLow;
}

/* As COM finds the server. The scratch has PATH_LENGTH characters. */
static bool names_file(const struct content *server, const BY_HANDLE_FILE_INFORMATION *file,
                       WCHAR *scratch)
{
    DWORD length;

    if (server->type == REG_SZ)
        return same_file(file, server->data);
    if (server->type != REG_EXPAND_SZ)
        return false;
    length = ExpandEnvironmentStringsW(server->data, scratch, PATH_LENGTH);
    return length != 0 && length <= PATH_LENGTH && same_file(file, scratch);
}

enum owner
{
    OWNER_NOBODY,
    OWNER_US,
    OWNER_OTHERS
};

static LSTATUS find_owner(const CLSID *clsid, const BY_HANDLE_FILE_INFORMATION *file,
                          WCHAR *scratch, enum owner *owner)
{
    struct content server;
    WCHAR path[KEY_LENGTH];
    LSTATUS status;
    HKEY key;

    *owner = OWNER_NOBODY;
    key_path(clsid, SERVER, path);
    status = RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE, &key);
    if (status != ERROR_SUCCESS)
        return status == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : status;
    status = content_read(key, NULL, &server);
    RegCloseKey(key);
    if (server.data)
        *owner = names_file(&server, file, scratch) ? OWNER_US : OWNER_OTHERS;
    CoTaskMemFree(server.data);
    return status;
}

static HRESULT find_owners(const WCHAR *path, enum owner owners[MOST_CLASSES])
{
    BY_HANDLE_FILE_INFORMATION file = {0};
    WCHAR *scratch;
    LSTATUS status = ERROR_SUCCESS;
    HRESULT hr;
    size_t i;

    if (FAILED(hr = file_identify(path, &file)))
        return hr;
    if (!(scratch = CoTaskMemAlloc(PATH_LENGTH * sizeof(*scratch))))
        return E_OUTOFMEMORY;
    for (i = 0; i < class_count && status == ERROR_SUCCESS; i++)
        status = find_owner(classes[i].clsid, &file, scratch, &owners[i]);
    CoTaskMemFree(scratch);
    return HRESULT_FROM_WIN32((DWORD)status);
}

static HRESULT remove_ours(const WCHAR *path)
{
    struct change changes[MOST_CHANGES] = {{.row = NULL}};
    enum owner owners[MOST_CLASSES] = {OWNER_NOBODY};
    size_t i, count = 0;
    HRESULT hr;

    if (FAILED(hr = find_owners(path, owners)))
        return hr;
    for (i = class_count * ROWS; i > 0; i--)
    {
        if (owners[(i - 1) / ROWS] != OWNER_US)
            continue;
        changes[count].clsid = classes[(i - 1) / ROWS].clsid;
        changes[count++].row = &rows[(i - 1) % ROWS];
    }
    return make_all(changes, count);
}

static const WCHAR *row_text(const struct row *row, const struct class *class, const WCHAR *path)
{
    switch (row->text)
    {
    case TEXT_NAME:
        return class->name;
    case TEXT_PATH:
        return path;
    default:
        return L"Both";
    }
}

static HRESULT write_all(const WCHAR *path)
{
    struct change changes[MOST_CHANGES] = {{.row = NULL}};
    enum owner owners[MOST_CLASSES] = {OWNER_NOBODY};
    size_t i;
    HRESULT hr;

    if (!registers_over_others)
    {
        if (FAILED(hr = find_owners(path, owners)))
            return hr;
        for (i = 0; i < class_count; i++)
        {
            if (owners[i] == OWNER_OTHERS)
                return HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED);
        }
    }
    for (i = 0; i < class_count * ROWS; i++)
    {
        const struct class *class = &classes[i / ROWS];

        changes[i].clsid = class->clsid;
        changes[i].row = &rows[i % ROWS];
        changes[i].text = row_text(changes[i].row, class, path);
    }
    return make_all(changes, class_count * ROWS);
}

static HRESULT with_path(HRESULT (*function)(const WCHAR *path))
{
    WCHAR *path;
    HRESULT hr;

    if (FAILED(hr = module_path(&path)))
        return hr;
    hr = function(path);
    CoTaskMemFree(path);
    return hr;
}

STDAPI DllUnregisterServer(void)
{
    return with_path(remove_ours);
}

STDAPI DllRegisterServer(void)
{
    return with_path(write_all);
}
