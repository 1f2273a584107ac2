/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the tests see of the COM task allocator: each block that was taken and given back, in which
 * order, and a way to let an allocation fail.
 *
 * tests/native/task_allocator.c is the allocator itself in native tests, and
 * tests/windows/task_allocator.c watches the real one through IMallocSpy.
 */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Every byte of a new block has this value, so that memory that should be zero shows. */
#define ALLOCATIONS_FILL 0xa5

/* CMocka set-up and tear-down of each test. The tear-down fails the test where a block is still
 * there, or where a pointer was freed that is no block. */
int allocations_begin(void **state);
int allocations_end(void **state);

/* Lets the nth allocation from now on fail, 1 being the next one. 0: none. */
void allocations_fail(unsigned nth);

/* Calls a function after each allocation from now on, with the block. NULL: none. */
void allocations_hook(void (*hook)(void *block));

/* Number of blocks taken since the test began, and of those that are still there. */
unsigned allocations_taken(void);
unsigned allocations_live(void);

/* Size of a block in bytes, as it was asked for; 0 for what is no block, or is freed. */
size_t allocations_size(const void *block);

/* When a block was freed: 1 for the first that was freed in this test. 0: it is still there. */
unsigned allocations_freed(const void *block);

/* For the two programs behind this header. */
void allocations_watch(void);
void allocations_unwatch(void);
bool allocations_fails_now(void);
void allocations_record(void *block, size_t size);
bool allocations_forget(const void *block);

#endif
