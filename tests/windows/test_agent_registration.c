/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: DllRegisterServer and DllUnregisterServer. The code is qutil.dll's, whose tests have
 * the rest: here is what the two DLLs have of their own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <windows.h>

#include "registry.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define CLASSES         L"Software\\Classes\\CLSID\\"
#define SERVER          L"\\InprocServer32"
#define COMPONENT       L"Software\\qutil\\NapAgent\\Shas\\000137F0"
#define OTHER           L"C:\\windows\\system32\\kernel32.dll"

enum
{
    TEXT_LENGTH = 260
};

static const struct
{
    const WCHAR *clsid;
    const WCHAR *name;
} classes[] = {
    {L"{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}", L"NapClientManagement"},
    {L"{8E594310-16CA-4A00-932F-F70969F990C0}", L"NapSystemHealthAgentBinding"},
    {L"{9443B89B-6564-496A-B19C-6C6D22709045}", L"NapEnforcementClientBinding"},
};

static HMODULE module;

static HRESULT call(const char *name)
{
    FARPROC function = GetProcAddress(module, name);

    assert_non_null((void *)(uintptr_t)function);
    return ((HRESULT(WINAPI *)(void))(uintptr_t)function)();
}

static const WCHAR *key_of(size_t class, const WCHAR *subkey)
{
    static WCHAR path[TEXT_LENGTH];

    lstrcpyW(path, CLASSES);
    lstrcatW(path, classes[class].clsid);
    return lstrcatW(path, subkey);
}

/* Expects no value where there is no text. */
static void assert_text(const WCHAR *key, const WCHAR *name, const WCHAR *expected)
{
    WCHAR text[TEXT_LENGTH];
    DWORD size = sizeof(text);
    LSTATUS status = RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_SZ, NULL, text, &size);

    assert_int_equal(status, expected ? ERROR_SUCCESS : ERROR_FILE_NOT_FOUND);
    if (expected)
        assert_int_equal(lstrcmpW(text, expected), 0);
}

static void assert_registered(size_t class, const WCHAR *path)
{
    assert_text(key_of(class, L""), NULL, path ? classes[class].name : NULL);
    assert_text(key_of(class, SERVER), NULL, path);
    assert_text(key_of(class, SERVER), L"ThreadingModel", path ? L"Both" : NULL);
}

static void make_value(const WCHAR *key, const WCHAR *text)
{
    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, NULL, REG_SZ, text,
                                     ((DWORD)lstrlenW(text) + 1) * sizeof(*text)),
                     ERROR_SUCCESS);
}

static void test_DllRegisterServer_and_back(void **state)
{
    WCHAR path[TEXT_LENGTH];
    size_t i, round;

    (void)state;
    assert_in_range(GetModuleFileNameW(module, path, TEXT_LENGTH), 1, TEXT_LENGTH - 1);
    make_value(COMPONENT, L"a component");
    for (round = 0; round < 2; round++)
    {
        assert_int_equal(call("DllRegisterServer"), S_OK);
        for (i = 0; i < COUNT_OF(classes); i++)
            assert_registered(i, path);
    }
    for (round = 0; round < 2; round++)
    {
        assert_int_equal(call("DllUnregisterServer"), S_OK);
        for (i = 0; i < COUNT_OF(classes); i++)
            assert_registered(i, NULL);
    }
    /* The store is other programs'. */
    assert_text(COMPONENT, NULL, L"a component");
}

/* Windows that has a qagent.dll of its own keeps it. */
static void test_DllRegisterServer_refuses_another_file(void **state)
{
    size_t i, others;

    (void)state;
    for (others = 0; others < COUNT_OF(classes); others++)
    {
        make_value(key_of(others, SERVER), OTHER);
        assert_int_equal(call("DllRegisterServer"), HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED));
        assert_int_equal(call("DllUnregisterServer"), S_OK);
        for (i = 0; i < COUNT_OF(classes); i++)
        {
            assert_text(key_of(i, L""), NULL, NULL);
            assert_text(key_of(i, SERVER), NULL, i == others ? OTHER : NULL);
        }
        assert_int_equal(RegDeleteTreeW(HKEY_LOCAL_MACHINE, key_of(others, L"")), ERROR_SUCCESS);
    }
}

static int begin(void **state)
{
    (void)state;
    registry_open();
    module = LoadLibraryA("qagent.dll");
    return module ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    registry_close();
    return FreeLibrary(module) ? 0 : -1;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_DllRegisterServer_and_back, begin, end),
        cmocka_unit_test_setup_teardown(test_DllRegisterServer_refuses_another_file, begin, end),
    };

    return cmocka_run_group_tests_name("agent registration", tests, NULL, NULL);
}
