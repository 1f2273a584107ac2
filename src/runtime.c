/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The functions of a C runtime that compilers call on their own. The DLL links no C runtime.
 *
 * The string instructions are used by name, since a compiler would turn a plain loop into a call of
 * the function that it stands in.
 */
#include <stddef.h>
#include <intrin.h>

void *memset(void *block, int value, size_t size);
void *memcpy(void *restrict target, const void *restrict source, size_t size);

void *memset(void *block, int value, size_t size)
{
    __stosb(block, (unsigned char)value, size);
    return block;
}

void *memcpy(void *restrict target, const void *restrict source, size_t size)
{
    __movsb(target, source, size);
    return target;
}
