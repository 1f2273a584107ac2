/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Memory that crosses the boundary of the DLL, or could.
 */
#ifndef TASK_MEMORY_H
#define TASK_MEMORY_H

#include <string.h>
#include <objbase.h>

/* A block from CoTaskMemAlloc, all zero, or NULL. The product must not overflow: 16-bit counts of
 * small structures cannot. Inline, so that what has a fixed size is cleared without a call. */
static inline void *alloc_zeroed(size_t count, size_t size)
{
    void *block = CoTaskMemAlloc(count * size);

    if (block)
        memset(block, 0, count * size);
    return block;
}

#endif
