/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Counts the differences.
 */
#include "test.h"

#include "rows.h"

#define MOST_PRINTED 200 /* in one test: some tables have thousands of rows */

static unsigned differences;

/* Counts a difference. Returns whether the caller has to print the rest of the line. */
static bool begin_line(const char *key, va_list arguments)
{
    if (++differences > MOST_PRINTED)
        return false;
    print_error("  ");
    vprint_error(key, arguments);
    return true;
}

bool expect_result(HRESULT expected, HRESULT found, const char *key, ...)
{
    va_list arguments;

    if (found == expected)
        return true;
    va_start(arguments, key);
    if (begin_line(key, arguments))
        print_error(": expected 0x%08lx, found 0x%08lx\n", (unsigned long)(UINT32)expected,
                    (unsigned long)(UINT32)found);
    va_end(arguments);
    return false;
}

bool expect_size(size_t expected, size_t found, const char *key, ...)
{
    va_list arguments;

    if (found == expected)
        return true;
    va_start(arguments, key);
    if (begin_line(key, arguments))
        print_error(": expected %lu, found %lu\n", (unsigned long)expected, (unsigned long)found);
    va_end(arguments);
    return false;
}

void rows_run(CMUnitTestFunction test, void **state)
{
    differences = 0;
    test(state);
    if (differences)
        fail_msg("%u differ", differences);
}
