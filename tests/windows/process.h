/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Processes: one for each test, so that what a test leaves behind, a crash included, is no other test's
 * concern; and those that tests need.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <windows.h>

/* Starts a program with this command line, which is written to, and with this file, or NULL, for its
 * output. NULL, and GetLastError says why, where it cannot be started. */
HANDLE process_start(const WCHAR *program, WCHAR *command, HANDLE output);

/* Waits, ends the process where it has not ended by itself within the time, and closes it. Returns
 * whether it has, and its exit code. */
bool process_wait(HANDLE process, DWORD milliseconds, DWORD *code);

/* Runs this program once more, with its own arguments and one more, TEXT. What it printed is in OUTPUT,
 * cut to what has room. False where no process could be started. */
bool process_run_again(const WCHAR *text, DWORD milliseconds, char *output, DWORD size, bool *ended,
                       DWORD *code);

#endif
