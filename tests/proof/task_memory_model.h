/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The model of COM's task memory: any allocation may fail, and blocks are counted. That a block is
 * freed twice, or in its middle, is what the checker finds on its own.
 */
#ifndef TASK_MEMORY_MODEL_H
#define TASK_MEMORY_MODEL_H

#include "proof.h"
#include "qutil_private.h"

/* 0 where a proof begins: it says so, since what is static has any value too. */
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

/* What a Free function gets: NULL, or a structure of any contents with a block or NULL at this offset. 0
 * stands for no pointer. */
static inline void *any_structure(size_t size, size_t pointer)
{
    BYTE *structure = CoTaskMemAlloc(size);

    if (structure && pointer)
        *(void **)(void *)(structure + pointer) = CoTaskMemAlloc(1);
    return structure;
}

#endif
