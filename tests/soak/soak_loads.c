/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Loads the DLL, uses it and unloads it, many times. After that the process has the handles, threads
 * and heap that it had after warming up.
 *
 *   test_soak_loads [CYCLES]
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <windows.h>
#include <naputil.h>

#include "usage.h"

enum
{
    CYCLES = 1000,
    WARM_UP = 100,
    PROGRESS = 1000 /* cycles */
};

typedef HRESULT(WINAPI *alloc_function)(Connections **connections, UINT16 count);
typedef void(WINAPI *free_function)(Connections *connections);

static int cycles = CYCLES;

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

static void test_loads(void **state)
{
    struct usage before;
    int i;

    (void)state;
    for (i = 0; i < WARM_UP; i++)
        cycle();
    before = measure_usage();
    for (i = 1; i <= cycles; i++)
    {
        cycle();
        if (i % PROGRESS == 0)
            print_message("load and unload: %d of %d\n", i, cycles);
    }
    print_message("%d times, ", cycles);
    assert_usage_equal("load and unload", before);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loads),
    };

    if (argc == 2)
        cycles = (int)strtol(argv[1], NULL, 10);
    if (cycles <= 0)
        return 2;
    return cmocka_run_group_tests_name("soak_loads", tests, NULL, NULL);
}
