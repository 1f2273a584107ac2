/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Loads the DLL under test, or a copy of it in a folder below the current one, and registers it.
 */
#include "test.h"

#include "dll.h"
#include "registration.h"

#define WORDS L"a folder with a long name, "

#define PATH_SIZE 40000 /* longer than any path can be */

const struct place places[] = {
    {"where it is", ERROR_SUCCESS},
    {"a folder with all kinds of letters", ERROR_SUCCESS},
    {"a long path", ERROR_INSUFFICIENT_BUFFER},
};
const size_t place_count = COUNT_OF(places);

const unsigned most_calls = 1; /* no registry call can be made to fail */

/* The last path is longer than MAX_PATH, wherever it begins. */
static const WCHAR *const folder_names[] = {
    L"",
    L"\\a folder, \u00e4\u0416\u4e2d",
    L"\\" WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS L"again",
};

static HMODULE original, dll;

/* Paths of the copy's folder, of the copy, and of a file with the DLL's name and an x behind it. */
static WCHAR folder[PATH_SIZE], copy[PATH_SIZE], other[PATH_SIZE];

static void get_path(HMODULE module, WCHAR path[PATH_SIZE])
{
    assert_in_range(GetModuleFileNameW(module, path, PATH_SIZE), 1, PATH_SIZE - 1);
}

static void load_copy(size_t place)
{
    lstrcpyW(folder, L"\\\\?\\");
    assert_in_range(GetCurrentDirectoryW(MAX_PATH, folder + lstrlenW(folder)), 1, MAX_PATH - 1);
    lstrcatW(folder, folder_names[place]);
    assert_true(CreateDirectoryW(folder, NULL) || GetLastError() == ERROR_ALREADY_EXISTS);
    lstrcatW(lstrcpyW(copy, folder), L"\\copy.dll");
    get_path(original, other);
    assert_true(CopyFileW(other, copy, FALSE));
    dll = LoadLibraryW(copy);
    assert_non_null(dll);
    assert_ptr_not_equal(dll, original);
}

void registration_open(size_t place)
{
    original = dll = dll_load();
    assert_non_null(original);
    if (place > 0)
        load_copy(place);
    get_path(dll, other);
    assert_true(SetEnvironmentVariableW(L"QUTIL_TEST", other));
    lstrcatW(other, L"x");
    assert_true(CopyFileW(registration_path(), other, FALSE));
}

void registration_close(void)
{
    assert_true(DeleteFileW(other));
    if (dll != original)
        assert_true(FreeLibrary(dll) && DeleteFileW(copy) && RemoveDirectoryW(folder));
    FreeLibrary(original);
}

const WCHAR *registration_path(void)
{
    static WCHAR path[PATH_SIZE];

    get_path(dll, path);
    return path;
}

HRESULT call_registration(bool registers)
{
    FARPROC function = GetProcAddress(dll, registers ? "DllRegisterServer" : "DllUnregisterServer");

    assert_non_null((void *)(uintptr_t)function);
    return ((HRESULT(WINAPI *)(void))(uintptr_t)function)();
}
