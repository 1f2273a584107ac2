/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Starts processes. Each test runs in its own process, so that a crash, or anything that a test
 * leaves behind, does not affect another test.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <windows.h>

/* Runs this program once more, with its own arguments and TEXT after them. Stores what it prints in
 * OUTPUT, as far as there is room. Returns false if no process could be started. */
bool process_run_again(const WCHAR *text, DWORD milliseconds, char *output, DWORD size, bool *ended,
                       DWORD *code);

#endif
