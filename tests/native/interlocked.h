/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Compiled in front of the sources under test: counts their interlocked functions, and gives a moment
 * between InterlockedDecrement and what is done with its result, at which a test does what another
 * thread might.
 */
#ifndef INTERLOCKED_H
#define INTERLOCKED_H

#define COBJMACROS
#include <windows.h>

extern unsigned interlocked_calls;

/* Called once, after the next decrement. */
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

/* With NULL it is a read. */
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
