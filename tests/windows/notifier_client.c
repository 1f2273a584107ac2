/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A DLL whose DllMain, which runs with the loader lock held, subscribes when the DLL is loaded, and
 * unsubscribes when it is unloaded or the process exits. At exit the notifier's thread has ended.
 */
#include <windows.h>
#include <naputil.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    HANDLE event;
    HRESULT hr;

    if (reason == DLL_PROCESS_DETACH)
        UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    if (reason != DLL_PROCESS_ATTACH)
        return TRUE;
    event = CreateEventW(NULL, FALSE, FALSE, L"qutil-test-client");
    hr = InitializeNapAgentNotifier(napNotifyTypeServiceState, event);
    CloseHandle(event);
    return SUCCEEDED(hr);
}
