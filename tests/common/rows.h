/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * For tests that check the rows of a table. A difference is printed, the test goes on with the next
 * row, and fails at the end. So one run with another DLL prints all differences. Include test.h
 * first.
 */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

/* If the two values differ, prints the key, which is a format of printf, and the values, at most
 * 200 times in a test. Returns whether the values are equal. */
bool expect_result(HRESULT expected, HRESULT found, const char *key, ...);
bool expect_size(size_t expected, size_t found, const char *key, ...);

/* Runs a test, and fails it if there was a difference. cases.c runs each test so. */
void rows_run(CMUnitTestFunction test, void **state);

#endif
