/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Calls the DLL whose sources are linked with it: DLL_NAME. Has critical sections, which check that
 * each is left as often as it is entered, and is deleted.
 */
#include "test.h"

#include <stdlib.h>

#include <windows.h>
#include <objbase.h>

#include "classes.h"

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);

/* As in Windows, a critical section has memory: the sanitizer reports one that is not deleted. */
void WINAPI InitializeCriticalSection(CRITICAL_SECTION *section)
{
    section->RecursionCount = 0;
    section->DebugInfo = malloc(sizeof(*section->DebugInfo));
}

void WINAPI EnterCriticalSection(CRITICAL_SECTION *section)
{
    assert_int_equal(section->RecursionCount, 0);
    section->RecursionCount++;
}

void WINAPI LeaveCriticalSection(CRITICAL_SECTION *section)
{
    assert_int_equal(section->RecursionCount, 1);
    section->RecursionCount--;
}

void WINAPI DeleteCriticalSection(CRITICAL_SECTION *section)
{
    assert_int_equal(section->RecursionCount, 0);
    free(section->DebugInfo);
}

BOOL WINAPI DisableThreadLibraryCalls(HMODULE library)
{
    return library != NULL;
}

const char *dll_name(void)
{
    return DLL_NAME;
}

int classes_open(void **state)
{
    static int instance;

    return DllMain((HINSTANCE)&instance, DLL_PROCESS_ATTACH, NULL) ? 0 : -1;
}

int classes_close(void **state)
{
    DllMain(NULL, DLL_PROCESS_DETACH, NULL);
    return 0;
}

HRESULT classes_get_object(REFCLSID clsid, REFIID iid, void **out)
{
    return DllGetClassObject(clsid, iid, out);
}

HRESULT classes_can_unload_now(void)
{
    return DllCanUnloadNow();
}
