/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL that is checked.
 */
#ifndef DLL_H
#define DLL_H

#include <stdbool.h>
#include <windows.h>

/* Loads the DLL, NULL being the qutil.dll that Windows finds by name. It stays loaded, so that the
 * checks get the same one by that name. False, with a message, where it does not load. */
bool dll_load(const char *path);

/* Tells about the DLL and the system, a thing at a time. */
void dll_describe(void (*tell)(const char *what, const char *value));

/* An export, for forwarders.c; the check fails where there is none. */
FARPROC dll_export(const char *name);

#endif
