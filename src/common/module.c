/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The entry point of the DLL, and the count of the locks that keep it loaded.
 */
#include "common.h"

HINSTANCE module_instance;

static LONG module_locks;

/* On DLL_PROCESS_DETACH, reserved is not NULL if the process exits. Nothing is freed then, because
 * the DllMain of another DLL may still call this DLL. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    if (reason == DLL_PROCESS_ATTACH)
    {
        module_instance = instance;
        DisableThreadLibraryCalls(instance);
        module_attach();
    }
    if (reason == DLL_PROCESS_DETACH && !reserved)
        module_detach();
    return TRUE;
}

void module_lock(void)
{
    InterlockedIncrement(&module_locks);
}

void module_unlock(void)
{
    InterlockedDecrement(&module_locks);
}

STDAPI DllCanUnloadNow(void)
{
    return InterlockedCompareExchange(&module_locks, 0, 0) ? S_FALSE : S_OK;
}
