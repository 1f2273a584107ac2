/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Memory of a caller that cannot be read, or that another thread changes at a moment of the test's
 * choice.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <setjmp.h>
#include <stddef.h>

/* Where the program goes on after it has touched what it must not: sigsetjmp(hostile_fault, 1). */
extern sigjmp_buf hostile_fault;

/* The last size bytes in front of memory that cannot be accessed, with 0 that memory itself. There is one
 * such block. */
void *hostile_block(size_t size);

/* Makes the block inaccessible but for the code under test, one instruction after the other, and calls
 * change after the nth that has accessed it. */
void hostile_watch(unsigned nth, void (*change)(void));

/* Ends that. Returns how many instructions have accessed the block. */
unsigned hostile_unwatch(void);

#endif
