/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Eight threads that begin at the same time.
 */
#include "test.h"

#include "threads.h"

#define TIMEOUT 60000

static HANDLE start;

static DWORD WINAPI begin(void *context)
{
    struct thread *thread = context;

    WaitForSingleObject(start, INFINITE);
    thread->function(thread);
    return 0;
}

unsigned run_threads(void (*function)(struct thread *thread), void *context)
{
    struct thread threads[THREADS] = {{0}};
    unsigned i, accepted = 0;

    start = CreateEventA(NULL, TRUE, FALSE, NULL);
    assert_non_null(start);
    for (i = 0; i < THREADS; i++)
    {
        threads[i].function = function;
        threads[i].context = context;
        threads[i].number = i;
        threads[i].handle = CreateThread(NULL, 0, begin, &threads[i], 0, NULL);
        assert_non_null(threads[i].handle);
    }
    SetEvent(start);
    for (i = 0; i < THREADS; i++)
    {
        assert_int_equal(WaitForSingleObject(threads[i].handle, TIMEOUT), WAIT_OBJECT_0);
        CloseHandle(threads[i].handle);
    }
    CloseHandle(start);
    for (i = 0; i < THREADS; i++)
    {
        if (threads[i].failure)
            fail_msg("thread %u: %s", i, threads[i].failure);
        accepted += threads[i].accepted;
    }
    return accepted;
}
