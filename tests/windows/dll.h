/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL under test: qutil.dll or qagent.dll, as Windows finds it by name, or from a path.
 */
#ifndef DLL_H
#define DLL_H

#include <stdbool.h>
#include <windows.h>

/* From here on DLLs are those of this path, whose name has to be that of the DLL. False, with a
 * message, where that cannot be. */
bool dll_set_path(const char *path);

/* From here on this DLL is under test: qutil.dll or qagent.dll. */
void dll_select(const char *name);
const char *dll_name(void);

/* Loads it; the caller frees it with FreeLibrary. NULL where it does not load, and GetLastError says
 * why. */
HMODULE dll_load(void);

/* A function of the DLL, which stays loaded then. The test fails where there is none. */
FARPROC dll_export(const char *name);

/* Prints which file it is, its version, and the system. False, with a message, where there is none. */
bool dll_describe(void);

#endif
