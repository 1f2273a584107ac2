/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllRegisterServer and DllUnregisterServer, in a registry of the test's own: HKEY_LOCAL_MACHINE
 * stands for a key of the current user while a test runs.
 *
 * With the argument --not-registered: what the system's registry has after regsvr32 /u.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <windows.h>
#include <objbase.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define SANDBOX     L"Software\\qutil_test_registration"
#define CLASSES     L"Software\\Classes\\CLSID"
#define CONSTRUCTOR CLASSES L"\\{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}"
#define PROCESSOR   CLASSES L"\\{AA160628-8775-46E3-837C-F7A2AE66E2F5}"

/* Longer than any path can be. */
enum
{
    PATH_SIZE = 40000
};

static const WCHAR *const class_keys[] = {CONSTRUCTOR, PROCESSOR};

static HKEY sandbox;
static HMODULE module;

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

static int sandbox_open(void **state)
{
    (void)state;
    RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX);
    if (RegCreateKeyW(HKEY_CURRENT_USER, SANDBOX, &sandbox) ||
        RegOverridePredefKey(HKEY_LOCAL_MACHINE, sandbox))
        return -1;
    return 0;
}

static int sandbox_close(void **state)
{
    (void)state;
    RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL);
    RegCloseKey(sandbox);
    return RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX) ? -1 : 0;
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

static void test_DllRegisterServer_writes_both_classes(void **state)
{
    HKEY classes;

    (void)state;
    assert_int_equal(register_server(), S_OK);
    assert_registered(module);
    classes = open_key(CLASSES);
    assert_extent(classes, 2, 0);
    RegCloseKey(classes);
}

static void test_DllRegisterServer_twice(void **state)
{
    (void)state;
    assert_int_equal(register_server(), S_OK);
    assert_int_equal(register_server(), S_OK);
    assert_registered(module);
}

static void test_DllRegisterServer_over_another_path(void **state)
{
    static const WCHAR old[] =
        L"C:\\a\\much\\longer\\path\\to\\where\\it\\has\\never\\been\\qutil.dll";
    HKEY key;

    (void)state;
    assert_int_equal(RegCreateKeyW(sandbox, CONSTRUCTOR L"\\InprocServer32", &key), ERROR_SUCCESS);
    assert_int_equal(RegSetValueExW(key, NULL, 0, REG_SZ, (const BYTE *)old, sizeof(old)),
                     ERROR_SUCCESS);
    RegCloseKey(key);
    assert_int_equal(register_server(), S_OK);
    assert_registered(module);
}

/* Loaded from a folder so deep that its path takes several times MAX_PATH. */
static void test_DllRegisterServer_long_path(void **state)
{
    static WCHAR path[PATH_SIZE], folders[8][PATH_SIZE];
    WCHAR current[MAX_PATH];
    HMODULE copy;
    size_t i;

    (void)state;
    assert_in_range(GetCurrentDirectoryW(MAX_PATH, current), 1, MAX_PATH - 1);
    lstrcpyW(path, L"\\\\?\\");
    lstrcatW(path, current);
    for (i = 0; i < COUNT_OF(folders); i++)
    {
        lstrcatW(path, L"\\a folder with a long name, a folder with a long name, a folder with a "
                       L"long name, a folder with a long name");
        lstrcpyW(folders[i], path);
        assert_true(CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS);
    }
    lstrcatW(path, L"\\qutil_long.dll");
    assert_true(CopyFileW(path_of(module), path, FALSE));
    copy = LoadLibraryW(path);
    assert_non_null(copy);
    assert_true(copy != module);

    assert_in_range(lstrlenW(path_of(copy)), 3 * MAX_PATH, PATH_SIZE);
    assert_int_equal(call(copy, "DllRegisterServer"), S_OK);
    assert_registered(copy);
    assert_int_equal(call(copy, "DllUnregisterServer"), S_OK);
    assert_not_registered();

    assert_true(FreeLibrary(copy));
    assert_true(DeleteFileW(path));
    for (i = COUNT_OF(folders); i > 0; i--)
        assert_true(RemoveDirectoryW(folders[i - 1]));
}

/* Below a key that does not last no key can be made that does: this is how writing is let fail. */
static void make_volatile_key(const WCHAR *path)
{
    HKEY key = NULL;

    assert_int_equal(RegCreateKeyExW(sandbox, path, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS,
                                     NULL, &key, NULL),
                     ERROR_SUCCESS);
    RegCloseKey(key);
}

static void test_DllRegisterServer_first_write_fails(void **state)
{
    (void)state;
    make_volatile_key(CLASSES);
    assert_int_equal(register_server(), HRESULT_FROM_WIN32(ERROR_CHILD_MUST_BE_VOLATILE));
    assert_not_registered();
}

/* The first class is written, and half of the second. */
static void test_DllRegisterServer_rolls_back(void **state)
{
    HKEY key = NULL;

    (void)state;
    assert_int_equal(RegCreateKeyW(sandbox, CLASSES, &key), ERROR_SUCCESS);
    RegCloseKey(key);
    make_volatile_key(PROCESSOR);
    assert_int_equal(register_server(), HRESULT_FROM_WIN32(ERROR_CHILD_MUST_BE_VOLATILE));
    assert_not_registered();
}

static void test_DllUnregisterServer_leaves_nothing(void **state)
{
    HKEY classes;

    (void)state;
    assert_int_equal(register_server(), S_OK);
    assert_int_equal(unregister_server(), S_OK);
    assert_not_registered();
    classes = open_key(CLASSES);
    assert_extent(classes, 0, 0);
    RegCloseKey(classes);
}

static void test_DllUnregisterServer_twice(void **state)
{
    (void)state;
    assert_int_equal(register_server(), S_OK);
    assert_int_equal(unregister_server(), S_OK);
    assert_int_equal(unregister_server(), S_OK);
    assert_not_registered();
}

static void test_DllUnregisterServer_without_registration(void **state)
{
    (void)state;
    assert_int_equal(unregister_server(), S_OK);
    assert_extent(sandbox, 0, 0);
}

static void test_DllUnregisterServer_half_a_registration(void **state)
{
    (void)state;
    assert_int_equal(register_server(), S_OK);
    assert_int_equal(RegDeleteKeyW(sandbox, CONSTRUCTOR L"\\InprocServer32"), ERROR_SUCCESS);
    assert_int_equal(RegDeleteTreeW(sandbox, PROCESSOR), ERROR_SUCCESS);
    assert_int_equal(unregister_server(), S_OK);
    assert_not_registered();
}

static void test_DllUnregisterServer_removes_nobody_elses_keys(void **state)
{
    static const WCHAR other[] = CLASSES L"\\{00000000-0000-0000-0000-0000000005E4}";
    HKEY key;

    (void)state;
    assert_int_equal(RegCreateKeyW(sandbox, other, &key), ERROR_SUCCESS);
    RegCloseKey(key);
    assert_int_equal(register_server(), S_OK);
    assert_int_equal(unregister_server(), S_OK);
    assert_not_registered();
    RegCloseKey(open_key(other));
}

/* Somebody's key below ours is kept, and reported: what holds it cannot be removed. */
static void test_DllUnregisterServer_foreign_subkey(void **state)
{
    HKEY key = NULL;

    (void)state;
    assert_int_equal(register_server(), S_OK);
    assert_int_equal(RegCreateKeyW(sandbox, CONSTRUCTOR L"\\Foreign", &key), ERROR_SUCCESS);
    RegCloseKey(key);
    assert_int_equal(unregister_server(), HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED));
    RegCloseKey(open_key(CONSTRUCTOR L"\\Foreign"));
    assert_no_key(CONSTRUCTOR L"\\InprocServer32");
    assert_no_key(PROCESSOR);
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

static int load(void **state)
{
    (void)state;
    module = LoadLibraryA("qutil.dll");
    return module ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    return FreeLibrary(module) ? 0 : -1;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)

int main(int argc, char **argv)
{
    static const struct CMUnitTest system_tests[] = {
        cmocka_unit_test(test_regsvr32_u_leaves_nothing),
        cmocka_unit_test(test_CoCreateInstance_not_registered),
    };
    static const struct CMUnitTest tests[] = {
        TEST(test_DllRegisterServer_writes_both_classes),
        TEST(test_DllRegisterServer_twice),
        TEST(test_DllRegisterServer_over_another_path),
        TEST(test_DllRegisterServer_long_path),
        TEST(test_DllRegisterServer_first_write_fails),
        TEST(test_DllRegisterServer_rolls_back),
        TEST(test_DllUnregisterServer_leaves_nothing),
        TEST(test_DllUnregisterServer_twice),
        TEST(test_DllUnregisterServer_without_registration),
        TEST(test_DllUnregisterServer_half_a_registration),
        TEST(test_DllUnregisterServer_removes_nobody_elses_keys),
        TEST(test_DllUnregisterServer_foreign_subkey),
    };

    if (argc > 1 && strcmp(argv[1], "--not-registered") == 0)
        return cmocka_run_group_tests_name("not registered", system_tests, NULL, NULL);
    return cmocka_run_group_tests_name("registration", tests, load, unload);
}
