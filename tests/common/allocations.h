/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Records each block that the COM task allocator allocates and frees, and lets allocations fail.
 *
 * tests/native/task_allocator.c is the allocator of native tests, and
 * tests/windows/task_allocator.c watches the allocator of Windows through IMallocSpy.
 */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Every byte of a new block has this value. Code that forgets to zero memory then fails a test. */
#define ALLOCATIONS_FILL 0xa5

/* CMocka set-up and tear-down of each test. The tear-down fails the test if a block is not freed,
 * or if a pointer was freed that is not a block. */
int allocations_begin(void **state);
int allocations_end(void **state);

/* Lets the nth allocation from now on fail; 1 is the next one, and 0 stands for none. */
void allocations_fail(unsigned nth);

/* Calls a function once, after the next allocation. */
void allocations_hook(void (*hook)(void));

/* Number of blocks allocated since the test began, and of those that are not freed yet. */
unsigned allocations_taken(void);
unsigned allocations_live(void);

/* The block that was allocated last. */
void *allocations_last(void);

/* The size in bytes with which a block was allocated; 0 if it is freed, or is not a block. */
size_t allocations_size(const void *block);

/* The place of a block in the order of frees: 1 for the first one, 0 if the block is not freed. */
unsigned allocations_freed(const void *block);

/* For the two files task_allocator.c. */
void allocations_watch(void);
void allocations_unwatch(void);
bool allocations_fails_now(void);
void allocations_record(void *block, size_t size);
bool allocations_forget(const void *block);

#endif
