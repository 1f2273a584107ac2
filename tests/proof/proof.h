/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Macros and functions for the proofs. A proof is a function prove_NAME. A variable that it does
 * not set may have any value, and its claims are proved for every value.
 */
#ifndef PROOF_H
#define PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <windows.h>

/* The error codes keep their values. The headers cast 0x8... to a signed type, which the checker
 * would report. */
#undef _HRESULT_TYPEDEF_
#define _HRESULT_TYPEDEF_(code) ((HRESULT)((code) > 0x7fffffff ? (code)-0x100000000 : (code)))

/* Something that the caller guarantees, as qutil_private.h or naputil.h demands. */
#define GIVEN(condition) __CPROVER_assume(condition)

/* The condition holds for all values. */
#define CLAIM(condition, text) __CPROVER_assert(condition, text)

/* Return any value. The checker recognizes these functions by the prefix of their names. */
bool nondet_bool(void);
uint16_t nondet_uint16(void);
uint32_t nondet_uint32(void);
size_t nondet_size(void);

/* Returns a block of exactly this size and any contents: the checker finds any access beyond it. No
 * caller has a block of over 256 MB: the model makes it empty, so that no access is allowed. */
static inline void *any_block(size_t size)
{
    void *block = malloc(size <= UINT32_MAX / 16 ? size : 0);

    __CPROVER_assume(block != NULL);
    return block;
}

/* Returns such a block, or NULL. */
static inline void *any_block_or_null(size_t size)
{
    return nondet_bool() ? any_block(size) : NULL;
}

#endif
