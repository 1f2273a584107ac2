/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What src/common/runtime.c takes from the Windows compilers' intrin.h, for native tests.
 */
#ifndef INTRIN_H
#define INTRIN_H

#include <stddef.h>

static inline void __stosb(unsigned char *target, unsigned char value, size_t size)
{
    __asm__ volatile("rep stosb" : "+D"(target), "+c"(size) : "a"(value) : "memory");
}

static inline void __movsb(unsigned char *target, const unsigned char *source, size_t size)
{
    __asm__ volatile("rep movsb" : "+D"(target), "+S"(source), "+c"(size) : : "memory");
}

#endif
