/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Is included before each source under test. Counts the calls of interlocked functions. After an
 * InterlockedDecrement, and before the caller gets the result, a test can do what another thread
 * might do.
 */
#ifndef INTERLOCKED_H
#define INTERLOCKED_H

#define COBJMACROS
#include <windows.h>

extern unsigned interlocked_calls;

/* Is called once, after the next decrement. */
extern void (*after_decrement)(void);

static inline LONG count_increment(LONG volatile *value)
{
    interlocked_calls++;
    return InterlockedIncrement(value);
}

static inline LONG count_decrement(LONG volatile *value)
{
    void (*const call)(void) = after_decrement;
    const LONG result = InterlockedDecrement(value);

    interlocked_calls++;
    after_decrement = NULL;
    if (call)
        call();
    return result;
}

/* A call with pointer NULL only reads, and is not counted. */
static inline void *count_exchange(void *volatile *value, void *pointer, void *comparand)
{
    interlocked_calls += pointer != NULL;
    return InterlockedCompareExchangePointer(value, pointer, comparand);
}

#undef InterlockedIncrement
#undef InterlockedDecrement
#undef InterlockedCompareExchangePointer
#define InterlockedIncrement              count_increment
#define InterlockedDecrement              count_decrement
#define InterlockedCompareExchangePointer count_exchange

#endif
