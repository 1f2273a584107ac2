/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A Windows for native tests of the notifier: one service, the list of services, handles, threads
 * and time. Nothing happens by chance: one thread runs at a time, and another only when the test, or
 * what it calls, waits. The test fails where a handle is used that is closed or of the wrong kind,
 * and where something waits for ever.
 */
#ifndef FAKE_WINDOWS_H
#define FAKE_WINDOWS_H

#include <setjmp.h>
#include <windows.h>

/* Those up to THREAD are closed with CloseHandle. */
enum kind
{
    EVENT,
    MUTEX,
    PROCESS,
    THREAD,
    MANAGER,
    SERVICE,
    KEY
};

struct task;

/* What the service manager knows of the service. set_installed also tells who watches the list. */
extern DWORD service_state, service_process;
void set_installed(BOOL installed);
/* How often somebody has looked at the service. */
extern unsigned looks;

/* In milliseconds. */
extern ULONGLONG now;
/* Lets the threads run meanwhile. */
void pass(DWORD milliseconds);

/* Of the loader: while it is held, threads neither start nor end. */
extern BOOL loader_locked;

/* Set-up and tear-down of a test. The tear-down ends the subscriptions, and fails where then
 * something is left, but after a test that ended a thread or left a call by force. */
int fake_begin(void **state);
int fake_end(void **state);
extern BOOL leaks_expected;

/* No memory, thread or reference to the DLL, and no more handles than these. */
void assert_nothing_left(unsigned handles_open);

HANDLE open_object(enum kind kind, DWORD access);
BOOL is_open(const void *handle);
/* Of events, which are auto-reset. */
BOOL is_set(HANDLE event);

/* Makes calls of a function, or of any, do otherwise: some go well, and then as many do not as count
 * says. They fail, or take a while before they do anything, or never return but jump to raised. */
struct plan
{
    const char *of;
    unsigned after, count;
    DWORD fails_with, takes;
    BOOL raises;
};
#define MAKE_CALLS(...) make_calls((struct plan){__VA_ARGS__})
void make_calls(struct plan plan);
extern jmp_buf raised;
/* Whether all of it has happened. Ends the plan. */
BOOL has_happened(void);

/* Starts another thread, which runs when the test waits. */
void start(LPTHREAD_START_ROUTINE function);
/* The thread that was started last. */
struct task *last_thread(void);
unsigned threads_running(void);
/* Ends it where it is, as Windows does when the process exits. */
void kill(struct task *task);

#endif
