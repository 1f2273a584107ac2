/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Tells subscribers when the NapAgent service starts or stops.
 *
 * A process has at most one subscription of each type, and both are told the same. While there is a
 * subscription, a thread looks at the service twice a second. Between two looks the service is not
 * open, since an open service cannot be deleted, and no call is pending.
 *
 * The first subscription pins the DLL. So the code of the thread stays in memory and nobody waits for
 * the thread, which ends by itself when nobody is subscribed.
 *
 * A DllMain may subscribe and unsubscribe, and it holds the loader lock. So nothing that may wait for
 * the loader lock is called while the table is locked.
 */
#include "qutil_private.h"

#define SERVICE_NAME L"napagent"

#define NOT_RUNNING MAXDWORD /* in the place of a process id; no process has it */

#define POLL_INTERVAL      500 /* milliseconds between two looks */
#define POLL_MUTEX_TIMEOUT 100 /* milliseconds to wait for another thread's look to end */
/* How often a subscriber looks until a look succeeds. A call of Wine 8.0's service manager may fail
 * once when another thread of the process calls it as well (observed). */
#define QUERY_ATTEMPTS 10

/* When a thread is ended while it has a mutex, as all others are when the process exits, the system lets
 * go of the mutex. A critical section that threads wait for then makes Wine 8.0 spin for ever (observed).
 *
 * The one is held during a look: two looks at once make Wine 8.0 keep the service open (observed). The
 * other is held for moments, and locks the table: the variables below. */
static HANDLE poll_mutex, table_mutex;

static HANDLE events[napNotifyTypeQuarState + 1]; /* by type; NULL where nobody is subscribed */
static DWORD last_process_id = NOT_RUNNING;       /* of the service, when it was last seen */
static BOOL is_polling;                           /* whether a thread watches */

/* Where the system refuses a mutex, nobody can subscribe. */
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

/* A starting service does not run yet; a pausing or stopping one still does. */
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

/* Returns whether it could be found out which process the service runs in. A service that does not exist
 * does not run.
 *
 * The connection is kept for the next query, unless this one fails: a process that exits while it
 * connects may keep Wine 8.0's service manager from all others for a while (observed). */
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

/* Called with the table locked. */
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

/* Called with the table locked. */
static HRESULT add_subscription(NapNotifyType type, HANDLE event)
{
    if (events[type])
        return HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    events[type] = event;
    return S_OK;
}

/* Queries the service and publishes what it finds. A subscriber's event, which may be NULL, enters the
 * table in the same moment: it is not set for what is found, and is set for all that changes later.
 *
 * The wait for the turn is limited: the other thread's look may be waiting for the loader lock, which
 * this thread holds if it is in a DllMain. Then both look at once, and an event may be set once too
 * often.
 *
 * E_FAIL if the query fails. */
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

/* Called with the table locked. */
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

/* The pause comes first, so that a process that subscribes and exits at once does not exit during a
 * look. A look that fails is followed by the next. */
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

/* Returns a thread that is still suspended, or NULL. */
static HANDLE create_thread(void)
{
    HMODULE module;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                            (const WCHAR *)module_instance, &module))
        return NULL;
    return CreateThread(NULL, 0, poll_thread, NULL, CREATE_SUSPENDED, NULL);
}

/* All that may fail comes before the subscription enters the table, so that nothing has to be undone.
 * So each subscriber creates a thread. It ends at once if another thread watches already. */
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

/* Finds out without setting the event. SetEvent through a handle that has no rights fails in one way
 * if the object is an event, and in another if it is something else. */
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

/* The handle is out of the table before it is closed. */
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
