/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A Windows for native tests of the notifier: handles, threads, time and one service.
 *
 * One thread runs at a time; the test decides when another one runs. A test fails if a handle is
 * used or closed that is not open, if a function other than SetEvent is called while the table is
 * locked, and if SetEvent is called while the table is not locked.
 */
#ifndef FAKE_WINDOWS_H
#define FAKE_WINDOWS_H

#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);

extern DWORD service_state, service_process;
/* The number of calls of OpenSCManagerW, and of OpenServiceW. */
extern unsigned connections, queries;

extern unsigned handles_open, threads_alive;

extern ULONGLONG now; /* in milliseconds */
/* Lets time pass. The notifier's threads run only in this function and in a wait for an event; each
 * one runs until it sleeps or ends. */
void pass_time(DWORD milliseconds);
/* Runs the function in a thread of the test, until the thread ends. */
void run_thread(LPTHREAD_START_ROUTINE function);

/* What happens at a call of one function of Windows. There is one plan at a time. */
struct plan
{
    const char *function;    /* NULL: any function that can be planned */
    unsigned skipped;        /* calls that succeed first */
    void (*meanwhile)(void); /* then another thread calls this, unless it is NULL */
    unsigned failures;       /* then as many calls fail with ERROR_NOT_ENOUGH_MEMORY */
};
#define PLAN(...) set_plan((struct plan){__VA_ARGS__})
void set_plan(struct plan plan);
/* Whether the whole plan has happened. Ends the plan. */
BOOL has_happened(void);
/* For plan.meanwhile: ends the thread that makes the call, which run_thread must have started. The
 * handles of the thread stay open. */
void end_calling_thread(void);

#endif
