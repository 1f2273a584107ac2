/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the proofs are written with. A proof is a function prove_NAME; what it does not set has any
 * value at all, and what it claims is claimed for every one.
 */
#ifndef PROOF_H
#define PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <windows.h>

/* Error codes have the same numbers, without the headers' cast of 0x8... to a signed type, which the
 * checker would report. */
#undef _HRESULT_TYPEDEF_
#define _HRESULT_TYPEDEF_(code) ((HRESULT)((code) > 0x7fffffff ? (code)-0x100000000 : (code)))

/* What a caller has to do: a line of qutil_private.h or naputil.h. */
#define GIVEN(condition) __CPROVER_assume(condition)

/* What holds whatever the values are. */
#define CLAIM(condition, text) __CPROVER_assert(condition, text)

/* Any value. The checker knows these functions by the beginning of their names. */
bool nondet_bool(void);
uint16_t nondet_uint16(void);
uint32_t nondet_uint32(void);
size_t nondet_size(void);

/* A block of any contents, of exactly that size: an access beyond it is found. No caller has a block
 * of a size that only size_t has room for: such a block is empty, so that no access is allowed. */
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
