/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the proofs are written with. A proof is a function; what it does not set has any value at
 * all, and what it claims is claimed for every one.
 */
#ifndef PROOF_H
#define PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* What a caller has to do: a line of soh.h or naputil.h. */
#define GIVEN(condition) __CPROVER_assume(condition)

/* What holds whatever the values are. */
#define CLAIM(condition, text) __CPROVER_assert(condition, text)

/* Any value. The checker knows these functions by the beginning of their names. */
bool nondet_bool(void);
uint8_t nondet_byte(void);
uint16_t nondet_uint16(void);
uint32_t nondet_uint32(void);
size_t nondet_size(void);

/* A block of any contents, of exactly that size: an access beyond it is found. No caller has a block
 * for the sizes that only size_t has room for: these are empty, so that no access is allowed. */
static inline void *any_block(size_t size)
{
    void *block = malloc(size <= UINT32_MAX / 16 ? size : 0);

    __CPROVER_assume(block != NULL);
    return block;
}

/* The same, or NULL. */
static inline void *any_block_or_null(size_t size)
{
    return nondet_bool() ? any_block(size) : NULL;
}

#endif
