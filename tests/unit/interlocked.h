/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Compiled in front of the sources under test: a moment between InterlockedDecrement and what is done
 * with its result, at which a test does what another thread might.
 */
#ifndef INTERLOCKED_H
#define INTERLOCKED_H

#define COBJMACROS
#include <windows.h>

/* Called once, after the next decrement. */
extern void (*after_decrement)(void);

static inline LONG decrement_and_call(LONG volatile *value)
{
    void (*const call)(void) = after_decrement;
    const LONG result = InterlockedDecrement(value);

    after_decrement = NULL;
    if (call)
        call();
    return result;
}

#undef InterlockedDecrement
#define InterlockedDecrement decrement_and_call

#endif
