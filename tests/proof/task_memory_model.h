/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The model of the COM task allocator: any allocation may fail, and blocks are counted. The checker
 * itself finds a block that is freed twice, or a pointer into its middle that is freed.
 */
#ifndef TASK_MEMORY_MODEL_H
#define TASK_MEMORY_MODEL_H

#include "proof.h"
#include "qutil_private.h"

/* Each proof sets it to 0 first, since static variables too begin with any value. */
static size_t live_blocks;

LPVOID WINAPI CoTaskMemAlloc(SIZE_T size)
{
    void *block = any_block_or_null(size);

    live_blocks += block != NULL;
    return block;
}

void WINAPI CoTaskMemFree(LPVOID block)
{
    live_blocks -= block != NULL;
    free(block);
}

#endif
