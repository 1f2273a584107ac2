/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The thread that sees the NapAgent service start and stop.
 *
 * It owns what it watches with and the table of events. What callers want of it they ask it for and
 * wait until it is done: so a subscription begins and ends at a definite moment, and an event is
 * never set when its subscription is over.
 *
 * The thread holds a reference to the DLL, taken by the caller that starts it, whose own reference
 * keeps the DLL loaded meanwhile; its last step, FreeLibraryAndExitThread, gives it back from
 * outside our code. So there is no moment at which the code under the thread can be unmapped, and
 * DllMain has nothing to do: who unloads the DLL and leaves a subscription behind leaves the DLL
 * behind with it. When the process exits, Windows ends the thread wherever it is; who unsubscribes
 * after that finds out from the thread's handle.
 */
#include <stdint.h>
#include <windows.h>

#include "watcher.h"

#define SERVICE_NAME L"napagent"
#define SERVICES_KEY L"SYSTEM\\CurrentControlSet\\Services"

/* How often to begin again, with a new handle, when watching the service does not succeed. */
#define ATTEMPTS 10
/* How long, in milliseconds, to wait for the thread to be gone. See watcher_destroy. */
#define THREAD_EXIT_WAIT 1000

/* Events are indexed by NapNotifyType, which begins at 1. */
#define TYPE_COUNT (napNotifyTypeQuarState + 1)

typedef DWORD(WINAPI *notify_function)(SC_HANDLE service, DWORD mask, SERVICE_NOTIFYW *buffer);

struct watcher
{
    LONG ref; /* the thread's, and one for the subscriptions */
    HMODULE module;
    HANDLE thread;
    HANDLE order;    /* auto-reset: order_type and order_event are to be carried out */
    HANDLE answered; /* auto-reset: they are, with this result */
    NapNotifyType order_type;
    HANDLE order_event; /* the new subscription, or NULL to end one */
    HRESULT result;

    /* Written by the thread; callers read it when they have been answered. */
    HANDLE events[TYPE_COUNT];

    /* The thread's own. */
    notify_function notify;
    SC_HANDLE manager;
    SC_HANDLE service;
    SERVICE_NOTIFYW notification;
    HKEY services;
    HANDLE services_changed;
    BOOL services_watched;
    BOOL running;
};

/* Returns whether that is news. The first time nobody has subscribed yet. */
static BOOL announce(struct watcher *watcher, BOOL running)
{
    int type;

    if (running == watcher->running)
        return FALSE;
    watcher->running = running;
    for (type = 0; type < TYPE_COUNT; type++)
    {
        if (watcher->events[type])
            SetEvent(watcher->events[type]);
    }
    return TRUE;
}

/* Runs in the thread, when it waits. A service that starts and stops again at once is announced
 * twice: here what it was, and when it is looked at what it is. */
static void CALLBACK service_changed(void *argument)
{
    SERVICE_NOTIFYW *notification = argument;

    if (notification->dwNotificationStatus != ERROR_SUCCESS)
        return;
    if (notification->dwNotificationTriggered & SERVICE_NOTIFY_RUNNING)
        announce(notification->pContext, TRUE);
    if (notification->dwNotificationTriggered & SERVICE_NOTIFY_STOPPED)
        announce(notification->pContext, FALSE);
}

/* Closing the handle ends its notification (documented); one that is already on its way is received
 * before the structure is used for the next. */
static void forget_service(struct watcher *watcher)
{
    if (!watcher->service)
        return;
    CloseServiceHandle(watcher->service);
    watcher->service = NULL;
    SleepEx(0, TRUE);
}

/* Asks for what the service does not do now, or Windows would answer at once. An open handle keeps
 * a deleted service in existence: deletion is to be told as well. */
static DWORD request_notification(struct watcher *watcher)
{
    DWORD mask = watcher->running ? SERVICE_NOTIFY_STOPPED : SERVICE_NOTIFY_RUNNING;
    SERVICE_NOTIFYW *notification = &watcher->notification;

    ZeroMemory(notification, sizeof(*notification));
    notification->dwVersion = SERVICE_NOTIFY_STATUS_CHANGE;
    notification->pfnNotifyCallback = service_changed;
    notification->pContext = watcher;
    return watcher->notify(watcher->service, mask | SERVICE_NOTIFY_DELETE_PENDING, notification);
}

/* Stopping and pausing services run, starting ones do not yet. */
static BOOL is_running(const SERVICE_STATUS *status)
{
    return status->dwCurrentState != SERVICE_STOPPED &&
           status->dwCurrentState != SERVICE_START_PENDING;
}

/* Takes up the service as it is now, and requests to be told of its next change. First the request
 * and then the look: what changes in between is either seen here or told. Always with a new handle:
 * the old one may belong to a service that has been deleted, and Windows wants a new one when the
 * notifications have lagged behind (documented). */
static HRESULT look(struct watcher *watcher)
{
    SERVICE_STATUS status;
    DWORD error;
    int i;

    for (i = 0; i < ATTEMPTS; i++)
    {
        forget_service(watcher);
        watcher->service = OpenServiceW(watcher->manager, SERVICE_NAME, SERVICE_QUERY_STATUS);
        if (!watcher->service)
        {
            if (GetLastError() != ERROR_SERVICE_DOES_NOT_EXIST)
                return E_FAIL;
            announce(watcher, FALSE);
            return S_OK;
        }
        error = request_notification(watcher);
        if (!QueryServiceStatus(watcher->service, &status))
            continue;
        if (!announce(watcher, is_running(&status)) && error == ERROR_SUCCESS)
            return S_OK;
        if (error == ERROR_SERVICE_MARKED_FOR_DELETE)
        {
            /* It goes when nobody has it open; then its key goes, which is told. */
            forget_service(watcher);
            return S_OK;
        }
    }
    return E_FAIL;
}

/* Before the look at the service, which may come or go meanwhile. The request is the thread's: it
 * would end with another one. */
static HRESULT watch_services_key(struct watcher *watcher)
{
    if (!watcher->services_watched)
        watcher->services_watched = !RegNotifyChangeKeyValue(
            watcher->services, FALSE, REG_NOTIFY_CHANGE_NAME, watcher->services_changed, TRUE);
    return watcher->services_watched ? S_OK : E_FAIL;
}

/* What has changed before a subscription is announced to the others before it begins. */
static void carry_out_order(struct watcher *watcher)
{
    HRESULT hr = S_OK;

    if (watcher->order_event && SUCCEEDED(hr = watch_services_key(watcher)))
        hr = look(watcher);
    if (SUCCEEDED(hr))
        watcher->events[watcher->order_type] = watcher->order_event;
    watcher->result = hr;
}

HANDLE watcher_get_event(const struct watcher *watcher, NapNotifyType type)
{
    return watcher->events[type];
}

BOOL watcher_has_events(const struct watcher *watcher)
{
    return watcher->events[napNotifyTypeServiceState] || watcher->events[napNotifyTypeQuarState];
}

static void watcher_release(struct watcher *watcher)
{
    if (InterlockedDecrement(&watcher->ref))
        return;
    if (watcher->thread)
        CloseHandle(watcher->thread);
    if (watcher->services)
        RegCloseKey(watcher->services);
    if (watcher->manager)
        CloseServiceHandle(watcher->manager);
    if (watcher->services_changed)
        CloseHandle(watcher->services_changed);
    if (watcher->answered)
        CloseHandle(watcher->answered);
    if (watcher->order)
        CloseHandle(watcher->order);
    HeapFree(GetProcessHeap(), 0, watcher);
}

static DWORD WINAPI watch(void *argument)
{
    struct watcher *watcher = argument;
    HMODULE module = watcher->module;
    HANDLE wakers[] = {watcher->order, watcher->services_changed};
    BOOL subscribed;

    do
    {
        DWORD waker = WaitForMultipleObjectsEx(2, wakers, FALSE, INFINITE, TRUE);

        if (waker == WAIT_OBJECT_0)
        {
            carry_out_order(watcher);
            subscribed = watcher_has_events(watcher);
            SetEvent(watcher->answered);
            continue;
        }
        if (waker == WAIT_OBJECT_0 + 1)
            watcher->services_watched = FALSE;
        watch_services_key(watcher);
        look(watcher);
        subscribed = TRUE;
    }
    while (subscribed);

    forget_service(watcher);
    watcher_release(watcher);
    FreeLibraryAndExitThread(module, 0);
}

/* NotifyServiceStatusChange came with Windows Vista. It is looked up, so that the DLL loads where
 * it is missing, and only subscribing fails there. */
static BOOL watcher_open(struct watcher *watcher)
{
    watcher->notify = (notify_function)(uintptr_t)GetProcAddress(GetModuleHandleW(L"advapi32.dll"),
                                                                 "NotifyServiceStatusChangeW");
    if (!watcher->notify)
        return FALSE;
    watcher->order = CreateEventW(NULL, FALSE, FALSE, NULL);
    watcher->answered = CreateEventW(NULL, FALSE, FALSE, NULL);
    watcher->services_changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!watcher->order || !watcher->answered || !watcher->services_changed)
        return FALSE;
    if (!(watcher->manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT)))
        return FALSE;
    return !RegOpenKeyExW(HKEY_LOCAL_MACHINE, SERVICES_KEY, 0, KEY_NOTIFY, &watcher->services);
}

static BOOL watcher_start(struct watcher *watcher)
{
    DWORD id;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)(uintptr_t)watch,
                            &watcher->module))
        return FALSE;
    watcher->ref++;
    if ((watcher->thread = CreateThread(NULL, 0, watch, watcher, 0, &id)))
        return TRUE;
    watcher->ref--;
    FreeLibrary(watcher->module);
    return FALSE;
}

struct watcher *watcher_create(void)
{
    struct watcher *watcher = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*watcher));

    if (!watcher)
        return NULL;
    watcher->ref = 1;
    if (watcher_open(watcher) && watcher_start(watcher))
        return watcher;
    watcher_release(watcher);
    return NULL;
}

HRESULT watcher_set_event(struct watcher *watcher, NapNotifyType type, HANDLE event)
{
    HANDLE outcomes[] = {watcher->answered, watcher->thread};

    watcher->order_type = type;
    watcher->order_event = event;
    SetEvent(watcher->order);
    if (WaitForMultipleObjects(2, outcomes, FALSE, INFINITE) != WAIT_OBJECT_0)
    {
        watcher->events[type] = NULL;
        return E_FAIL;
    }
    return watcher->result;
}

/* The thread ends by itself with the last subscription. From a DllMain it cannot, for a thread's
 * end takes the loader lock that DllMain is called with: so the wait has a limit. Nothing depends
 * on it but that a thread less is counted: what the thread still uses it has references to. */
void watcher_destroy(struct watcher *watcher)
{
    WaitForSingleObject(watcher->thread, THREAD_EXIT_WAIT);
    watcher_release(watcher);
}
