/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A Windows for native tests of the notifier: handles, threads, time and one service.
 *
 * One thread runs at a time, and another only where the test says so. A test fails where a handle is
 * used or closed that is not open, where a function other than SetEvent is called while the table is
 * locked, and where the caller's event is set while it is not.
 */
#ifndef FAKE_WINDOWS_H
#define FAKE_WINDOWS_H

#include <windows.h>

/* Set-up and tear-down of a test load and unload the DLL. The tear-down ends the subscriptions, lets
 * the threads end, and fails if anything is left. */
int fake_begin(void **state);
int fake_end(void **state);

extern BOOL service_exists;
extern DWORD service_state, service_process;
/* How often somebody has connected to the service manager, and opened the service or tried to. */
extern unsigned connections, looks;

extern unsigned handles_open, threads_alive;

/* In milliseconds. The notifier's threads run only in pass and in a wait for an event, and until they
 * sleep or end. */
extern ULONGLONG now;
void pass(DWORD milliseconds);
/* Runs the function as a thread of the test's, until it ends or is ended. */
void run_thread(LPTHREAD_START_ROUTINE function);

/* What happens at a call of this function, or of any that can be planned: first, another thread does
 * something meanwhile; then this call, and as many as there are failures, fail with
 * ERROR_NOT_ENOUGH_MEMORY. One plan at a time. */
struct plan
{
    const char *function;
    unsigned skipped; /* calls before that, which go well */
    void (*meanwhile)(void);
    unsigned failures;
};
#define PLAN(...) set_plan((struct plan){__VA_ARGS__})
void set_plan(struct plan plan);
/* Whether all of it has happened. Ends the plan. */
BOOL has_happened(void);
/* To be done meanwhile: ends the thread that makes the call, which must be one of run_thread. What it
 * had open stays open. */
void end_calling_thread(void);

#endif
