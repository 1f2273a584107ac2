/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The files that register.c opens.
 */
#include "test.h"

#include "allocations.h"
#include "classes.h"
#include "common.h"
#include "registration.h"

#define OURS      L"C:\\new\\qutil.dll"
#define CAPITALS  L"C:\\NEW\\QUTIL.DLL"
#define SYSTEM    L"C:\\windows\\system32"
#define THEIRS    SYSTEM L"\\kernel32.dll"
#define LONG_FORM L"\\\\?\\"

/* The paths that can be opened. The current folder has a link kernel32.dll to our file. */
static const struct file
{
    const WCHAR *path, *final_path;
} files[] = {
    {OURS, LONG_FORM OURS},
    {LONG_FORM OURS, LONG_FORM OURS},
    {CAPITALS, LONG_FORM CAPITALS},
    {OURS L"x", LONG_FORM OURS L"x"},
    {THEIRS, LONG_FORM THEIRS},
    {LONG_FORM THEIRS, LONG_FORM THEIRS},
    {L"kernel32.dll", LONG_FORM OURS},
    {SYSTEM L"\\qutil_link.dll", LONG_FORM OURS},
};

enum
{
    NORMAL,
    NO_FINAL_PATHS,
    ENDLESS_FINAL_PATHS,
    LONG_PATH
};

const struct place places[] = {
    [NORMAL] = {"as usual", ERROR_SUCCESS},
    [NO_FINAL_PATHS] = {"a file system without final paths", ERROR_SUCCESS},
    [ENDLESS_FINAL_PATHS] = {"final paths that are too long", ERROR_SUCCESS},
    [LONG_PATH] = {"a long path", ERROR_INSUFFICIENT_BUFFER},
};
const size_t place_count = COUNT_OF(places);

const unsigned most_calls = 50;

static size_t current_place;
static unsigned files_open;
static bool opens_own_file; /* whether the next call of CreateFileW opens the DLL */
static DWORD last_error;

void registration_open(size_t place)
{
    current_place = place;
}

void registration_close(void)
{
    assert_int_equal(files_open, 0);
}

const WCHAR *registration_path(void)
{
    return OURS;
}

HRESULT call_registration(bool registers)
{
    return registers ? DllRegisterServer() : DllUnregisterServer();
}

/* Each call can fail in two ways: with an error in GetLastError, and with 0 in GetLastError. */
static bool fails_now(void)
{
    last_error = ERROR_NOT_READY;
    if (allocations_fails_now())
        return true;
    last_error = ERROR_SUCCESS;
    return allocations_fails_now();
}

DWORD WINAPI GetLastError(void)
{
    return last_error;
}

/* Only for the classes. */
INT WINAPI StringFromGUID2(REFGUID guid, WCHAR *text, INT size)
{
    size_t i = 0;

    while (!IsEqualGUID(guid, com_classes[i].clsid))
        i++;
    assert_in_range(size, lstrlenW(com_classes[i].key) + 1, MAX_PATH);
    lstrcpyW(text, com_classes[i].key);
    return size;
}

WCHAR *WINAPI CharUpperW(WCHAR *text)
{
    assert_int_equal(lstrlenW(text), lstrlenW(CAPITALS));
    return lstrcpyW(text, CAPITALS);
}

UINT WINAPI GetSystemDirectoryW(WCHAR *path, UINT length)
{
    assert_int_equal(length, MAX_PATH);
    if (fails_now())
        return 0;
    lstrcpyW(path, SYSTEM);
    return (UINT)lstrlenW(path);
}

DWORD WINAPI GetModuleFileNameW(HMODULE module, WCHAR *path, DWORD length)
{
    assert_ptr_equal(module, module_instance);
    assert_int_equal(length, MAX_PATH);
    if (fails_now())
        return 0;
    lstrcpyW(path, OURS);
    opens_own_file = true;
    last_error = ERROR_INSUFFICIENT_BUFFER;
    return current_place == LONG_PATH ? length : (DWORD)lstrlenW(path);
}

static bool equal(const WCHAR *a, const WCHAR *b)
{
    return CompareStringOrdinal(a, -1, b, -1, FALSE) == CSTR_EQUAL;
}

/* Only opening the DLL can fail as allocations_fail says. Opening a folder is refused. The longest
 * path that can be registered has many backslashes, and is that of kernel32.dll. */
HANDLE WINAPI CreateFileW(const WCHAR *path, DWORD access, DWORD share,
                          SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                          HANDLE template)
{
    const WCHAR *const name = lstrlenW(path) == MAX_PATH - 1 ? THEIRS : path;
    const bool may_fail = opens_own_file;
    size_t i;

    assert_int_equal(share, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE);
    assert_int_equal(disposition, OPEN_EXISTING);
    opens_own_file = false;
    if (may_fail && fails_now())
        return INVALID_HANDLE_VALUE;
    for (i = 0; i < COUNT_OF(files); i++)
    {
        if (!equal(name, files[i].path))
            continue;
        files_open++;
        return (HANDLE)&files[i];
    }
    last_error = equal(path, SYSTEM) || equal(path, SYSTEM L"\\") ? ERROR_ACCESS_DENIED
                                                                  : ERROR_FILE_NOT_FOUND;
    return INVALID_HANDLE_VALUE;
}

DWORD WINAPI GetFinalPathNameByHandleW(HANDLE file, WCHAR *path, DWORD length, DWORD flags)
{
    const WCHAR *final_path = ((const struct file *)file)->final_path;

    assert_in_range(length, MAX_PATH, 32768);
    assert_int_equal(flags, 0);
    if (current_place == NO_FINAL_PATHS)
        return 0;
    if (current_place == ENDLESS_FINAL_PATHS)
        return length;
    lstrcpyW(path, final_path);
    return (DWORD)lstrlenW(path);
}

BOOL WINAPI CloseHandle(HANDLE handle)
{
    assert_non_null(handle);
    files_open--;
    return TRUE;
}
