/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL under test: qutil.dll or qagent.dll. Windows finds it by name, or the user gives a path.
 */
#ifndef DLL_H
#define DLL_H

#include <stdbool.h>
#include <windows.h>

/* From now on the DLL under test is the file at this path. The file has to be called qutil.dll or
 * qagent.dll; if it is not, prints a message and returns false. */
bool dll_set_path(const char *path);

/* From now on the DLL under test is the one of this name: qutil.dll or qagent.dll. */
void dll_select(const char *name);

/* Loads the DLL; the caller frees it with FreeLibrary. Returns NULL if it does not load, and
 * GetLastError has the reason. */
HMODULE dll_load(void);

/* Returns a function of the DLL, and keeps the DLL loaded. The test fails if there is none. */
FARPROC dll_export(const char *name);

/* Prints the DLL's path and version, and the system. Returns false if the DLL does not load. */
bool dll_describe(void);

#endif
