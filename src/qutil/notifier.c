/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Subscribes to changes of the NapAgent service and ends subscriptions.
 */
#include <windows.h>

#define NAPAPI
#include <naputil.h>

#include "watcher.h"

static BOOL is_known(NapNotifyType type)
{
    return type == napNotifyTypeServiceState || type == napNotifyTypeQuarState;
}

static BOOL duplicate(HANDLE handle, DWORD access, HANDLE *copy)
{
    HANDLE process = GetCurrentProcess();

    return DuplicateHandle(process, handle, process, copy, access, FALSE, 0);
}

/* Asks without setting it: through a handle without rights, an event is denied, and what is no event
 * is an invalid handle. */
static BOOL is_event(HANDLE handle)
{
    HANDLE powerless;
    BOOL denied;

    if (!duplicate(handle, 0, &powerless))
        return FALSE;
    SetEvent(powerless);
    denied = GetLastError() == ERROR_ACCESS_DENIED;
    CloseHandle(powerless);
    return denied;
}

HRESULT WINAPI InitializeNapAgentNotifier(NapNotifyType type, HANDLE hNotifyEvent)
{
    HANDLE event;
    HRESULT hr;

    if (!is_known(type) || !hNotifyEvent)
        return E_INVALIDARG;
    if (watcher_has_subscription(type))
        return HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    if (!is_event(hNotifyEvent) || !duplicate(hNotifyEvent, EVENT_MODIFY_STATE, &event))
        return E_FAIL;
    if (FAILED(hr = watcher_subscribe(type, event)))
        CloseHandle(event);
    return hr;
}

VOID WINAPI UninitializeNapAgentNotifier(NapNotifyType type)
{
    if (is_known(type))
        watcher_unsubscribe(type);
}
