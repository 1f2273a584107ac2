/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Memory that cannot be accessed, or that another thread seems to change at a moment that the test
 * chooses.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <setjmp.h>
#include <stddef.h>

/* After a wrong access the program continues at sigsetjmp(hostile_fault, 1). */
extern sigjmp_buf hostile_fault;

/* Returns a block of size bytes, which ends where memory begins that cannot be accessed. A size of
 * 0 gives that memory. There is only one block. */
void *hostile_block(size_t size);

/* From now on each instruction that accesses the block is counted, and change is called after the
 * nth of them. */
void hostile_watch(unsigned nth, void (*change)(void));

/* Stops counting. Returns the number of instructions that accessed the block. */
unsigned hostile_unwatch(void);

#endif
