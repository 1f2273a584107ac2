/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Runs a function in eight threads at once, and marshals an object in a single-threaded apartment.
 */
#ifndef THREADS_H
#define THREADS_H

#include <windows.h>

#define THREADS 8

struct thread
{
    HANDLE handle;
    void (*function)(struct thread *thread);
    void *context; /* the same for all threads */
    unsigned number;
    unsigned accepted; /* calls, counted by the function */
};

/* Runs the function in all threads. Returns the sum of accepted. An assertion that fails in a
 * thread is printed and ends the process, which fails the test. */
unsigned run_threads(void (*function)(struct thread *thread), void *context);

/* Creates an object, marshals it in a single-threaded apartment, and unmarshals it in the test's
 * multithreaded one. The test fails if that gives a proxy, and not the object itself. */
void assert_has_no_apartment(const CLSID *clsid, const IID *iid);

#endif
