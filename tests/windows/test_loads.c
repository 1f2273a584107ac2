/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Loading the DLL, using it and unloading it many times leaves no handle, thread or memory behind.
 */
#include "test.h"

#include <windows.h>
#include <naputil.h>

#include "dll.h"
#include "usage.h"

enum
{
    LOADS = 64 /* in a round */
};

static void load(int count)
{
    while (count--)
    {
        HMODULE module = dll_load();
        HRESULT(WINAPI * allocate)(Connections **, UINT16);
        VOID(WINAPI * release)(Connections *);
        Connections *list;

        assert_non_null(module);
        allocate = (HRESULT(WINAPI *)(Connections **, UINT16))(uintptr_t)GetProcAddress(
            module, "AllocConnections");
        release =
            (VOID(WINAPI *)(Connections *))(uintptr_t)GetProcAddress(module, "FreeConnections");
        assert_int_equal(allocate(&list, 20), S_OK);
        release(list);
        assert_true(FreeLibrary(module));
        assert_null(GetModuleHandleA(dll_name()));
    }
}

static void test_load_and_unload(void **state)
{
    (void)state;
    assert_no_growth("load and unload", load, LOADS);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_load_and_unload),
};

const struct test_group test_loads = {
    .name = "loads",
    .tests = tests,
    .count = COUNT_OF(tests),
    .dll = "qutil.dll",
};
