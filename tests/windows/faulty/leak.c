/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * memory.c with a fault: it allocates a block of the process's heap for each block that it frees, and
 * leaves it there. The tests that watch the task allocator do not see that.
 */
#include "../../../src/qutil/qutil_private.h"

static inline void leak_and_free(void *block)
{
    /* cppcheck-suppress leakReturnValNotUsed ; the fault */
    HeapAlloc(GetProcessHeap(), 0, 16);
    CoTaskMemFree(block);
}

#define CoTaskMemFree leak_and_free

/* The whole source, with the fault. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "../../../src/qutil/memory.c"
