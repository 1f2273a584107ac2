/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Calls DllRegisterServer and DllUnregisterServer, and provides the files that they open.
 *
 * tests/native/registration.c calls functions of src and fakes the files; allocations_fail also
 * makes calls of the registry and of files fail there. tests/windows/registration.c calls the DLL
 * under test, which opens files of Windows.
 */
#ifndef REGISTRATION_H
#define REGISTRATION_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

/* A path of the DLL, and the error of DllRegisterServer there. The first one is the usual place. */
struct place
{
    const char *name;
    DWORD error;
};

extern const struct place places[];
extern const size_t place_count;

/* registration_open puts the DLL into the place, with a second file beside it whose name has an x
 * at the end, and sets the environment variable QUTIL_TEST to the path of the DLL. */
void registration_open(size_t place);
void registration_close(void);

/* The largest number of calls of Windows that can fail in one of the two functions. */
extern const unsigned most_calls;

const WCHAR *registration_path(void);
HRESULT call_registration(bool registers);

#endif
