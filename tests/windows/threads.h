/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Eight threads that begin at the same time, and a thread with an apartment of its own.
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

/* Fails the test where a new object of a class does not come as it is from a single-threaded apartment
 * that is gone. The test's own is the multithreaded one. */
void assert_has_no_apartment(const CLSID *clsid, const IID *iid);

#endif
