/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * memory.c with two faults. FreeConnections does not release the interfaces in the list. And for
 * each block that is freed, another of the process's heap is allocated and lost; the tests that
 * watch the task allocator do not see that.
 */
#include "../../../src/qutil/qutil_private.h"

static inline void leak_and_free(void *block)
{
    /* cppcheck-suppress leakReturnValNotUsed ; the fault */
    HeapAlloc(GetProcessHeap(), 0, 16);
    CoTaskMemFree(block);
}

#undef INapEnforcementClientConnection_Release
#define INapEnforcementClientConnection_Release(iface) ((void)(iface))
#define CoTaskMemFree                                  leak_and_free

#include "../../../src/qutil/memory.c"
