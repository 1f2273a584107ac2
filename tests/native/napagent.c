/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A Windows for native tests of the notifier, with a NapAgent service. Threads are contexts that
 * take turns.
 */
#include "test.h"

#include <string.h>
#include <ucontext.h>

#include <windows.h>
#include <naputil.h>

#include "fake_windows.h"
#include "napagent.h"

#define MODULE ((HMODULE)(uintptr_t)0x10000)

#define THREADS 128
#define HANDLES 2048
#define STACK   (64 * 1024)

struct thread
{
    enum
    {
        SUSPENDED,
        SLEEPING,
        ENDED
    } state;
    ULONGLONG wake;
    LPTHREAD_START_ROUTINE function;
    ucontext_t context;
    char stack[STACK];
};

/* CloseHandle closes the kinds up to THREAD, CloseServiceHandle the others. */
enum kind
{
    EVENT,
    MUTEX,
    THREAD,
    MANAGER,
    SERVICE
};

struct handle
{
    BOOL open, set;
    enum kind kind;
    DWORD access;
    struct handle *object; /* the handle that it was duplicated from, or itself */
    struct thread *thread; /* the thread itself, or the owner of the mutex */
};

/* The first one is never open. A test uses each of the others at most once. */
static struct handle handles[HANDLES];
static size_t handle_count;

/* The first one runs the test, and the second one runs plan.meanwhile. */
static struct thread threads[THREADS], *self, *calling;
static size_t thread_count;

static HANDLE table_mutex; /* NULL while no thread holds the mutex */
static BOOL leaks_expected;
static DWORD last_error;
static struct plan plan;

static BOOL service_exists;
DWORD service_state, service_process;
unsigned connections, queries, handles_open, threads_alive;
ULONGLONG now;

/* Handles. */

static struct handle *find(const void *handle)
{
    return &handles[(size_t)handle <= handle_count ? (size_t)handle : 0];
}

static struct handle *use(const void *handle)
{
    if (!find(handle)->open)
        fail_msg("%p is used, which is not open", handle);
    return find(handle)->object;
}

static HANDLE open_handle(enum kind kind, DWORD access)
{
    struct handle *handle = &handles[++handle_count];

    assert_true(handle_count < HANDLES);
    handles_open++;
    *handle = (struct handle){.open = TRUE, .kind = kind, .access = access, .object = handle};
    return (HANDLE)handle_count;
}

static void close_handle(const void *handle)
{
    find(handle)->open = FALSE;
    handles_open--;
}

/* Threads. */

static void end_thread(struct thread *thread)
{
    thread->state = ENDED;
    threads_alive--;
}

static void run_function(void)
{
    self->function(NULL);
    end_thread(self);
    swapcontext(&self->context, &threads[0].context);
}

static struct thread *new_thread(LPTHREAD_START_ROUTINE function)
{
    struct thread *thread = &threads[thread_count++];

    assert_true(thread_count <= THREADS);
    threads_alive++;
    thread->state = SUSPENDED;
    thread->function = function;
    getcontext(&thread->context);
    thread->context.uc_stack.ss_sp = thread->stack;
    thread->context.uc_stack.ss_size = sizeof(thread->stack);
    makecontext(&thread->context, run_function, 0);
    return thread;
}

/* Is called in the context of the test. */
static void run(struct thread *thread)
{
    struct thread *caller = self;

    self = thread;
    swapcontext(&threads[0].context, &thread->context);
    self = caller;
}

void run_thread(LPTHREAD_START_ROUTINE function)
{
    run(new_thread(function));
}

void pass_time(DWORD milliseconds)
{
    const ULONGLONG end = now + milliseconds;
    struct thread *thread;

    for (;; now++)
    {
        for (thread = threads + 2; thread < threads + thread_count; thread++)
        {
            if (thread->state == SLEEPING && thread->wake <= now)
                run(thread);
        }
        if (now >= end)
            break;
    }
}

/* Plans. */

void set_plan(struct plan next)
{
    plan = next;
}

BOOL has_happened(void)
{
    const BOOL happened = !plan.meanwhile && !plan.failures;

    plan = (struct plan){0};
    return happened;
}

static void run_meanwhile(void (*meanwhile)(void))
{
    const struct plan rest = {.failures = plan.failures};

    plan = (struct plan){0};
    calling = self;
    self = &threads[1];
    meanwhile();
    self = calling;
    plan = rest;
    if (self->state == ENDED)
        swapcontext(&self->context, &threads[0].context);
}

void end_calling_thread(void)
{
    end_thread(calling);
    leaks_expected = TRUE;
}

static void check_unlocked(const char *function)
{
    if (table_mutex)
        fail_msg("%s is called while the table is locked", function);
}

/* Each function that can be planned calls this. */
static BOOL is_to_fail(const char *function)
{
    if ((plan.function && strcmp(plan.function, function) != 0) || (plan.skipped && plan.skipped--))
        return FALSE;
    if (plan.meanwhile)
        run_meanwhile(plan.meanwhile);
    if (!plan.failures)
        return FALSE;
    plan.failures--;
    last_error = ERROR_NOT_ENOUGH_MEMORY;
    return TRUE;
}

static BOOL fails(const char *function)
{
    check_unlocked(function);
    return is_to_fail(function);
}

/* The test. */

/* A test that failed may have stopped anywhere, and left anything. */
int napagent_begin(void **state)
{
    handle_count = 0;
    thread_count = 2;
    handles_open = threads_alive = 0;
    self = threads;
    table_mutex = NULL;
    plan = (struct plan){0};
    leaks_expected = FALSE;
    service_exists = FALSE;
    connections = queries = 0;
    now = 0;
    return DllMain(MODULE, DLL_PROCESS_ATTACH, NULL) ? 0 : -1;
}

int napagent_end(void **state)
{
    pass_time(1000);
    DllMain(MODULE, DLL_PROCESS_DETACH, NULL);
    if (leaks_expected || (handles_open == 0 && threads_alive == 0))
        return 0;
    print_error("left: %u handles, %u threads\n", handles_open, threads_alive);
    return -1;
}

/* The service. */

static void set_service(DWORD state, DWORD process)
{
    assert_true(service_exists);
    service_state = state;
    service_process = process;
}

void napagent_install(void)
{
    service_exists = TRUE;
    napagent_stop();
}

void napagent_start(void)
{
    set_service(SERVICE_RUNNING, 100);
}

void napagent_stop(void)
{
    set_service(SERVICE_STOPPED, 0);
}

void napagent_delete(void)
{
    service_exists = FALSE;
}

/* Windows. */

BOOL WINAPI DisableThreadLibraryCalls(HMODULE library)
{
    assert_ptr_equal(library, MODULE);
    return TRUE;
}

DWORD WINAPI GetLastError(void)
{
    return last_error;
}

/* Only tests call this. */
HANDLE WINAPI CreateEventW(SECURITY_ATTRIBUTES *security, BOOL manual_reset, BOOL set, LPCWSTR name)
{
    assert_true(!security && !manual_reset && !set && !name);
    return open_handle(EVENT, EVENT_ALL_ACCESS);
}

HANDLE WINAPI CreateMutexW(SECURITY_ATTRIBUTES *security, BOOL owned, LPCWSTR name)
{
    assert_true(!security && !owned && !name);
    return fails(__func__) ? NULL : open_handle(MUTEX, MUTEX_ALL_ACCESS);
}

/* No other thread runs while this one is here, so a wait would never end. Therefore the test fails
 * if a thread has to wait. */
static DWORD lock_table(HANDLE mutex)
{
    if (!mutex)
        return WAIT_FAILED;
    assert_int_equal(use(mutex)->kind, MUTEX);
    assert_null(use(mutex)->thread);
    assert_null(table_mutex);
    table_mutex = mutex;
    return WAIT_OBJECT_0;
}

/* Only the test waits for events, not the notifier. */
static DWORD wait_for_event(struct handle *event, DWORD timeout)
{
    const ULONGLONG end = now + timeout;

    assert_ptr_equal(self, threads);
    while (!event->set && now < end)
        pass_time(1);
    if (!event->set)
        return WAIT_TIMEOUT;
    event->set = FALSE;
    return WAIT_OBJECT_0;
}

/* A mutex whose owner has not ended cannot become free during the wait: no other thread runs. */
DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD timeout)
{
    struct thread *owner;

    if (find(handle)->open && use(handle)->kind == EVENT)
        return wait_for_event(use(handle), timeout);
    if (timeout == INFINITE)
        return lock_table(handle);
    if (fails(__func__) || !handle)
        return WAIT_FAILED;
    assert_int_equal(use(handle)->kind, MUTEX);
    owner = use(handle)->thread;
    assert_ptr_not_equal(owner, self);
    if (owner && owner->state != ENDED)
    {
        now += timeout;
        return WAIT_TIMEOUT;
    }
    use(handle)->thread = self;
    return owner ? WAIT_ABANDONED : WAIT_OBJECT_0;
}

BOOL WINAPI ReleaseMutex(HANDLE mutex)
{
    if (!mutex)
        return FALSE;
    if (mutex == table_mutex)
    {
        table_mutex = NULL;
        is_to_fail("unlock the table");
        return TRUE;
    }
    check_unlocked(__func__);
    assert_ptr_equal(use(mutex)->thread, self);
    use(mutex)->thread = NULL;
    return TRUE;
}

HANDLE WINAPI GetCurrentProcess(void)
{
    return INVALID_HANDLE_VALUE;
}

/* The copy may have more rights than the original, as for objects without security in Windows. */
BOOL WINAPI DuplicateHandle(HANDLE from, HANDLE handle, HANDLE to, HANDLE *copy, DWORD access,
                            BOOL inherit, DWORD options)
{
    struct handle *original = find(handle);

    assert_true(from == GetCurrentProcess() && to == from && !inherit && !options);
    if (fails(__func__))
        return FALSE;
    last_error = ERROR_INVALID_HANDLE;
    if (!original->open)
        return FALSE;
    *copy = open_handle(original->kind, access);
    find(*copy)->object = original->object;
    return TRUE;
}

/* Checks the kind of the object first, and then the rights of the handle. */
BOOL WINAPI SetEvent(HANDLE handle)
{
    struct handle *event = use(handle);

    if (is_to_fail(__func__))
        return FALSE;
    last_error = event->kind == EVENT ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;
    if (event->kind != EVENT || !(find(handle)->access & EVENT_MODIFY_STATE))
        return FALSE;
    assert_int_equal(find(handle)->access, EVENT_MODIFY_STATE);
    assert_non_null(table_mutex);
    event->set = TRUE;
    return TRUE;
}

BOOL WINAPI CloseHandle(HANDLE handle)
{
    check_unlocked(__func__);
    assert_in_range(use(handle)->kind, EVENT, THREAD);
    close_handle(handle);
    return TRUE;
}

BOOL WINAPI GetModuleHandleExW(DWORD flags, LPCWSTR address, HMODULE *module)
{
    assert_true(flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS);
    assert_true(flags & GET_MODULE_HANDLE_EX_FLAG_PIN);
    assert_ptr_equal(address, MODULE);
    if (fails(__func__))
        return FALSE;
    *module = MODULE;
    return TRUE;
}

HANDLE WINAPI CreateThread(SECURITY_ATTRIBUTES *security, SIZE_T stack,
                           LPTHREAD_START_ROUTINE function, LPVOID argument, DWORD flags, DWORD *id)
{
    HANDLE thread;

    assert_true(!security && !stack && !argument && flags == CREATE_SUSPENDED);
    assert_null(id);
    if (fails(__func__))
        return NULL;
    thread = open_handle(THREAD, THREAD_ALL_ACCESS);
    use(thread)->thread = new_thread(function);
    return thread;
}

DWORD WINAPI ResumeThread(HANDLE handle)
{
    struct thread *thread = use(handle)->thread;

    check_unlocked(__func__);
    assert_int_equal(thread->state, SUSPENDED);
    thread->state = SLEEPING;
    thread->wake = now;
    return 1;
}

void WINAPI Sleep(DWORD milliseconds)
{
    check_unlocked(__func__);
    self->state = SLEEPING;
    self->wake = now + milliseconds;
    swapcontext(&self->context, &threads[0].context);
}

SC_HANDLE WINAPI OpenSCManagerW(LPCWSTR machine, LPCWSTR database, DWORD access)
{
    connections++;
    assert_true(!machine && !database && access == SC_MANAGER_CONNECT);
    return fails(__func__) ? NULL : open_handle(MANAGER, access);
}

SC_HANDLE WINAPI OpenServiceW(SC_HANDLE manager, LPCWSTR name, DWORD access)
{
    static const WCHAR expected[] = L"napagent";

    queries++;
    assert_int_equal(use(manager)->kind, MANAGER);
    assert_memory_equal(name, expected, sizeof(expected));
    assert_int_equal(access, SERVICE_QUERY_STATUS);
    if (fails(__func__))
        return NULL;
    last_error = ERROR_SERVICE_DOES_NOT_EXIST;
    return service_exists ? open_handle(SERVICE, access) : NULL;
}

BOOL WINAPI QueryServiceStatusEx(SC_HANDLE service, SC_STATUS_TYPE type, BYTE *buffer, DWORD size,
                                 DWORD *needed)
{
    SERVICE_STATUS_PROCESS *status = (SERVICE_STATUS_PROCESS *)(void *)buffer;

    assert_int_equal(use(service)->kind, SERVICE);
    assert_true(type == SC_STATUS_PROCESS_INFO && size == sizeof(*status));
    if (fails(__func__))
        return FALSE;
    *needed = size;
    status->dwCurrentState = service_state;
    status->dwProcessId = service_process;
    return TRUE;
}

BOOL WINAPI CloseServiceHandle(SC_HANDLE handle)
{
    assert_in_range(use(handle)->kind, MANAGER, SERVICE);
    close_handle(handle);
    fails(__func__);
    return TRUE;
}
