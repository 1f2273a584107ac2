/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Gets the classes from the DLL under test itself, or through COM, which finds registered classes.
 */
#include "test.h"

#include <windows.h>
#include <objbase.h>

#include "classes.h"
#include "dll.h"

static bool uses_com;
static DWORD apartment = COINIT_MULTITHREADED;
static HMODULE module;

void classes_select(bool through_com, bool single_threaded)
{
    uses_com = through_com;
    apartment = single_threaded ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED;
}

int classes_open(void **state)
{
    module = dll_load();
    return module && SUCCEEDED(CoInitializeEx(NULL, apartment)) ? 0 : -1;
}

int classes_close(void **state)
{
    CoUninitialize();
    FreeLibrary(module);
    return 0;
}

HRESULT classes_get_object(REFCLSID clsid, REFIID iid, void **out)
{
    if (uses_com)
        return CoGetClassObject(clsid, CLSCTX_INPROC_SERVER, NULL, iid, out);
    return ((HRESULT(WINAPI *)(REFCLSID, REFIID, void **))(uintptr_t)dll_export(
        "DllGetClassObject"))(clsid, iid, out);
}

HRESULT classes_can_unload_now(void)
{
    return ((HRESULT(WINAPI *)(void))(uintptr_t)dll_export("DllCanUnloadNow"))();
}
