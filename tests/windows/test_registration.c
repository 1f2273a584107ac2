/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllRegisterServer and DllUnregisterServer, in a registry of the test's own: HKEY_LOCAL_MACHINE
 * stands for a key of the current user while a test runs. What fails when is in the native tests.
 *
 * With the argument --not-registered: what the system's registry has after regsvr32 /u.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <windows.h>
#include <objbase.h>
#include <setupapi.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define SANDBOX     L"Software\\qutil_test_registration"
#define CLASSES     L"Software\\Classes\\CLSID"
#define CONSTRUCTOR CLASSES L"\\{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}"
#define PROCESSOR   CLASSES L"\\{AA160628-8775-46E3-837C-F7A2AE66E2F5}"
#define SERVER      L"\\InprocServer32"

/* Longer than any path can be. */
enum
{
    PATH_SIZE = 40000
};

static const WCHAR *const class_keys[] = {CONSTRUCTOR, PROCESSOR};

static HKEY sandbox;
static HMODULE module;

/* A copy of the DLL, and the folders that were made for it. */
static HMODULE copy;
static WCHAR copy_path[PATH_SIZE], folders[8][PATH_SIZE];
static size_t folder_count;

static HRESULT call(HMODULE dll, const char *name)
{
    FARPROC function = GetProcAddress(dll, name);

    assert_non_null((void *)(uintptr_t)function);
    return ((HRESULT(WINAPI *)(void))(uintptr_t)function)();
}

static HRESULT register_server(void)
{
    return call(module, "DllRegisterServer");
}

static HRESULT unregister_server(void)
{
    return call(module, "DllUnregisterServer");
}

static int begin(void **state)
{
    (void)state;
    RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX);
    if (!(module = LoadLibraryA("qutil.dll")) ||
        RegCreateKeyW(HKEY_CURRENT_USER, SANDBOX, &sandbox) ||
        RegOverridePredefKey(HKEY_LOCAL_MACHINE, sandbox))
        return -1;
    return 0;
}

/* Whatever the test has done, nothing of it stays, neither here nor in the folder where it ran. */
static int end(void **state)
{
    bool clean = RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL) == ERROR_SUCCESS;

    (void)state;
    RegCloseKey(sandbox);
    clean &= RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX) == ERROR_SUCCESS;
    clean &= !copy || FreeLibrary(copy);
    copy = NULL;
    clean &= folder_count == 0 || DeleteFileW(copy_path);
    while (folder_count > 0)
        clean &= RemoveDirectoryW(folders[--folder_count]) != 0;
    clean &= FreeLibrary(module) && !GetModuleHandleA("qutil.dll");
    return clean ? 0 : -1;
}

static HKEY open_key(const WCHAR *path)
{
    HKEY key = NULL;

    assert_int_equal(RegOpenKeyExW(sandbox, path, 0, KEY_READ, &key), ERROR_SUCCESS);
    return key;
}

static void assert_no_key(const WCHAR *path)
{
    HKEY key = NULL;

    assert_int_equal(RegOpenKeyExW(sandbox, path, 0, KEY_READ, &key), ERROR_FILE_NOT_FOUND);
}

/* A key has so many keys and values below it, and no more. */
static void assert_extent(HKEY key, DWORD keys, DWORD values)
{
    DWORD found_keys = 0x5e47, found_values = 0x5e47;

    assert_int_equal(RegQueryInfoKeyW(key, NULL, NULL, NULL, &found_keys, NULL, NULL, &found_values,
                                      NULL, NULL, NULL, NULL),
                     ERROR_SUCCESS);
    assert_int_equal(found_keys, keys);
    assert_int_equal(found_values, values);
}

static void assert_text(HKEY key, const WCHAR *name, const WCHAR *expected)
{
    static WCHAR text[PATH_SIZE];
    DWORD size = sizeof(text), type = 0x5e47;

    assert_int_equal(RegQueryValueExW(key, name, NULL, &type, (BYTE *)text, &size), ERROR_SUCCESS);
    assert_int_equal(type, REG_SZ);
    assert_int_equal(size, ((size_t)lstrlenW(expected) + 1) * sizeof(*expected));
    assert_memory_equal(text, expected, size);
}

/* The default value of a key. */
static void assert_value(const WCHAR *path, const WCHAR *expected)
{
    HKEY key = open_key(path);

    assert_text(key, NULL, expected);
    RegCloseKey(key);
}

static const WCHAR *path_of(HMODULE dll)
{
    static WCHAR path[PATH_SIZE];
    DWORD length = GetModuleFileNameW(dll, path, PATH_SIZE);

    assert_in_range(length, 1, PATH_SIZE - 1);
    return path;
}

static void assert_registered(HMODULE dll)
{
    static const WCHAR *const names[] = {L"NapSoHConstructor", L"NapSoHProcessor"};
    size_t i;

    for (i = 0; i < COUNT_OF(class_keys); i++)
    {
        HKEY key = open_key(class_keys[i]), server = NULL;

        assert_extent(key, 1, 1);
        assert_text(key, NULL, names[i]);
        assert_int_equal(RegOpenKeyExW(key, L"InprocServer32", 0, KEY_READ, &server),
                         ERROR_SUCCESS);
        assert_extent(server, 0, 2);
        assert_text(server, NULL, path_of(dll));
        assert_text(server, L"ThreadingModel", L"Both");
        RegCloseKey(server);
        RegCloseKey(key);
    }
}

static void assert_not_registered(void)
{
    size_t i;

    for (i = 0; i < COUNT_OF(class_keys); i++)
        assert_no_key(class_keys[i]);
}

static void add_value(const WCHAR *path, DWORD type, const WCHAR *text, DWORD size)
{
    HKEY key;

    assert_int_equal(RegCreateKeyW(sandbox, path, &key), ERROR_SUCCESS);
    assert_int_equal(RegSetValueExW(key, NULL, 0, type, (const BYTE *)text, size), ERROR_SUCCESS);
    RegCloseKey(key);
}

static void add_text(const WCHAR *path, const WCHAR *text)
{
    add_value(path, REG_SZ, text, ((DWORD)lstrlenW(text) + 1) * sizeof(*text));
}

/* Makes a folder in the folder of the last one, or in the current one. */
static void make_folder(const WCHAR *name)
{
    WCHAR *path = folders[folder_count];

    if (folder_count > 0)
    {
        lstrcpyW(path, folders[folder_count - 1]);
    }
    else
    {
        lstrcpyW(path, L"\\\\?\\");
        assert_in_range(GetCurrentDirectoryW(MAX_PATH, path + lstrlenW(path)), 1, MAX_PATH - 1);
    }
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    assert_true(CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS);
    folder_count++;
}

static void copy_dll(const WCHAR *name)
{
    lstrcpyW(copy_path, folders[folder_count - 1]);
    lstrcatW(copy_path, L"\\");
    lstrcatW(copy_path, name);
    assert_true(CopyFileW(path_of(module), copy_path, FALSE));
}

static void test_DllRegisterServer_writes_both_classes(void **state)
{
    HKEY classes;
    int i;

    (void)state;
    for (i = 0; i < 2; i++)
    {
        assert_int_equal(register_server(), S_OK);
        assert_registered(module);
        classes = open_key(CLASSES);
        assert_extent(classes, 2, 0);
        RegCloseKey(classes);
    }
    for (i = 0; i < 2; i++)
    {
        assert_int_equal(unregister_server(), S_OK);
        classes = open_key(CLASSES);
        assert_extent(classes, 0, 0);
        RegCloseKey(classes);
    }
}

/* Somebody else's file has the constructor, and then ours takes it. */
static void test_DllRegisterServer_over_another_file(void **state)
{
    WCHAR other[MAX_PATH];

    (void)state;
    assert_in_range(GetModuleFileNameW(GetModuleHandleA("kernel32.dll"), other, MAX_PATH), 1,
                    MAX_PATH - 1);
    add_text(CONSTRUCTOR, L"Other");
    add_text(CONSTRUCTOR SERVER, other);
    assert_int_equal(unregister_server(), S_OK);
    assert_value(CONSTRUCTOR, L"Other");
    assert_value(CONSTRUCTOR SERVER, other);
    assert_int_equal(register_server(), S_OK);
    assert_registered(module);
}

/* Our own path, as somebody else may write it. */
static void test_DllUnregisterServer_finds_its_path(void **state)
{
    WCHAR paths[4][MAX_PATH];
    const DWORD length = (DWORD)lstrlenW(path_of(module));
    size_t i;

    (void)state;
    assert_in_range(length, 1, MAX_PATH - 10);
    lstrcpyW(paths[0], path_of(module));
    CharUpperW(lstrcpyW(paths[1], path_of(module)));
    lstrcpyW(paths[2], L"\\\\?\\");
    lstrcatW(paths[2], path_of(module));
    assert_in_range(GetShortPathNameW(path_of(module), paths[3], MAX_PATH), 1, MAX_PATH - 1);
    for (i = 0; i < COUNT_OF(paths); i++)
    {
        assert_int_equal(register_server(), S_OK);
        add_text(PROCESSOR SERVER, paths[i]);
        assert_int_equal(unregister_server(), S_OK);
        assert_not_registered();
    }

    assert_true(SetEnvironmentVariableW(L"QUTIL_TEST", path_of(module)));
    assert_int_equal(register_server(), S_OK);
    add_value(CONSTRUCTOR SERVER, REG_EXPAND_SZ, L"%QUTIL_TEST%", 12 * sizeof(WCHAR));
    add_value(PROCESSOR SERVER, REG_SZ, path_of(module), length * sizeof(WCHAR));
    assert_int_equal(unregister_server(), S_OK);
    assert_not_registered();
}

/* Loaded from a folder so deep that its path takes several times MAX_PATH. */
static void test_DllRegisterServer_long_path(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(folders); i++)
        make_folder(L"a folder with a long name, a folder with a long name, a folder with a long "
                    L"name, a folder with a long name");
    copy_dll(L"qutil_long.dll");
    copy = LoadLibraryW(copy_path);
    assert_non_null(copy);
    assert_true(copy != module);

    assert_in_range(lstrlenW(path_of(copy)), 3 * MAX_PATH, PATH_SIZE);
    assert_int_equal(call(copy, "DllRegisterServer"), S_OK);
    assert_registered(copy);
    assert_int_equal(unregister_server(), S_OK);
    assert_registered(copy);
    assert_int_equal(call(copy, "DllUnregisterServer"), S_OK);
    assert_not_registered();
}

/* Below a key that does not last no key can be made that does: this is how writing is let fail, at
 * the first class and at the second. A registration that was there is there again. */
static void test_DllRegisterServer_rolls_back(void **state)
{
    static const WCHAR *const failing[] = {CLASSES, CONSTRUCTOR, PROCESSOR};
    HKEY key = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(failing); i++)
    {
        assert_int_equal(RegCreateKeyExW(sandbox, failing[i], 0, NULL, REG_OPTION_VOLATILE,
                                         KEY_ALL_ACCESS, NULL, &key, NULL),
                         ERROR_SUCCESS);
        if (i == 2)
            add_text(CONSTRUCTOR SERVER, L"C:\\old\\qutil.dll");
        assert_int_equal(register_server(), HRESULT_FROM_WIN32(ERROR_CHILD_MUST_BE_VOLATILE));
        assert_extent(key, 0, 0);
        RegCloseKey(key);
        if (i == 2)
            assert_value(CONSTRUCTOR SERVER, L"C:\\old\\qutil.dll");
        assert_int_equal(RegDeleteTreeW(sandbox, L"Software"), ERROR_SUCCESS);
        assert_int_equal(RegCreateKeyW(sandbox, CLASSES, &key), ERROR_SUCCESS);
        RegCloseKey(key);
    }
}

/* What an INF says to setup programs, in place of regsvr32. */
static void test_RegisterDlls_of_an_INF(void **state)
{
    static const char inf[] = "[Version]\r\nSignature=\"$CHICAGO$\"\r\n"
                              "[Install]\r\nRegisterDlls=Dlls\r\n"
                              "[Uninstall]\r\nUnregisterDlls=Dlls\r\n"
                              "[Dlls]\r\n32768,,qutil.dll,1\r\n";
    static const WCHAR *const sections[] = {L"Install", L"Install", L"Uninstall", L"Uninstall"};
    char inf_path[MAX_PATH] = ".\\test_registration.inf";
    HINF file;
    FILE *out;
    size_t i;

    (void)state;
    make_folder(L"a folder, \u00e4\u0416\u4e2d");
    copy_dll(L"qutil.dll");
    out = fopen(inf_path, "wb");
    assert_non_null(out);
    fputs(inf, out);
    fclose(out);
    file = SetupOpenInfFileA(inf_path, NULL, INF_STYLE_WIN4, NULL);
    DeleteFileA(inf_path);
    assert_true(file != INVALID_HANDLE_VALUE);
    /* Without the prefix. */
    assert_true(SetupSetDirectoryIdW(file, 32768, folders[0] + 4));
    copy = LoadLibraryW(copy_path + 4);
    assert_non_null(copy);
    for (i = 0; i < COUNT_OF(sections); i++)
    {
        assert_true(SetupInstallFromInfSectionW(NULL, file, sections[i],
                                                SPINST_REGSVR | SPINST_UNREGSVR, NULL, NULL, 0,
                                                NULL, NULL, NULL, NULL));
        if (i < 2)
            assert_registered(copy);
        else
            assert_not_registered();
    }
    SetupCloseInfFile(file);
}

static void test_regsvr32_u_leaves_nothing(void **state)
{
    HKEY key = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(class_keys); i++)
        assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, class_keys[i], 0, KEY_READ, &key),
                         ERROR_FILE_NOT_FOUND);
}

static void test_CoCreateInstance_not_registered(void **state)
{
    static const WCHAR *const names[] = {L"{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}",
                                         L"{AA160628-8775-46E3-837C-F7A2AE66E2F5}"};
    size_t i;

    (void)state;
    assert_int_equal(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    for (i = 0; i < COUNT_OF(names); i++)
    {
        void *out = NULL;
        CLSID clsid;

        assert_int_equal(CLSIDFromString(names[i], &clsid), S_OK);
        assert_int_equal(CoCreateInstance(&clsid, NULL, CLSCTX_INPROC_SERVER, &IID_IUnknown, &out),
                         REGDB_E_CLASSNOTREG);
        assert_null(out);
    }
    CoUninitialize();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(int argc, char **argv)
{
    static const struct CMUnitTest system_tests[] = {
        cmocka_unit_test(test_regsvr32_u_leaves_nothing),
        cmocka_unit_test(test_CoCreateInstance_not_registered),
    };
    static const struct CMUnitTest tests[] = {
        TEST(test_DllRegisterServer_writes_both_classes),
        TEST(test_DllRegisterServer_over_another_file),
        TEST(test_DllRegisterServer_long_path),
        TEST(test_DllRegisterServer_rolls_back),
        TEST(test_DllUnregisterServer_finds_its_path),
        TEST(test_RegisterDlls_of_an_INF),
    };

    if (argc > 1 && strcmp(argv[1], "--not-registered") == 0)
        return cmocka_run_group_tests_name("not registered", system_tests, NULL, NULL);
    return cmocka_run_group_tests_name("registration", tests, NULL, NULL);
}
