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

/* Returns what a Free function may get: NULL, or a structure of any contents. Its pointer at this
 * offset is a block or NULL; 0 stands for no pointer. */
static inline void *any_structure(size_t size, size_t pointer)
{
    BYTE *structure = CoTaskMemAlloc(size);

    if (structure && pointer)
        *(void **)(void *)(structure + pointer) = CoTaskMemAlloc(1);
    return structure;
}

#endif
