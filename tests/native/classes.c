/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What native tests of the classes need of Windows: critical sections, which see that they are used
 * in pairs and deleted. Gets the classes from the sources that are linked with it.
 */
#include "test.h"

#include <stdlib.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>

#include "classes.h"

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);

/* As on Windows, memory hangs on it: one that is not deleted is a leak. */
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

int classes_open(void **state)
{
    static int instance;

    (void)state;
    return DllMain((HINSTANCE)&instance, DLL_PROCESS_ATTACH, NULL) ? 0 : -1;
}

int classes_close(void **state)
{
    (void)state;
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

void *new_object(REFCLSID clsid, REFIID iid)
{
    IClassFactory *factory;
    void *object = NULL;

    assert_int_equal(DllGetClassObject(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    assert_int_equal(IClassFactory_CreateInstance(factory, NULL, iid, &object), S_OK);
    IClassFactory_Release(factory);
    assert_non_null(object);
    return object;
}
