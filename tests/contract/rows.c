/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Counts the rows that differ.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "rows.h"

enum
{
    MOST_PRINTED = 200 /* in a test: some tables have thousands of rows */
};

static unsigned differences;

void rows_begin(void)
{
    differences = 0;
}

bool expect_result(HRESULT expected, HRESULT found, const char *key, ...)
{
    char text[128];
    va_list arguments;

    if (found == expected)
        return true;
    if (++differences > MOST_PRINTED)
        return false;
    va_start(arguments, key);
    vsnprintf(text, sizeof(text), key, arguments);
    va_end(arguments);
    print_error("  %s: expected 0x%08lx, found 0x%08lx\n", text, (unsigned long)(UINT32)expected,
                (unsigned long)(UINT32)found);
    return false;
}

void rows_end(void)
{
    if (differences)
        fail_msg("%u differ", differences);
}
