/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Each test file includes this first, and exports a group of test cases. tests/CMakeLists.txt has
 * the list of the test files, and the programs that run them.
 */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The value of an out parameter before a call that has to write to it. */
#define SENTINEL ((void *)(uintptr_t)0x5e47)

/* The DLL under test: qutil.dll or qagent.dll. */
const char *dll_name(void);

struct test_group
{
    const char *name;
    const struct CMUnitTest *tests;
    size_t count;
    /* Called before and after each test, around the set-up and the tear-down of the test. */
    CMFixtureFunction setup, teardown;
    /* The DLL under test of Windows programs. NULL: each test exists twice, once for qutil.dll and
     * once for qagent.dll, in a group of another name. */
    const char *dll;
    /* Whether the tests change the system, or check what only this project's DLLs have to do. */
    bool own;
};

/* Exports a file's table "tests". The other members follow as initializers. */
#define TEST_GROUP(group, ...)                                                                     \
    const struct test_group test_##group = {                                                       \
        .name = #group, .tests = tests, .count = COUNT_OF(tests), __VA_ARGS__}

#endif
