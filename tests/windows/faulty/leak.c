/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * memory.c with a fault: for each block that it frees, it allocates another from the process's heap
 * and never frees it. The tests that watch the task allocator do not see that.
 */
#include "../../../src/qutil/qutil_private.h"

static inline void leak_and_free(void *block)
{
    /* cppcheck-suppress leakReturnValNotUsed ; the fault */
    HeapAlloc(GetProcessHeap(), 0, 16);
    CoTaskMemFree(block);
}

#define CoTaskMemFree leak_and_free

/* Includes the source with the fault. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "../../../src/qutil/memory.c"
