/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A DLL that subscribes and unsubscribes in its DllMain: as it is loaded and unloaded, with the
 * loader's lock held, and when the process exits, when the notifier's thread is no more.
 */
#include <windows.h>
#include <naputil.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    HANDLE event;
    HRESULT hr;

    (void)instance;
    (void)reserved;

    if (reason == DLL_PROCESS_DETACH)
        UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    if (reason != DLL_PROCESS_ATTACH)
        return TRUE;
    event = CreateEventW(NULL, FALSE, FALSE, L"qutil-test-client");
    hr = InitializeNapAgentNotifier(napNotifyTypeServiceState, event);
    CloseHandle(event);
    return SUCCEEDED(hr);
}
