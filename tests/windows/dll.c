/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Loads the DLL under test, and prints which file it is.
 */
#include "test.h"

#include <stdio.h>

#include "dll.h"

static const char *selected = "qutil.dll";
static char full_path[MAX_PATH];

bool dll_set_path(const char *path)
{
    char *name = NULL;
    DWORD length = GetFullPathNameA(path, sizeof(full_path), full_path, &name);

    if (length && length < sizeof(full_path) && name &&
        (!lstrcmpiA(name, "qutil.dll") || !lstrcmpiA(name, "qagent.dll")))
    {
        selected = lstrcmpiA(name, "qutil.dll") ? "qagent.dll" : "qutil.dll";
        return true;
    }
    fprintf(stderr, "%s: the file has to be called qutil.dll or qagent.dll, as programs load it\n",
            path);
    return false;
}

void dll_select(const char *name)
{
    selected = name;
}

const char *dll_name(void)
{
    return selected;
}

HMODULE dll_load(void)
{
    HMODULE module;

    if (!full_path[0])
        return LoadLibraryA(selected);
    module = LoadLibraryExA(full_path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    /* Programs, and the DLLs that they load, have to get this file when they load it by name. */
    if (module && GetModuleHandleA(selected) != module)
    {
        FreeLibrary(module);
        SetLastError(ERROR_ALREADY_EXISTS);
        return NULL;
    }
    return module;
}

FARPROC dll_export(const char *name)
{
    static HMODULE module;
    FARPROC function;

    if (!module)
        module = dll_load();
    if (!module)
        fail_msg("%s does not load", selected);
    function = GetProcAddress(module, name);
    if (!function)
        fail_msg("%s does not export %s", selected, name);
    return function;
}

static void describe_file(HMODULE module)
{
    static BYTE info[8192];
    char path[MAX_PATH] = "";
    VS_FIXEDFILEINFO *fixed = NULL;
    UINT size = 0;

    GetModuleFileNameA(module, path, sizeof(path) - 1);
    printf("%s", path);
    if (GetFileVersionInfoA(path, 0, sizeof(info), info) &&
        VerQueryValueA(info, "\\", (void **)&fixed, &size))
        printf(", version %u.%u.%u.%u", HIWORD(fixed->dwFileVersionMS),
               LOWORD(fixed->dwFileVersionMS), HIWORD(fixed->dwFileVersionLS),
               LOWORD(fixed->dwFileVersionLS));
}

/* RtlGetVersion returns the version even to programs without a manifest; GetVersionEx does not. */
static void describe_system(void)
{
    HMODULE ntdll = GetModuleHandleA("ntdll.dll");
    FARPROC get_version = GetProcAddress(ntdll, "RtlGetVersion");
    FARPROC get_wine = GetProcAddress(ntdll, "wine_get_version");
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};

    if (get_version && !((LONG(WINAPI *)(OSVERSIONINFOW *))(uintptr_t)get_version)(&version))
        printf(", Windows %lu.%lu.%lu", version.dwMajorVersion, version.dwMinorVersion,
               version.dwBuildNumber);
    if (get_wine)
        printf(", Wine %s", ((const char *(CDECL *)(void))(uintptr_t)get_wine)());
}

bool dll_describe(void)
{
    HMODULE module = dll_load();
    DWORD error = GetLastError();

    if (!module)
    {
        fprintf(stderr, "%s does not load: error %lu%s\n", full_path[0] ? full_path : selected,
                error, error == ERROR_BAD_EXE_FORMAT ? ", it is for programs of another kind" : "");
        return false;
    }
    describe_file(module);
    describe_system();
    printf(", %u bit\n", 8 * (unsigned)sizeof(void *));
    FreeLibrary(module);
    return true;
}
