/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * memory.c with a fault: each block that is freed leaves one of the process's heap behind, which no test sees
 * that looks at the task allocator.
 */
#include "../../../src/qutil/qutil_private.h"

static inline void leak_and_free(void *block)
{
    HeapAlloc(GetProcessHeap(), 0, 16);
    CoTaskMemFree(block);
}

#define CoTaskMemFree leak_and_free

/* The whole source, with the fault. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "../../../src/qutil/memory.c"
