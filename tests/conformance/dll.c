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

static bool get_full_path(const char *path, char *full, DWORD size)
{
    char *name = NULL;
    DWORD length = GetFullPathNameA(path, size, full, &name);

    if (length && length < size && name && !lstrcmpiA(name, DLL_NAME))
        return true;
    fprintf(stderr, "%s: the file has to be called " DLL_NAME ", by which programs load it\n",
            path);
    return false;
}

bool dll_load(const char *path)
{
    char full[MAX_PATH] = DLL_NAME;

    if (path && !get_full_path(path, full, sizeof(full)))
        return false;
    module = LoadLibraryExA(full, NULL, path ? LOAD_WITH_ALTERED_SEARCH_PATH : 0);
    if (!module)
    {
        DWORD error = GetLastError();

        fprintf(stderr, "%s does not load: error %lu%s\n", full, error,
                error == ERROR_BAD_EXE_FORMAT ? ", it is for programs of another kind" : "");
        return false;
    }
    /* cppcheck-suppress leakReturnValNotUsed ; it stays loaded to the end. */
    if (LoadLibraryA(DLL_NAME) != module)
    {
        fprintf(stderr, "%s is not the " DLL_NAME " that programs get by that name\n", full);
        return false;
    }
    return true;
}

static void describe_file(void (*tell)(const char *, const char *))
{
    static BYTE info[8192];
    char path[MAX_PATH] = "", text[64];
    VS_FIXEDFILEINFO *fixed = NULL;
    UINT size = 0;

    GetModuleFileNameA(module, path, sizeof(path) - 1);
    tell("path", path);
    if (!GetFileVersionInfoA(path, 0, sizeof(info), info) ||
        !VerQueryValueA(info, "\\", (void **)&fixed, &size))
        return;
    snprintf(text, sizeof(text), "%u.%u.%u.%u", HIWORD(fixed->dwFileVersionMS),
             LOWORD(fixed->dwFileVersionMS), HIWORD(fixed->dwFileVersionLS),
             LOWORD(fixed->dwFileVersionLS));
    tell("version", text);
}

/* GetVersionEx does not tell a program without a manifest. Wine says that it is a Windows. */
static void describe_system(void (*tell)(const char *, const char *))
{
    HMODULE ntdll = GetModuleHandleA("ntdll.dll");
    FARPROC get_version = GetProcAddress(ntdll, "RtlGetVersion");
    FARPROC get_wine = GetProcAddress(ntdll, "wine_get_version");
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};
    char text[64];

    if (get_wine)
        tell("Wine", ((const char *(CDECL *)(void))(uintptr_t)get_wine)());
    if (get_version && !((LONG(WINAPI *)(OSVERSIONINFOW *))(uintptr_t)get_version)(&version))
    {
        snprintf(text, sizeof(text), "%lu.%lu.%lu", version.dwMajorVersion, version.dwMinorVersion,
                 version.dwBuildNumber);
        tell("Windows", text);
    }
    tell("bits", sizeof(void *) == 8 ? "64" : "32");
}

void dll_describe(void (*tell)(const char *, const char *))
{
    describe_file(tell);
    describe_system(tell);
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
