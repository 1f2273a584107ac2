/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllRegisterServer and DllUnregisterServer of the DLL under test, with real files, and a
 * key of the current user for HKEY_LOCAL_MACHINE. What is done when a call fails, and all that a class
 * may have as its server, is in the native test.
 */
#include "test.h"

#include <stdbool.h>
#include <string.h>
#include <wchar.h>

#include <windows.h>
#include <objbase.h>

#include "dll.h"
#include "registry.h"

#define CLASSES   L"Software\\Classes\\CLSID"
#define SERVER    L"\\InprocServer32"
#define COMPONENT L"Software\\qutil\\NapAgent\\Shas\\000137F0"

/* Longer than any path can be. */
enum
{
    PATH_SIZE = 40000
};

static const struct dll_class
{
    const char *dll;
    const WCHAR *clsid, *name;
} all_classes[] = {
    {"qutil.dll", L"{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}", L"NapSoHConstructor"},
    {"qutil.dll", L"{AA160628-8775-46E3-837C-F7A2AE66E2F5}", L"NapSoHProcessor"},
    {"qagent.dll", L"{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}", L"NapClientManagement"},
    {"qagent.dll", L"{8E594310-16CA-4A00-932F-F70969F990C0}", L"NapSystemHealthAgentBinding"},
    {"qagent.dll", L"{9443B89B-6564-496A-B19C-6C6D22709045}", L"NapEnforcementClientBinding"},
};

/* Those of the tested DLL. */
static struct dll_class classes[COUNT_OF(all_classes)];
static size_t class_count;

static HMODULE module;

/* A copy of the DLL, and the folders that were made for it, each in the one before. */
static HMODULE copy;
static WCHAR folder[PATH_SIZE], copy_path[PATH_SIZE];
static size_t folder_count;

static bool takes_over(void)
{
    return strcmp(dll_name(), "qutil.dll") == 0;
}

static HRESULT call(HMODULE dll, const char *name)
{
    FARPROC function = GetProcAddress(dll, name);

    assert_non_null((void *)(uintptr_t)function);
    return ((HRESULT(WINAPI *)(void))(uintptr_t)function)();
}

/* Makes a folder in the last one. */
static void make_folder(const WCHAR *name)
{
    if (folder_count == 0)
    {
        lstrcpyW(folder, L"\\\\?\\");
        assert_in_range(GetCurrentDirectoryW(MAX_PATH, folder + lstrlenW(folder)), 1, MAX_PATH - 1);
    }
    lstrcatW(folder, L"\\");
    lstrcatW(folder, name);
    assert_true(CreateDirectoryW(folder, NULL) || GetLastError() == ERROR_ALREADY_EXISTS);
    folder_count++;
}

static const WCHAR *path_of(HMODULE dll)
{
    static WCHAR path[PATH_SIZE];

    assert_in_range(GetModuleFileNameW(dll, path, PATH_SIZE), 1, PATH_SIZE - 1);
    return path;
}

/* From the last folder. */
static void load_copy(void)
{
    lstrcpyW(copy_path, folder);
    lstrcatW(copy_path, L"\\copy.dll");
    assert_true(CopyFileW(path_of(module), copy_path, FALSE));
    copy = LoadLibraryW(copy_path);
    assert_non_null(copy);
    assert_true(copy != module);
}

/* With its folders. */
static bool delete_copy(void)
{
    bool deleted = !copy || (FreeLibrary(copy) && DeleteFileW(copy_path));

    copy = NULL;
    for (; folder_count > 0; folder_count--)
    {
        deleted &= RemoveDirectoryW(folder) != 0;
        *wcsrchr(folder, L'\\') = 0;
    }
    return deleted;
}

static int begin(void **state)
{
    size_t i;

    (void)state;
    class_count = 0;
    for (i = 0; i < COUNT_OF(all_classes); i++)
    {
        if (strcmp(all_classes[i].dll, dll_name()) == 0)
            classes[class_count++] = all_classes[i];
    }
    registry_open();
    module = LoadLibraryA(dll_name());
    return module ? 0 : -1;
}

/* Whatever the test has done, nothing of it stays, neither here nor in the folder where it ran. */
static int end(void **state)
{
    bool clean = delete_copy();

    (void)state;
    registry_close();
    clean &= FreeLibrary(module) && !GetModuleHandleA(dll_name());
    return clean ? 0 : -1;
}

static const WCHAR *key_of(size_t class, const WCHAR *subkey)
{
    static WCHAR path[MAX_PATH];

    lstrcpyW(path, CLASSES L"\\");
    lstrcatW(path, classes[class].clsid);
    return lstrcatW(path, subkey);
}

/* A key has so many keys and values below it, and no more. */
static void assert_extent(const WCHAR *path, DWORD keys, DWORD values)
{
    DWORD found_keys = 0x5e47, found_values = 0x5e47;
    HKEY key = NULL;

    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key), ERROR_SUCCESS);
    assert_int_equal(RegQueryInfoKeyW(key, NULL, NULL, NULL, &found_keys, NULL, NULL, &found_values,
                                      NULL, NULL, NULL, NULL),
                     ERROR_SUCCESS);
    RegCloseKey(key);
    assert_int_equal(found_keys, keys);
    assert_int_equal(found_values, values);
}

static void assert_text(const WCHAR *path, const WCHAR *name, const WCHAR *expected)
{
    static WCHAR text[PATH_SIZE];
    DWORD size = sizeof(text);

    assert_int_equal(RegGetValueW(HKEY_LOCAL_MACHINE, path, name, RRF_RT_REG_SZ, NULL, text, &size),
                     ERROR_SUCCESS);
    assert_int_equal(size, ((size_t)lstrlenW(expected) + 1) * sizeof(*expected));
    assert_memory_equal(text, expected, size);
}

static void assert_registered(HMODULE dll)
{
    size_t i;

    assert_extent(CLASSES, (DWORD)class_count, 0);
    for (i = 0; i < class_count; i++)
    {
        assert_extent(key_of(i, L""), 1, 1);
        assert_text(key_of(i, L""), NULL, classes[i].name);
        assert_extent(key_of(i, SERVER), 0, 2);
        assert_text(key_of(i, SERVER), NULL, path_of(dll));
        assert_text(key_of(i, SERVER), L"ThreadingModel", L"Both");
    }
}

static void add_value(const WCHAR *path, DWORD type, const WCHAR *text)
{
    const DWORD size = ((DWORD)lstrlenW(text) + 1) * sizeof(*text);

    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, path, NULL, type, text, size),
                     ERROR_SUCCESS);
}

static void test_DllRegisterServer_writes_the_classes(void **state)
{
    int i;

    (void)state;
    add_value(COMPONENT, REG_SZ, L"of other programs");
    for (i = 0; i < 2; i++)
    {
        assert_int_equal(call(module, "DllRegisterServer"), S_OK);
        assert_registered(module);
    }
    for (i = 0; i < 2; i++)
    {
        assert_int_equal(call(module, "DllUnregisterServer"), S_OK);
        assert_extent(CLASSES, 0, 0);
    }
    assert_text(COMPONENT, NULL, L"of other programs");
}

/* A file that exists has one of the classes: by its path, and by its name, which COM looks for in the
 * system folder. */
static void test_DllRegisterServer_over_another_file(void **state)
{
    WCHAR other[MAX_PATH];
    size_t i;

    (void)state;
    assert_in_range(GetModuleFileNameW(GetModuleHandleA("kernel32.dll"), other, MAX_PATH), 1,
                    MAX_PATH - 1);
    for (i = 0; i < 2 * class_count; i++)
    {
        const WCHAR *text = i % 2 ? L"kernel32.dll" : other;

        add_value(key_of(i / 2, SERVER), REG_SZ, text);
        assert_int_equal(call(module, "DllUnregisterServer"), S_OK);
        assert_extent(CLASSES, 1, 0);
        assert_text(key_of(i / 2, SERVER), NULL, text);
        if (takes_over())
        {
            assert_int_equal(call(module, "DllRegisterServer"), S_OK);
            assert_registered(module);
        }
        else
        {
            assert_int_equal(call(module, "DllRegisterServer"),
                             HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED));
            assert_extent(CLASSES, 1, 0);
            assert_extent(key_of(i / 2, L""), 1, 0);
            assert_extent(key_of(i / 2, SERVER), 0, 1);
            assert_text(key_of(i / 2, SERVER), NULL, text);
        }
        assert_int_equal(RegDeleteTreeW(HKEY_LOCAL_MACHINE, CLASSES), ERROR_SUCCESS);
    }
}

/* The file that has the classes was deleted, and another copy is registered or unregistered. */
static void test_DllRegisterServer_over_a_file_that_is_gone(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < 2; i++)
    {
        make_folder(L"a folder, \u00e4\u0416\u4e2d");
        load_copy();
        assert_int_equal(call(copy, "DllRegisterServer"), S_OK);
        assert_registered(copy);
        assert_true(delete_copy());
        if (i == 0)
        {
            assert_int_equal(call(module, "DllRegisterServer"), S_OK);
            assert_registered(module);
        }
        assert_int_equal(call(module, "DllUnregisterServer"), S_OK);
        assert_extent(CLASSES, 0, 0);
    }
}

/* Our own path, as somebody else may write it. */
static void test_DllUnregisterServer_finds_its_path(void **state)
{
    static WCHAR path[PATH_SIZE];

    (void)state;
    assert_int_equal(call(module, "DllRegisterServer"), S_OK);
    add_value(key_of(0, SERVER), REG_SZ, CharUpperW(lstrcpyW(path, path_of(module))));
    assert_true(SetEnvironmentVariableW(L"QUTIL_TEST", path));
    add_value(key_of(1, SERVER), REG_EXPAND_SZ, L"%QUTIL_TEST%");
    assert_int_equal(call(module, "DllUnregisterServer"), S_OK);
    assert_extent(CLASSES, 0, 0);
}

/* Loaded from a folder so deep that COM would not find it there. */
static void test_DllRegisterServer_long_path(void **state)
{
    HKEY key;

    (void)state;
    while (folder_count < 8)
        make_folder(L"a folder with a long name, a folder with a long name, a folder with a long "
                    L"name, a folder with a long name");
    load_copy();
    assert_in_range(lstrlenW(path_of(copy)), MAX_PATH, PATH_SIZE);
    assert_int_equal(call(copy, "DllRegisterServer"),
                     HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER));
    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLASSES, 0, KEY_READ, &key),
                     ERROR_FILE_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_DllRegisterServer_writes_the_classes),
    TEST(test_DllRegisterServer_over_another_file),
    TEST(test_DllRegisterServer_over_a_file_that_is_gone),
    TEST(test_DllRegisterServer_long_path),
    TEST(test_DllUnregisterServer_finds_its_path),
};

const struct test_group test_registration = {
    .name = "registration",
    .tests = tests,
    .count = COUNT_OF(tests),
    .own = true,
};
