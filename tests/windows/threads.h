/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Eight threads that begin at the same time.
 */
#ifndef THREADS_H
#define THREADS_H

#include <windows.h>

enum
{
    THREADS = 8
};

struct thread
{
    HANDLE handle;
    void (*function)(struct thread *thread);
    void *context; /* the same for all */
    unsigned number;
    unsigned accepted;   /* what the thread counts */
    const char *failure; /* set by the thread: CMocka's assertions work in its own thread only */
};

/* Runs a function in all threads. Returns the sum of accepted; a failure of a thread fails the
 * test. */
unsigned run_threads(void (*function)(struct thread *thread), void *context);

#endif
