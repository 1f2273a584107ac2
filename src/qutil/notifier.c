/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Sets the events of subscribers when the NapAgent service starts or stops.
 *
 * Of each NapNotifyType a process has at most one subscription; a change sets the events of both
 * types. While there is a subscription, a thread polls the service every 500 ms. Between polls it
 * has no handle of the service open, since Windows does not delete a service while one is open.
 *
 * The first attempt to subscribe pins the DLL, so the thread's code stays in memory until the
 * process exits. When no subscription is left, the thread ends by itself; no function waits for it.
 *
 * A DllMain runs with the loader lock held, and may subscribe and unsubscribe. Therefore no
 * function that may wait for the loader lock is called while table_mutex is held.
 */
#include "qutil_private.h"

#define SERVICE_NAME L"napagent"

#define NOT_RUNNING MAXDWORD /* instead of the service's process id; no process has this id */

#define POLL_INTERVAL      500 /* milliseconds between two polls */
#define POLL_MUTEX_TIMEOUT 100 /* milliseconds to wait while another thread polls */
/* A subscriber queries the service up to this many times: with Wine 8.0 a query may fail while
 * another thread of the process calls the service manager (observed). */
#define QUERY_ATTEMPTS 10

/* A poll holds poll_mutex, if it gets it in time: two polls at once make Wine 8.0 keep the service
 * open (observed). table_mutex protects the variables below ("the table"), and is held briefly.
 *
 * They are mutexes because the DllMain of another DLL may call this DLL at process exit, when the
 * other threads have ended: a mutex that one of them held is free then. With a critical section
 * that threads waited for, Wine 8.0 spins for ever at exit (observed). */
static HANDLE poll_mutex, table_mutex;

static HANDLE events[napNotifyTypeQuarState + 1]; /* by type; NULL without a subscription */
static DWORD last_process_id = NOT_RUNNING;       /* of the service, at the last poll */
static BOOL is_polling;                           /* whether a thread polls */

/* If a mutex cannot be created, the DLL loads, and InitializeNapAgentNotifier fails. */
void module_attach(void)
{
    poll_mutex = CreateMutexW(NULL, FALSE, NULL);
    table_mutex = CreateMutexW(NULL, FALSE, NULL);
}

void module_detach(void)
{
    if (poll_mutex)
        CloseHandle(poll_mutex);
    if (table_mutex)
        CloseHandle(table_mutex);
}

/* A service that is starting does not run yet. A service that is pausing or stopping still runs. */
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

/* Gets the id of the process in which the service runs, or NOT_RUNNING if the service does not run
 * or does not exist. Returns whether the query succeeded.
 *
 * A success leaves the connection in *manager for the next query. Connecting each time is a risk: a
 * process that exits while it connects may block Wine 8.0's service manager (observed). */
static BOOL query_service(SC_HANDLE *manager, DWORD *process_id)
{
    SERVICE_STATUS_PROCESS status = {.dwCurrentState = SERVICE_STOPPED};
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
    *process_id = is_running(status.dwCurrentState) ? status.dwProcessId : NOT_RUNNING;
    return known;
}

/* Sets the events if the process id has changed. Called with table_mutex held. */
static void update_process_id(DWORD process_id)
{
    size_t type;

    if (process_id == last_process_id)
        return;
    last_process_id = process_id;
    for (type = 0; type < ARRAYSIZE(events); type++)
    {
        if (events[type])
            SetEvent(events[type]);
    }
}

/* Called with table_mutex held. */
static HRESULT add_subscription(NapNotifyType type, HANDLE event)
{
    if (events[type])
        return HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    events[type] = event;
    return S_OK;
}

/* Queries the service, and sets the events in the table if the service has started or stopped. Then
 * adds event, if it is not NULL, to the table: so this poll does not set it, and later polls may.
 *
 * The wait for poll_mutex has a time limit, since it could last for ever: this thread may be in a
 * DllMain and hold the loader lock, for which the thread that holds poll_mutex waits. After the
 * limit both threads poll. If the one with the older answer updates the table last, that and the
 * next poll set events needlessly.
 *
 * S_OK; E_FAIL if the query fails; the error of add_subscription. */
static HRESULT poll_service(SC_HANDLE *manager, NapNotifyType type, HANDLE event)
{
    const DWORD wait_result = WaitForSingleObject(poll_mutex, POLL_MUTEX_TIMEOUT);
    DWORD process_id;
    HRESULT hr = E_FAIL;

    if (query_service(manager, &process_id))
    {
        WaitForSingleObject(table_mutex, INFINITE);
        update_process_id(process_id);
        hr = event ? add_subscription(type, event) : S_OK;
        ReleaseMutex(table_mutex);
    }
    if (wait_result == WAIT_OBJECT_0 || wait_result == WAIT_ABANDONED)
        ReleaseMutex(poll_mutex);
    return hr;
}

/* Called with table_mutex held. */
static BOOL has_subscription(void)
{
    return events[napNotifyTypeServiceState] || events[napNotifyTypeQuarState];
}

static BOOL start_polling(void)
{
    BOOL starts;

    WaitForSingleObject(table_mutex, INFINITE);
    starts = !is_polling && has_subscription();
    if (starts)
        is_polling = TRUE;
    ReleaseMutex(table_mutex);
    return starts;
}

static BOOL continue_polling(void)
{
    BOOL continues;

    WaitForSingleObject(table_mutex, INFINITE);
    continues = is_polling = has_subscription();
    ReleaseMutex(table_mutex);
    return continues;
}

/* The thread sleeps first, so that a process which exits soon after subscribing exits during the
 * sleep. An exit during a poll may hang in Wine 8.0. A poll that fails changes nothing. */
static DWORD WINAPI poll_thread(void *unused)
{
    SC_HANDLE manager = NULL;

    (void)unused;

    if (!start_polling())
        return 0;
    do
    {
        Sleep(POLL_INTERVAL);
        poll_service(&manager, 0, NULL);
    }
    while (continue_polling());
    disconnect(&manager);
    return 0;
}

/* Pins the DLL and creates the thread, suspended. Returns NULL if either fails. */
static HANDLE create_thread(void)
{
    HMODULE module;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                            (const WCHAR *)module_instance, &module))
        return NULL;
    return CreateThread(NULL, 0, poll_thread, NULL, CREATE_SUSPENDED, NULL);
}

/* The thread is created before the subscription is added: if it cannot be created, there is no
 * subscription to undo. It ends at once if there is no subscription or another thread polls. */
static HRESULT subscribe(NapNotifyType type, HANDLE event)
{
    HANDLE thread = create_thread();
    SC_HANDLE manager = NULL;
    int attempts = QUERY_ATTEMPTS;
    HRESULT hr;

    if (!thread)
        return E_FAIL;
    do
        hr = poll_service(&manager, type, event);
    while (hr == E_FAIL && --attempts);
    disconnect(&manager);
    ResumeThread(thread);
    CloseHandle(thread);
    return hr;
}

static BOOL is_valid_type(NapNotifyType type)
{
    return type == napNotifyTypeServiceState || type == napNotifyTypeQuarState;
}

static BOOL is_subscribed(NapNotifyType type)
{
    BOOL subscribed;

    WaitForSingleObject(table_mutex, INFINITE);
    subscribed = events[type] != NULL;
    ReleaseMutex(table_mutex);
    return subscribed;
}

static BOOL duplicate(HANDLE handle, DWORD access, HANDLE *copy)
{
    HANDLE process = GetCurrentProcess();

    return DuplicateHandle(process, handle, process, copy, access, FALSE, 0);
}

/* Finds out whether the object is an event, without setting it. The copy of the handle has no
 * access rights, so SetEvent fails: with ERROR_ACCESS_DENIED only if the object is an event. */
static BOOL is_event(HANDLE handle)
{
    HANDLE unprivileged;
    BOOL denied;

    if (!duplicate(handle, 0, &unprivileged))
        return FALSE;
    SetEvent(unprivileged);
    denied = GetLastError() == ERROR_ACCESS_DENIED;
    CloseHandle(unprivileged);
    return denied;
}

HRESULT WINAPI InitializeNapAgentNotifier(NapNotifyType type, HANDLE hNotifyEvent)
{
    HANDLE event;
    HRESULT hr;

    if (!is_valid_type(type) || !hNotifyEvent)
        return E_INVALIDARG;
    if (!poll_mutex || !table_mutex)
        return E_FAIL;
    if (is_subscribed(type))
        return HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    if (!is_event(hNotifyEvent) || !duplicate(hNotifyEvent, EVENT_MODIFY_STATE, &event))
        return E_FAIL;
    if (FAILED(hr = subscribe(type, event)))
        CloseHandle(event);
    return hr;
}

/* Removes the event from the table, then closes it: the thread must not set a closed handle. */
VOID WINAPI UninitializeNapAgentNotifier(NapNotifyType type)
{
    HANDLE event;

    if (!is_valid_type(type))
        return;
    WaitForSingleObject(table_mutex, INFINITE);
    event = events[type];
    events[type] = NULL;
    ReleaseMutex(table_mutex);
    if (event)
        CloseHandle(event);
}
