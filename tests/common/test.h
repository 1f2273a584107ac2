/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What each test file includes first, and what it exports: one group of test cases. tests/CMakeLists.txt
 * has the list of the files, and says which programs run them.
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

/* What an out parameter holds before a call that has to write to it. */
#define SENTINEL ((void *)(uintptr_t)0x5e47)

struct test_group
{
    const char *name;
    const struct CMUnitTest *tests;
    size_t count;
    /* Before and after each test, around the test's own. */
    CMFixtureFunction setup, teardown;
    /* Of Windows programs: the DLL under test. NULL: each test is there twice, for qutil.dll and for
     * qagent.dll, whose group has another name. */
    const char *dll;
    /* Not the contract of qutil.dll, or not without a change to the system while the test runs. */
    bool own;
};

#endif
