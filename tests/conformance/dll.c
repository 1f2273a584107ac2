/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Loads the DLL that is checked, and says which one it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "dll.h"

#define DLL_NAME "qutil.dll"

static HMODULE module;

static HMODULE load_file(const char *path)
{
    char full[MAX_PATH], *name = NULL;
    DWORD length = GetFullPathNameA(path, sizeof(full), full, &name);

    if (!length || length >= sizeof(full) || !name || lstrcmpiA(name, DLL_NAME))
    {
        fprintf(stderr, "%s: the file has to be called " DLL_NAME ", by which programs load it\n",
                path);
        return NULL;
    }
    return LoadLibraryExA(full, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

bool dll_load(const char *path)
{
    SetLastError(ERROR_SUCCESS);
    module = path ? load_file(path) : LoadLibraryA(DLL_NAME);
    if (!module)
    {
        fprintf(stderr, "%s does not load: error %lu%s\n", path ? path : DLL_NAME, GetLastError(),
                GetLastError() == ERROR_BAD_EXE_FORMAT
                    ? ", it is not for a program of this many bits"
                    : "");
        return false;
    }
    if (LoadLibraryA(DLL_NAME) != module)
    {
        fprintf(stderr, "another " DLL_NAME " is loaded by that name\n");
        return false;
    }
    return true;
}

static void describe_version(const char *path)
{
    static BYTE info[8192];
    VS_FIXEDFILEINFO *fixed = NULL;
    UINT size = 0;

    if (!GetFileVersionInfoA(path, 0, sizeof(info), info) ||
        !VerQueryValueA(info, "\\", (void **)&fixed, &size))
        return;
    printf("# version %u.%u.%u.%u\n", HIWORD(fixed->dwFileVersionMS),
           LOWORD(fixed->dwFileVersionMS), HIWORD(fixed->dwFileVersionLS),
           LOWORD(fixed->dwFileVersionLS));
}

/* GetVersionEx does not tell a program without a manifest. */
static void describe_system(void)
{
    FARPROC function = GetProcAddress(GetModuleHandleA("ntdll.dll"), "RtlGetVersion");
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};

    if (function && !((LONG(WINAPI *)(OSVERSIONINFOW *))(uintptr_t)function)(&version))
        printf("# Windows %lu.%lu.%lu, program of %u bits\n", version.dwMajorVersion,
               version.dwMinorVersion, version.dwBuildNumber, 8 * (unsigned)sizeof(void *));
}

void dll_describe(void)
{
    char path[MAX_PATH];
    DWORD length = GetModuleFileNameA(module, path, sizeof(path));

    if (length && length < sizeof(path))
    {
        printf("# %s\n", path);
        describe_version(path);
    }
    describe_system();
}

FARPROC dll_export(const char *name)
{
    FARPROC function = GetProcAddress(module, name);

    if (!function)
    {
        print_error("# " DLL_NAME " does not export %s\n", name);
        fail();
    }
    return function;
}
