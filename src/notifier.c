/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Subscribes to changes of the NapAgent service and ends subscriptions.
 */
#include <windows.h>

#define NAPAPI
#include <naputil.h>

#include "watcher.h"

/* The thread in here, or 0. A lock that needs neither DllMain nor Windows Vista; only callers that
 * ignore that the functions are not thread safe ever wait for it. A thread may have been ended in
 * here, when the process exits. */
static volatile LONG lock_owner;
/* While there is a subscription. */
static struct watcher *watcher;

static BOOL has_ended(DWORD thread_id)
{
    HANDLE thread = OpenThread(SYNCHRONIZE, FALSE, thread_id);
    BOOL ended;

    if (!thread)
        return GetLastError() == ERROR_INVALID_PARAMETER;
    ended = WaitForSingleObject(thread, 0) == WAIT_OBJECT_0;
    CloseHandle(thread);
    return ended;
}

static void lock(void)
{
    LONG self = (LONG)GetCurrentThreadId(), owner;

    while ((owner = InterlockedCompareExchange(&lock_owner, self, 0)))
    {
        if (has_ended((DWORD)owner) &&
            InterlockedCompareExchange(&lock_owner, self, owner) == owner)
            return;
        Sleep(1);
    }
}

static void unlock(void)
{
    InterlockedExchange(&lock_owner, 0);
}

static void drop_unused_watcher(void)
{
    if (!watcher || watcher_has_events(watcher))
        return;
    watcher_destroy(watcher);
    watcher = NULL;
}

static HRESULT subscribe(NapNotifyType type, HANDLE event)
{
    HANDLE process = GetCurrentProcess(), duplicate;
    HRESULT hr = E_FAIL;

    if (watcher && watcher_get_event(watcher, type))
        return HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    if (!DuplicateHandle(process, event, process, &duplicate, 0, FALSE, DUPLICATE_SAME_ACCESS))
        return E_FAIL;
    if (watcher || (watcher = watcher_create()))
        hr = watcher_set_event(watcher, type, duplicate);
    if (FAILED(hr))
        CloseHandle(duplicate);
    drop_unused_watcher();
    return hr;
}

static void unsubscribe(NapNotifyType type)
{
    HANDLE event = watcher ? watcher_get_event(watcher, type) : NULL;

    if (!event)
        return;
    watcher_set_event(watcher, type, NULL);
    CloseHandle(event);
    drop_unused_watcher();
}

static BOOL is_known(NapNotifyType type)
{
    return type == napNotifyTypeServiceState || type == napNotifyTypeQuarState;
}

HRESULT WINAPI InitializeNapAgentNotifier(NapNotifyType type, HANDLE hNotifyEvent)
{
    HRESULT hr;

    if (!is_known(type) || !hNotifyEvent)
        return E_INVALIDARG;
    lock();
    hr = subscribe(type, hNotifyEvent);
    unlock();
    return hr;
}

VOID WINAPI UninitializeNapAgentNotifier(NapNotifyType type)
{
    if (!is_known(type))
        return;
    lock();
    unsubscribe(type);
    unlock();
}
