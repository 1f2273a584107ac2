/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A DLL that subscribes for itself, and unsubscribes from its DllMain: when it is unloaded, with
 * the loader's lock held, and when the process exits, when the notifier's thread is no more.
 */
#include <windows.h>
#include <naputil.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);
__declspec(dllexport) HRESULT subscribe(HANDLE event);

HRESULT subscribe(HANDLE event)
{
    return InitializeNapAgentNotifier(napNotifyTypeServiceState, event);
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    (void)instance;
    (void)reserved;

    if (reason == DLL_PROCESS_DETACH)
        UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    return TRUE;
}
