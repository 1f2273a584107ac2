/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The thread that sees the NapAgent service start and stop.
 *
 * While the service exists, it looks at it twice a second. While it does not, it sleeps until the
 * list of services changes. Between two looks the service is not open, since an open one cannot be
 * deleted, and no call is pending, since a process that exits then may hang (observed with Wine 8.0).
 *
 * Nobody waits for a look of the thread's: who subscribes takes one himself, and his subscription
 * begins with what he saw. So he may hold the loader lock, without which the thread cannot start.
 *
 * The thread holds a reference to the DLL, taken by the caller that starts it, whose own reference
 * keeps the DLL loaded meanwhile; its last step, FreeLibraryAndExitThread, gives it back from
 * outside our code. So there is no moment at which the code under the thread can be unmapped, and
 * DllMain has nothing to do: who unloads the DLL and leaves a subscription behind leaves the DLL
 * behind with it. When the process exits, Windows ends the thread wherever it is.
 */
#include <stdint.h>
#include <windows.h>

#include "watcher.h"

#define SERVICE_NAME L"napagent"
#define SERVICES_KEY L"SYSTEM\\CurrentControlSet\\Services"

/* Milliseconds: between two looks, and how long to wait for the thread to be gone. */
#define PAUSE            500
#define THREAD_EXIT_WAIT 100
/* A call of the service manager may fail once when another thread of the process calls it as well
 * (observed with Wine 8.0): how often who subscribes tries. */
#define ATTEMPTS 10

/* Subscriptions are indexed by NapNotifyType, which begins at 1. */
#define TYPE_COUNT (napNotifyTypeQuarState + 1)

struct service
{
    BOOL exists;
    BOOL running;
    DWORD process_id; /* 0 unless running */
};

struct subscription
{
    HANDLE event; /* NULL: there is no subscription */
    struct service seen;
    BOOL due; /* has been there since before the look that is under way */
};

struct watcher
{
    LONG ref; /* the thread's, and one for the subscriptions */
    HMODULE module;
    SC_HANDLE manager; /* the thread's own */
    HKEY services;
    HANDLE services_changed;
    HANDLE stop;
    HANDLE thread;
    struct subscription subscriptions[TYPE_COUNT]; /* under the lock */
};

/* While there is a subscription. Under the lock. */
static struct watcher *current;

/* Who has a lock, a thread, or 0. A thread may have been ended in there, when the process exits;
 * whoever comes next finds that out. Under the lock of the table memory is read and written and
 * events of our own are set, nothing that waits or could raise an exception. */
static volatile LONG table_owner, look_owner;

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

/* Returns whether the lock could be had within some milliseconds. A thread that has it already left
 * it by an exception. */
static BOOL lock(volatile LONG *lock_owner, DWORD limit)
{
    LONG self = (LONG)GetCurrentThreadId(), owner;

    for (; (owner = InterlockedCompareExchange(lock_owner, self, 0)) && owner != self; limit--)
    {
        if (has_ended((DWORD)owner) && InterlockedCompareExchange(lock_owner, self, owner) == owner)
            break;
        if (limit == 0)
            return FALSE;
        Sleep(1);
    }
    return TRUE;
}

static void unlock(volatile LONG *lock_owner)
{
    InterlockedExchange(lock_owner, 0);
}

/* Stopping and pausing services run, starting ones do not yet. */
static BOOL is_running(DWORD state)
{
    return state != SERVICE_STOPPED && state != SERVICE_START_PENDING;
}

static void disconnect(SC_HANDLE *manager)
{
    if (*manager)
        CloseServiceHandle(*manager);
    *manager = NULL;
}

/* Returns whether it is known now. A service that does not exist does not run. The connection is
 * kept for the next look, unless this one fails: a process that exits while it connects may keep
 * Wine 8.0's service manager from all others for a while (observed). */
static BOOL look_alone(SC_HANDLE *manager, struct service *service)
{
    SERVICE_STATUS_PROCESS status = {0};
    SC_HANDLE handle;
    DWORD size;
    BOOL known;

    if (!*manager && !(*manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT)))
        return FALSE;
    handle = OpenServiceW(*manager, SERVICE_NAME, SERVICE_QUERY_STATUS);
    if (handle)
    {
        known = QueryServiceStatusEx(handle, SC_STATUS_PROCESS_INFO, (BYTE *)&status,
                                     sizeof(status), &size);
        CloseServiceHandle(handle);
    }
    else
        known = GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST;
    if (!known)
        disconnect(manager);
    service->exists = handle != NULL;
    service->running = handle && is_running(status.dwCurrentState);
    service->process_id = service->running ? status.dwProcessId : 0;
    return known;
}

/* Two looks at once make Wine 8.0 keep the service open for this process (observed), so they take
 * turns. Where that takes too long, both are better than none. */
static BOOL look(SC_HANDLE *manager, struct service *service)
{
    const BOOL alone = lock(&look_owner, PAUSE);
    const BOOL known = look_alone(manager, service);

    if (alone)
        unlock(&look_owner);
    return known;
}

/* A look that began before a subscription must not be compared with what was seen when that began:
 * it may be the older of the two. */
static void mark_due(struct watcher *watcher)
{
    int type;

    lock(&table_owner, INFINITE);
    for (type = 0; type < TYPE_COUNT; type++)
        watcher->subscriptions[type].due = watcher->subscriptions[type].event != NULL;
    unlock(&table_owner);
}

static void announce(struct watcher *watcher, const struct service *service)
{
    struct subscription *subscription = watcher->subscriptions;

    lock(&table_owner, INFINITE);
    for (; subscription < watcher->subscriptions + TYPE_COUNT; subscription++)
    {
        const struct service seen = subscription->seen;

        if (!subscription->due ||
            (seen.running == service->running && seen.process_id == service->process_id))
            continue;
        subscription->seen = *service;
        SetEvent(subscription->event);
    }
    unlock(&table_owner);
}

static void watcher_release(struct watcher *watcher)
{
    if (InterlockedDecrement(&watcher->ref))
        return;
    disconnect(&watcher->manager);
    if (watcher->thread)
        CloseHandle(watcher->thread);
    if (watcher->stop)
        CloseHandle(watcher->stop);
    if (watcher->services_changed)
        CloseHandle(watcher->services_changed);
    if (watcher->services)
        RegCloseKey(watcher->services);
    HeapFree(GetProcessHeap(), 0, watcher);
}

/* The pause comes first, so that a process that subscribes and exits at once does not exit in a
 * look. The request to be told of changes comes before the look, which then sees what changed until
 * then. It is the thread's own and ends with the thread. */
static DWORD WINAPI watch(void *argument)
{
    struct watcher *watcher = argument;
    HMODULE module = watcher->module;
    HANDLE wakers[] = {watcher->stop, watcher->services_changed};
    DWORD waker, pause = PAUSE;
    BOOL requested = FALSE;

    while ((waker = WaitForMultipleObjects(2, wakers, FALSE, pause)) == WAIT_TIMEOUT ||
           waker == WAIT_OBJECT_0 + 1)
    {
        struct service service;

        requested = requested && waker == WAIT_TIMEOUT;
        if (!requested)
            requested = !RegNotifyChangeKeyValue(watcher->services, FALSE, REG_NOTIFY_CHANGE_NAME,
                                                 watcher->services_changed, TRUE);
        pause = PAUSE;
        mark_due(watcher);
        if (!look(&watcher->manager, &service))
            continue;
        announce(watcher, &service);
        if (requested && !service.exists)
            pause = INFINITE;
    }
    watcher_release(watcher);
    FreeLibraryAndExitThread(module, 0);
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

/* Takes over the connection. */
static struct watcher *watcher_create(SC_HANDLE *manager)
{
    struct watcher *watcher = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*watcher));

    if (!watcher)
        return NULL;
    watcher->ref = 1;
    watcher->manager = *manager;
    *manager = NULL;
    watcher->services_changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    watcher->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (watcher->services_changed && watcher->stop &&
        !RegOpenKeyExW(HKEY_LOCAL_MACHINE, SERVICES_KEY, 0, KEY_NOTIFY, &watcher->services) &&
        watcher_start(watcher))
        return watcher;
    watcher_release(watcher);
    return NULL;
}

/* What the thread still uses it has references to. To wait for its end is a courtesy, so that the
 * DLL can be unloaded at once; from a DllMain it cannot end, since that takes the loader lock. */
static void watcher_destroy(struct watcher *watcher)
{
    SetEvent(watcher->stop);
    WaitForSingleObject(watcher->thread, THREAD_EXIT_WAIT);
    watcher_release(watcher);
}

BOOL watcher_has_subscription(NapNotifyType type)
{
    BOOL has;

    lock(&table_owner, INFINITE);
    has = current && current->subscriptions[type].event;
    unlock(&table_owner);
    return has;
}

/* Where there is no watcher, takes the spare one, or returns S_FALSE for want of it. */
static HRESULT enter(NapNotifyType type, const struct subscription *subscription,
                     struct watcher **spare)
{
    HRESULT hr = S_OK;

    lock(&table_owner, INFINITE);
    if (!current)
    {
        current = *spare;
        *spare = NULL;
    }
    if (!current)
        hr = S_FALSE;
    else if (current->subscriptions[type].event)
        hr = HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    else
        current->subscriptions[type] = *subscription;
    unlock(&table_owner);
    return hr;
}

HRESULT watcher_subscribe(NapNotifyType type, HANDLE event)
{
    struct subscription subscription = {.event = event};
    struct watcher *spare = NULL;
    SC_HANDLE manager = NULL;
    int attempts = ATTEMPTS;
    HRESULT hr;

    while (!look(&manager, &subscription.seen))
    {
        if (!--attempts)
            return E_FAIL;
    }
    hr = enter(type, &subscription, &spare);
    if (hr == S_FALSE && (spare = watcher_create(&manager)))
        hr = enter(type, &subscription, &spare);
    disconnect(&manager);
    if (spare)
        watcher_destroy(spare);
    return hr == S_FALSE ? E_FAIL : hr;
}

void watcher_unsubscribe(NapNotifyType type)
{
    struct watcher *unused = NULL;
    HANDLE event = NULL;

    lock(&table_owner, INFINITE);
    if (current)
    {
        event = current->subscriptions[type].event;
        ZeroMemory(&current->subscriptions[type], sizeof(current->subscriptions[type]));
        if (!current->subscriptions[napNotifyTypeServiceState].event &&
            !current->subscriptions[napNotifyTypeQuarState].event)
        {
            unused = current;
            current = NULL;
        }
    }
    unlock(&table_owner);
    if (event)
        CloseHandle(event);
    if (unused)
        watcher_destroy(unused);
}
