/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Loads the DLL, uses it and unloads it, many times. That leaves no handle, thread or memory behind.
 *
 *   test_soak_loads [CYCLES [memory|handle]]
 *
 * CYCLES is how often in each of several rounds. With another argument, each cycle leaks that, which
 * has to make the test fail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <windows.h>
#include <naputil.h>

#include "usage.h"

enum
{
    CYCLES = 64,
    LEAK = 16 /* bytes */
};

typedef HRESULT(WINAPI *alloc_function)(Connections **connections, UINT16 count);
typedef void(WINAPI *free_function)(Connections *connections);

static int cycles = CYCLES;
static const char *leak = "";

static void cycle(void)
{
    HMODULE module = LoadLibraryW(L"qutil.dll");
    alloc_function allocate;
    free_function release;
    Connections *list;

    assert_non_null(module);
    allocate = (alloc_function)(uintptr_t)GetProcAddress(module, "AllocConnections");
    release = (free_function)(uintptr_t)GetProcAddress(module, "FreeConnections");
    assert_true(allocate && release);
    assert_int_equal(allocate(&list, 20), S_OK);
    release(list);
    assert_true(FreeLibrary(module));
    assert_null(GetModuleHandleW(L"qutil.dll"));
}

static void repeat(int count)
{
    while (count--)
    {
        cycle();
        if (!strcmp(leak, "memory"))
            assert_non_null(HeapAlloc(GetProcessHeap(), 0, LEAK));
        if (!strcmp(leak, "handle"))
            assert_non_null(CreateEventW(NULL, FALSE, FALSE, NULL));
    }
}

static void test_loads(void **state)
{
    (void)state;
    assert_no_growth("load and unload", repeat, cycles);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loads),
    };

    if (argc > 2)
        leak = argv[2];
    if (argc > 1)
        cycles = (int)strtol(argv[1], NULL, 10);
    if (cycles <= 0)
        return 2;
    return cmocka_run_group_tests_name("soak_loads", tests, NULL, NULL);
}
