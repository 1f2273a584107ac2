/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * CoTaskMemAlloc and CoTaskMemFree of native tests. Sanitizers check each block of malloc.
 */
#include <stdlib.h>
#include <windows.h>
#include <objbase.h>

#include "allocations.h"

void allocations_watch(void)
{
}

void allocations_unwatch(void)
{
}

LPVOID WINAPI CoTaskMemAlloc(SIZE_T size)
{
    void *block;

    if (allocations_fails_now() || !(block = malloc(size)))
        return NULL;
    allocations_record(block, size);
    return block;
}

void WINAPI CoTaskMemFree(LPVOID block)
{
    if (block && allocations_forget(block))
        free(block);
}
