/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Sets the events of subscribers when the NapAgent service starts or stops.
 *
 * A process has at most one subscription of each type, and a change sets the events of both types.
 * While there is a subscription, a thread polls the service every 500 ms. Between two polls no call
 * is pending, and no handle of the service is open: Windows does not delete a service that is open.
 *
 * The first subscription pins the DLL, so the code of the thread stays in memory until the process
 * exits. The thread ends by itself after the last subscription, and no function waits for it.
 *
 * A DllMain runs with the loader lock held, and may subscribe and unsubscribe. Therefore no
 * function that may wait for the loader lock is called while table_mutex is held.
 */
#include "qutil_private.h"

#define SERVICE_NAME L"napagent"

#define NOT_RUNNING MAXDWORD /* stands for a process id; no process has this id */

#define POLL_INTERVAL      500 /* milliseconds between two polls */
#define POLL_MUTEX_TIMEOUT 100 /* milliseconds to wait while another thread polls */
/* How many times a subscriber queries the service at most. A call of Wine 8.0's service manager may
 * fail once when another thread of the process calls it at the same time (observed). */
#define QUERY_ATTEMPTS 10

/* poll_mutex is held during a poll: two polls at once make Wine 8.0 keep the service open
 * (observed). table_mutex is held for moments only, and protects the table: the variables below.
 *
 * When the process exits, the system ends the other threads and releases the mutexes that they
 * held. A critical section that threads wait for makes Wine 8.0 spin for ever then (observed). */
static HANDLE poll_mutex, table_mutex;

static HANDLE events[napNotifyTypeQuarState + 1]; /* by type; NULL without a subscription */
static DWORD last_process_id = NOT_RUNNING;       /* of the service, at the last poll */
static BOOL is_polling;                           /* whether a thread polls */

/* If the system refuses a mutex, InitializeNapAgentNotifier fails. */
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

/* Gets the id of the process in which the service runs, or NOT_RUNNING, also if the service does
 * not exist. Returns whether the query succeeded.
 *
 * After a success the connection to the service manager is kept for the next query: a process that
 * exits while it connects may block Wine 8.0's service manager for a while (observed). */
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
 * adds event to the table, unless it is NULL: only later changes set it.
 *
 * The wait for poll_mutex is limited: the thread that holds it may be waiting for the loader lock,
 * and this thread holds the loader lock if it is in a DllMain. After the time limit both threads
 * poll at once, and an event may be set once too often.
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

/* The thread sleeps first, so that a process that subscribes and exits at once does not exit during
 * a poll. If a poll fails, the thread goes on with the next. */
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

/* All that may fail is done before the subscription is added, so that nothing has to be undone. So
 * each subscriber creates a thread, which ends at once if another thread already polls. */
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

/* Removes the event from the table first: the polling thread must not set a closed handle. */
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
