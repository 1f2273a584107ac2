/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllRegisterServer and DllUnregisterServer, in a registry of the test's own: HKEY_LOCAL_MACHINE
 * stands for a key of the current user while a test runs. What is done when a call fails
 * is in the native tests.
 *
 * With the argument --not-registered: what the system's registry has after regsvr32 /u.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

#include <windows.h>
#include <objbase.h>
#include <setupapi.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define SANDBOX     L"Software\\qutil_test_registration"
#define CLASSES     L"Software\\Classes\\CLSID"
#define CONSTRUCTOR L"{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}"
#define PROCESSOR   L"{AA160628-8775-46E3-837C-F7A2AE66E2F5}"
#define SERVER      L"\\InprocServer32"

/* Longer than any path can be. */
enum
{
    PATH_SIZE = 40000
};

static const struct
{
    const WCHAR *clsid, *key, *server, *name;
} classes[] = {
    {CONSTRUCTOR, CLASSES L"\\" CONSTRUCTOR, CLASSES L"\\" CONSTRUCTOR SERVER,
     L"NapSoHConstructor"},
    {PROCESSOR, CLASSES L"\\" PROCESSOR, CLASSES L"\\" PROCESSOR SERVER, L"NapSoHProcessor"},
};

static HKEY sandbox;
static HMODULE module;

/* A copy of the DLL, and the folders that were made for it, each in the one before. */
static HMODULE copy;
static WCHAR folder[PATH_SIZE], copy_path[PATH_SIZE];
static size_t folder_count;

static HRESULT call(HMODULE dll, const char *name)
{
    FARPROC function = GetProcAddress(dll, name);

    assert_non_null((void *)(uintptr_t)function);
    return ((HRESULT(WINAPI *)(void))(uintptr_t)function)();
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
    for (; folder_count > 0; folder_count--)
    {
        clean &= RemoveDirectoryW(folder) != 0;
        *wcsrchr(folder, L'\\') = 0;
    }
    clean &= FreeLibrary(module) && !GetModuleHandleA("qutil.dll");
    return clean ? 0 : -1;
}

/* A key has so many keys and values below it, and no more. */
static void assert_extent(const WCHAR *path, DWORD keys, DWORD values)
{
    DWORD found_keys = 0x5e47, found_values = 0x5e47;
    HKEY key = NULL;

    assert_int_equal(RegOpenKeyExW(sandbox, path, 0, KEY_READ, &key), ERROR_SUCCESS);
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

    assert_int_equal(RegGetValueW(sandbox, path, name, RRF_RT_REG_SZ, NULL, text, &size),
                     ERROR_SUCCESS);
    assert_int_equal(size, ((size_t)lstrlenW(expected) + 1) * sizeof(*expected));
    assert_memory_equal(text, expected, size);
}

static const WCHAR *path_of(HMODULE dll)
{
    static WCHAR path[PATH_SIZE];

    assert_in_range(GetModuleFileNameW(dll, path, PATH_SIZE), 1, PATH_SIZE - 1);
    return path;
}

static void assert_registered(HMODULE dll)
{
    size_t i;

    assert_extent(CLASSES, COUNT_OF(classes), 0);
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        assert_extent(classes[i].key, 1, 1);
        assert_text(classes[i].key, NULL, classes[i].name);
        assert_extent(classes[i].server, 0, 2);
        assert_text(classes[i].server, NULL, path_of(dll));
        assert_text(classes[i].server, L"ThreadingModel", L"Both");
    }
}

static void add_value(const WCHAR *path, DWORD type, const WCHAR *text)
{
    const DWORD size = ((DWORD)lstrlenW(text) + 1) * sizeof(*text);

    assert_int_equal(RegSetKeyValueW(sandbox, path, NULL, type, text, size), ERROR_SUCCESS);
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

/* In the last folder. The path is loaded from the nth character on. */
static void load_copy(size_t nth)
{
    lstrcpyW(copy_path, folder);
    lstrcatW(copy_path, L"\\qutil.dll");
    assert_true(CopyFileW(path_of(module), copy_path, FALSE));
    copy = LoadLibraryW(copy_path + nth);
    assert_non_null(copy);
    assert_true(copy != module);
}

static void test_DllRegisterServer_writes_both_classes(void **state)
{
    int i;

    (void)state;
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
}

/* Somebody else's file has the constructor, and then ours takes it. */
static void test_DllRegisterServer_over_another_file(void **state)
{
    WCHAR other[MAX_PATH];

    (void)state;
    assert_in_range(GetModuleFileNameW(GetModuleHandleA("kernel32.dll"), other, MAX_PATH), 1,
                    MAX_PATH - 1);
    add_value(classes[0].server, REG_SZ, other);
    assert_int_equal(call(module, "DllUnregisterServer"), S_OK);
    assert_extent(CLASSES, 1, 0);
    assert_text(classes[0].server, NULL, other);
    assert_int_equal(call(module, "DllRegisterServer"), S_OK);
    assert_registered(module);
}

/* Our own path, as somebody else may write it. */
static void test_DllUnregisterServer_finds_its_path(void **state)
{
    static WCHAR path[PATH_SIZE];

    (void)state;
    assert_int_equal(call(module, "DllRegisterServer"), S_OK);
    add_value(classes[0].server, REG_SZ, CharUpperW(lstrcpyW(path, path_of(module))));
    assert_true(SetEnvironmentVariableW(L"QUTIL_TEST", path));
    add_value(classes[1].server, REG_EXPAND_SZ, L"%QUTIL_TEST%");
    assert_int_equal(call(module, "DllUnregisterServer"), S_OK);
    assert_extent(CLASSES, 0, 0);
}

/* Loaded from a folder so deep that its path takes several times MAX_PATH. */
static void test_DllRegisterServer_long_path(void **state)
{
    (void)state;
    while (folder_count < 8)
        make_folder(L"a folder with a long name, a folder with a long name, a folder with a long "
                    L"name, a folder with a long name");
    load_copy(0);
    assert_in_range(lstrlenW(path_of(copy)), 3 * MAX_PATH, PATH_SIZE);
    assert_int_equal(call(copy, "DllRegisterServer"), S_OK);
    assert_registered(copy);
    assert_int_equal(call(module, "DllUnregisterServer"), S_OK);
    assert_registered(copy);
    assert_int_equal(call(copy, "DllUnregisterServer"), S_OK);
    assert_extent(CLASSES, 0, 0);
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
    /* Without the prefix, here and there. */
    load_copy(4);
    out = fopen(inf_path, "wb");
    assert_non_null(out);
    assert_true(fputs(inf, out) >= 0);
    assert_int_equal(fclose(out), 0);
    file = SetupOpenInfFileA(inf_path, NULL, INF_STYLE_WIN4, NULL);
    DeleteFileA(inf_path);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(SetupSetDirectoryIdW(file, 32768, folder + 4));
    for (i = 0; i < COUNT_OF(sections); i++)
    {
        assert_true(SetupInstallFromInfSectionW(NULL, file, sections[i],
                                                SPINST_REGSVR | SPINST_UNREGSVR, NULL, NULL, 0,
                                                NULL, NULL, NULL, NULL));
        if (i < 2)
            assert_registered(copy);
        else
            assert_extent(CLASSES, 0, 0);
    }
    SetupCloseInfFile(file);
}

static void test_regsvr32_u_leaves_nothing(void **state)
{
    HKEY key = NULL;
    size_t i;

    (void)state;
    assert_int_equal(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        void *out = NULL;
        CLSID clsid;

        assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, classes[i].key, 0, KEY_READ, &key),
                         ERROR_FILE_NOT_FOUND);
        assert_int_equal(CLSIDFromString(classes[i].clsid, &clsid), S_OK);
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
    };
    static const struct CMUnitTest tests[] = {
        TEST(test_DllRegisterServer_writes_both_classes),
        TEST(test_DllRegisterServer_over_another_file),
        TEST(test_DllRegisterServer_long_path),
        TEST(test_DllUnregisterServer_finds_its_path),
        TEST(test_RegisterDlls_of_an_INF),
    };

    if (argc > 1 && strcmp(argv[1], "--not-registered") == 0)
        return cmocka_run_group_tests_name("not registered", system_tests, NULL, NULL);
    return cmocka_run_group_tests_name("registration", tests, NULL, NULL);
}
