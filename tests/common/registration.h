/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL that registers itself, and the files that it finds then.
 *
 * tests/native/registration.c calls the sources themselves, and has files of its own; each call of the
 * registry and of files fails as allocations_fail says. tests/windows/registration.c calls the DLL
 * under test, and has real files.
 */
#ifndef REGISTRATION_H
#define REGISTRATION_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

/* qutil.dll or qagent.dll. */
const char *dll_name(void);

/* Where the DLL may lie, and the error of DllRegisterServer there. The first has nothing special. */
struct place
{
    const char *name;
    DWORD error;
};

extern const struct place places[];
extern const size_t place_count;

/* Between these two the DLL is there. Beside its file is another, whose name has an x at the end, and
 * the variable QUTIL_TEST has its path. The path is not longer than MAX_PATH, or DllRegisterServer has
 * to fail. */
void registration_open(size_t place);
void registration_close(void);

/* The most calls of Windows, by one of the functions, that can fail. */
extern const unsigned most_calls;

const WCHAR *registration_path(void);
HRESULT call_DllRegisterServer(void);
HRESULT call_DllUnregisterServer(void);

#endif
