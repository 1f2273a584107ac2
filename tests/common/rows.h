/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Tests that walk a table: what differs in a row is printed, the test goes on with the next row, and
 * fails in the end. So one run on another DLL tells all that differs.
 */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

void rows_begin(void);

/* Prints the key, as printf does, what was expected and what was found where these differ, up to some
 * 200 times in a test. Returns whether they are the same. */
bool expect_result(HRESULT expected, HRESULT found, const char *key, ...);
bool expect_size(size_t expected, size_t found, const char *key, ...);

/* Fails the test where anything differed since rows_begin. */
void rows_end(void);

#endif
