/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A Windows for native tests of the notifier. Threads are contexts that take turns.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <cmocka.h>

#include <windows.h>
#include <naputil.h>

#include "fake_windows.h"

enum
{
    TASKS = 64,
    HANDLES = 4096,
    STACK = 128 * 1024,
    /* A test that takes longer hangs. */
    TIME_LIMIT = 300000
};

#define NEVER        UINT64_MAX
#define MODULE       ((HMODULE)(uintptr_t)0x10000)
#define PROCESS_HEAP ((HANDLE)(uintptr_t)0x20000)

struct object
{
    enum kind kind;
    BOOL set, stays_set;
};

struct task
{
    ucontext_t context;
    LPTHREAD_START_ROUTINE function;
    void *argument;
    struct object *thread;
    BOOL may_return, ended;
    /* It can run when one of these is set, or at that time. */
    struct object *awaited[2];
    ULONGLONG wake;
    /* What its request to be told of the list of services is to set. */
    struct object *services_changed;
    char stack[STACK];
};

/* The first is the test. */
static struct task tasks[TASKS], *self;
static size_t task_count;

/* A handle's number is never used again. */
static struct object objects[HANDLES];
static struct
{
    struct object *object;
    DWORD access;
} handles[HANDLES];
static size_t object_count, handle_count;

static DWORD last_error;
static BOOL installed;
static int module_references;
static void *blocks[TASKS];
static struct plan plan;

DWORD service_state, service_process;
unsigned looks;
ULONGLONG now;
BOOL loader_locked, leaks_expected;
jmp_buf raised;

static BOOL has_what_it_awaits(const struct task *task)
{
    return (task->awaited[0] && task->awaited[0]->set) ||
           (task->awaited[1] && task->awaited[1]->set);
}

static ULONGLONG wake_of(const struct task *task)
{
    return has_what_it_awaits(task) ? now : task->wake;
}

/* Lets the other threads run until then, or until the test has what it waits for. */
static void run(ULONGLONG until)
{
    for (;;)
    {
        struct task *task, *next = NULL;

        for (task = tasks + 1; task < tasks + task_count; task++)
        {
            if (!task->ended && wake_of(task) <= until && (!next || wake_of(task) < wake_of(next)))
                next = task;
        }
        if (has_what_it_awaits(self) || !next)
            break;
        if (wake_of(next) > now)
            now = wake_of(next);
        self = next;
        swapcontext(&tasks[0].context, &next->context);
        self = &tasks[0];
    }
    if (has_what_it_awaits(self))
        return;
    if (until > TIME_LIMIT)
        fail_msg("waits for ever");
    now = until;
}

static void wait(struct object *first, struct object *second, ULONGLONG until)
{
    self->awaited[0] = first;
    self->awaited[1] = second;
    self->wake = until;
    if (self == &tasks[0])
        run(until);
    else
        swapcontext(&self->context, &tasks[0].context);
    self->awaited[0] = self->awaited[1] = NULL;
    self->wake = NEVER;
}

void pass(DWORD milliseconds)
{
    wait(NULL, NULL, now + milliseconds);
}

void make_calls(struct plan next)
{
    plan = next;
}

BOOL has_happened(void)
{
    const BOOL happened = plan.count == 0;

    plan.count = 0;
    return happened;
}

/* Begins each function. Returns whether it is to fail. */
static BOOL called(const char *function)
{
    if (!plan.count || (plan.of && strcmp(plan.of, function) != 0) || (plan.after && plan.after--))
        return FALSE;
    plan.count--;
    if (plan.raises)
        longjmp(raised, 1);
    if (plan.takes)
    {
        pass(plan.takes);
        return FALSE;
    }
    last_error = plan.fails_with;
    return TRUE;
}

static void *open_handle(struct object *object, DWORD access)
{
    assert_true(++handle_count < HANDLES);
    handles[handle_count].object = object;
    handles[handle_count].access = access;
    return (void *)handle_count;
}

static struct object *new_object(enum kind kind)
{
    assert_true(object_count < HANDLES);
    objects[object_count] = (struct object){.kind = kind};
    return &objects[object_count++];
}

HANDLE open_object(enum kind kind, DWORD access)
{
    return open_handle(new_object(kind), access);
}

BOOL is_open(const void *handle)
{
    return (size_t)handle <= handle_count && handles[(size_t)handle].object;
}

static struct object *object_of(const void *handle)
{
    if (!is_open(handle))
        fail_msg("%p is used, which is not open", handle);
    return handles[(size_t)handle].object;
}

/* With a function that is for some kinds. */
static BOOL close(void *handle, enum kind first, enum kind last)
{
    assert_in_range(object_of(handle)->kind, first, last);
    handles[(size_t)handle].object = NULL;
    return TRUE;
}

BOOL is_set(HANDLE event)
{
    struct object *object = object_of(event);
    BOOL set = object->set;

    object->set = FALSE;
    return set;
}

void set_installed(BOOL present)
{
    size_t i;

    for (i = 0; i < task_count && present != installed; i++)
    {
        if (tasks[i].services_changed && !tasks[i].ended)
            tasks[i].services_changed->set = TRUE;
        tasks[i].services_changed = NULL;
    }
    installed = present;
}

void kill(struct task *task)
{
    task->ended = task->thread->set = TRUE;
}

static void enter(void)
{
    while (loader_locked)
        pass(1);
    self->function(self->argument);
    if (!self->may_return)
        fail_msg("a thread returned into a DLL that may be gone");
    kill(self);
    swapcontext(&self->context, &tasks[0].context);
}

static struct task *new_task(LPTHREAD_START_ROUTINE function, void *argument)
{
    struct task *task = &tasks[task_count++];

    assert_true(task_count <= TASKS);
    memset(task, 0, sizeof(*task) - sizeof(task->stack));
    task->function = function;
    task->argument = argument;
    task->thread = new_object(THREAD);
    task->thread->stays_set = TRUE;
    task->wake = now;
    getcontext(&task->context);
    task->context.uc_stack.ss_sp = task->stack;
    task->context.uc_stack.ss_size = sizeof(task->stack);
    makecontext(&task->context, enter, 0);
    return task;
}

void start(LPTHREAD_START_ROUTINE function)
{
    new_task(function, NULL)->may_return = TRUE;
}

struct task *last_thread(void)
{
    return &tasks[task_count - 1];
}

unsigned threads_running(void)
{
    unsigned count = 0;
    size_t i;

    for (i = 1; i < task_count; i++)
        count += !tasks[i].ended;
    return count;
}

int fake_begin(void **state)
{
    (void)state;
    task_count = 1;
    self = tasks;
    self->wake = NEVER;
    object_count = handle_count = 0;
    memset(blocks, 0, sizeof(blocks));
    installed = loader_locked = leaks_expected = FALSE;
    service_state = SERVICE_STOPPED;
    service_process = 0;
    module_references = 0;
    looks = 0;
    now = 0;
    return 0;
}

void assert_nothing_left(unsigned handles_open)
{
    unsigned count = 0;
    size_t i;

    for (i = 1; i <= handle_count; i++)
        count += handles[i].object != NULL;
    assert_int_equal(count, handles_open);
    assert_int_equal(module_references, 0);
    assert_int_equal(threads_running(), 0);
    for (i = 0; i < TASKS; i++)
        assert_null(blocks[i]);
}

int fake_end(void **state)
{
    size_t i;

    (void)state;
    self = tasks;
    plan.count = 0;
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    if (!leaks_expected)
        assert_nothing_left(0);
    for (i = 0; i < TASKS; i++)
    {
        free(blocks[i]);
        blocks[i] = NULL;
    }
    return 0;
}

DWORD WINAPI GetLastError(void)
{
    return last_error;
}

HANDLE WINAPI GetCurrentProcess(void)
{
    return INVALID_HANDLE_VALUE;
}

DWORD WINAPI GetCurrentThreadId(void)
{
    return (DWORD)(self - tasks + 1);
}

HANDLE WINAPI GetProcessHeap(void)
{
    return PROCESS_HEAP;
}

LPVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T size)
{
    size_t i = 0;

    assert_ptr_equal(heap, PROCESS_HEAP);
    assert_int_equal(flags, HEAP_ZERO_MEMORY);
    if (called(__func__))
        return NULL;
    while (blocks[i])
        assert_true(++i < TASKS);
    return blocks[i] = calloc(1, size);
}

BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, LPVOID memory)
{
    size_t i = 0;

    assert_ptr_equal(heap, PROCESS_HEAP);
    assert_int_equal(flags, 0);
    while (blocks[i] != memory)
        assert_true(++i < TASKS);
    blocks[i] = NULL;
    free(memory);
    return TRUE;
}

HANDLE WINAPI CreateEventW(SECURITY_ATTRIBUTES *security, BOOL manual, BOOL set, LPCWSTR name)
{
    HANDLE event;

    assert_true(!security && !name);
    if (called(__func__))
        return NULL;
    event = open_object(EVENT, EVENT_ALL_ACCESS);
    object_of(event)->set = set;
    object_of(event)->stays_set = manual;
    return event;
}

/* It takes the handle's rights, as for events and where the type is the wrong one before all. */
BOOL WINAPI SetEvent(HANDLE event)
{
    struct object *object = object_of(event);

    if (called(__func__))
        return FALSE;
    last_error = object->kind == EVENT ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;
    if (object->kind != EVENT || !(handles[(size_t)event].access & EVENT_MODIFY_STATE))
        return FALSE;
    object->set = TRUE;
    return TRUE;
}

BOOL WINAPI CloseHandle(HANDLE handle)
{
    called(__func__);
    return close(handle, EVENT, THREAD);
}

BOOL WINAPI DuplicateHandle(HANDLE from, HANDLE handle, HANDLE to, HANDLE *copy, DWORD access,
                            BOOL inherit, DWORD options)
{
    struct object *object = NULL;
    DWORD allowed = ~0u;

    assert_true(from == GetCurrentProcess() && to == from && !inherit && !options);
    if (called(__func__))
        return FALSE;
    if (handle == GetCurrentProcess())
        object = new_object(PROCESS);
    else if (is_open(handle))
    {
        object = object_of(handle);
        allowed = handles[(size_t)handle].access;
    }
    last_error = object ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;
    if (!object || (access & ~allowed))
        return FALSE;
    *copy = open_handle(object, access);
    return TRUE;
}

DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE *waited, BOOL all, DWORD timeout)
{
    struct object *awaited[2] = {object_of(waited[0]), count > 1 ? object_of(waited[1]) : NULL};
    DWORD i;

    assert_true(count <= 2 && !all);
    if (called(__func__))
        return WAIT_FAILED;
    wait(awaited[0], awaited[1], timeout == INFINITE ? NEVER : now + timeout);
    for (i = 0; i < 2; i++)
    {
        if (!awaited[i] || !awaited[i]->set)
            continue;
        awaited[i]->set = awaited[i]->stays_set;
        return WAIT_OBJECT_0 + i;
    }
    return WAIT_TIMEOUT;
}

DWORD WINAPI WaitForSingleObject(HANDLE waited, DWORD timeout)
{
    return WaitForMultipleObjects(1, &waited, FALSE, timeout);
}

void WINAPI Sleep(DWORD milliseconds)
{
    pass(milliseconds);
}

HANDLE WINAPI CreateThread(SECURITY_ATTRIBUTES *security, SIZE_T stack,
                           LPTHREAD_START_ROUTINE function, LPVOID argument, DWORD flags, DWORD *id)
{
    assert_true(!security && !stack && !flags);
    if (called(__func__))
        return NULL;
    *id = (DWORD)task_count + 1;
    return open_handle(new_task(function, argument)->thread, SYNCHRONIZE);
}

HANDLE WINAPI OpenThread(DWORD access, BOOL inherit, DWORD id)
{
    assert_true(access == SYNCHRONIZE && !inherit && id > 0 && id <= task_count);
    if (called(__func__))
        return NULL;
    return open_handle(tasks[id - 1].thread, access);
}

BOOL WINAPI GetModuleHandleExW(DWORD flags, LPCWSTR address, HMODULE *module)
{
    assert_int_equal(flags, GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS);
    assert_non_null(address);
    if (called(__func__))
        return FALSE;
    module_references++;
    *module = MODULE;
    return TRUE;
}

BOOL WINAPI FreeLibrary(HMODULE module)
{
    assert_ptr_equal(module, MODULE);
    module_references--;
    return TRUE;
}

void WINAPI FreeLibraryAndExitThread(HINSTANCE module, DWORD code)
{
    assert_int_equal(code, 0);
    while (loader_locked)
        pass(1);
    FreeLibrary(module);
    kill(self);
    swapcontext(&self->context, &tasks[0].context);
    abort();
}

SC_HANDLE WINAPI OpenSCManagerW(LPCWSTR machine, LPCWSTR database, DWORD access)
{
    assert_true(!machine && !database && access == SC_MANAGER_CONNECT);
    return called(__func__) ? NULL : open_object(MANAGER, access);
}

SC_HANDLE WINAPI OpenServiceW(SC_HANDLE manager, LPCWSTR name, DWORD access)
{
    static const WCHAR expected[] = L"napagent";

    looks++;
    assert_int_equal(object_of(manager)->kind, MANAGER);
    assert_memory_equal(name, expected, sizeof(expected));
    assert_int_equal(access, SERVICE_QUERY_STATUS);
    if (called(__func__))
        return NULL;
    last_error = ERROR_SERVICE_DOES_NOT_EXIST;
    return installed ? open_object(SERVICE, access) : NULL;
}

BOOL WINAPI QueryServiceStatusEx(SC_HANDLE service, SC_STATUS_TYPE type, BYTE *buffer, DWORD size,
                                 DWORD *needed)
{
    SERVICE_STATUS_PROCESS *status = (SERVICE_STATUS_PROCESS *)(void *)buffer;

    assert_int_equal(object_of(service)->kind, SERVICE);
    assert_true(type == SC_STATUS_PROCESS_INFO && size == sizeof(*status));
    if (called(__func__))
        return FALSE;
    *needed = size;
    memset(status, 0, size);
    status->dwCurrentState = service_state;
    status->dwProcessId = service_process;
    return TRUE;
}

BOOL WINAPI CloseServiceHandle(SC_HANDLE handle)
{
    called(__func__);
    return close(handle, MANAGER, SERVICE);
}

LSTATUS WINAPI RegOpenKeyExW(HKEY root, LPCWSTR path, DWORD options, REGSAM access, HKEY *key)
{
    static const WCHAR expected[] = L"SYSTEM\\CurrentControlSet\\Services";

    assert_true(root == HKEY_LOCAL_MACHINE && !options && access == KEY_NOTIFY);
    assert_memory_equal(path, expected, sizeof(expected));
    if (called(__func__))
        return (LSTATUS)last_error;
    *key = open_object(KEY, access);
    return ERROR_SUCCESS;
}

LSTATUS WINAPI RegCloseKey(HKEY key)
{
    return !close(key, KEY, KEY);
}

/* The request is the thread's, and one that is not its own would end with the test's. */
LSTATUS WINAPI RegNotifyChangeKeyValue(HKEY key, BOOL subtree, DWORD filter, HANDLE event,
                                       BOOL asynchronous)
{
    assert_int_equal(object_of(key)->kind, KEY);
    assert_true(!subtree && filter == REG_NOTIFY_CHANGE_NAME && asynchronous);
    assert_true(self->function && !self->may_return);
    if (called(__func__))
        return (LSTATUS)last_error;
    assert_null(self->services_changed);
    self->services_changed = object_of(event);
    return ERROR_SUCCESS;
}
