/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The functions of a C runtime that compilers call on their own. The DLL links no C runtime.
 *
 * Most blocks are small, and for these the string instructions take longer to start than the work
 * takes: 16 bytes at a time are faster up to about 1 KB. The last 16 bytes are done apart, and may
 * overlap those before. Every processor that runs Windows 10 or Wine has SSE2.
 *
 * The build tells the compiler not to make calls of memset and memcpy from the loops in here.
 */
#include <stddef.h>
#include <emmintrin.h>

#define HALF   ((size_t)8)
#define VECTOR ((size_t)16)
#define LARGE  ((size_t)1024)

void *memset(void *block, int value, size_t size);
void *memcpy(void *restrict target, const void *restrict source, size_t size);
int memcmp(const void *left, const void *right, size_t size);

static void set_many(void *bytes, unsigned char value, size_t size)
{
    __asm__ volatile("rep stosb" : "+D"(bytes), "+c"(size) : "a"(value) : "memory");
}

static void copy_many(void *to, const void *from, size_t size)
{
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

static void set_few(unsigned char *bytes, unsigned char value, size_t size)
{
    const __m128i pattern = _mm_set1_epi8((char)value);
    size_t i;

    if (size >= HALF)
    {
        /* Not by bytes: the processor would wait for all of them when a pointer is read back. */
        _mm_storel_epi64((__m128i *)(void *)bytes, pattern);
        _mm_storel_epi64((__m128i *)(void *)(bytes + size - HALF), pattern);
        return;
    }
    for (i = 0; i < size; i++)
        bytes[i] = value;
}

void *memset(void *block, int value, size_t size)
{
    const __m128i pattern = _mm_set1_epi8((char)value);
    unsigned char *bytes = block;

    if (size < VECTOR)
    {
        set_few(bytes, (unsigned char)value, size);
        return block;
    }
    if (size > LARGE)
    {
        set_many(bytes, (unsigned char)value, size);
        return block;
    }
    for (; size > 2 * VECTOR; size -= 2 * VECTOR, bytes += 2 * VECTOR)
    {
        _mm_storeu_si128((__m128i *)(void *)bytes, pattern);
        _mm_storeu_si128((__m128i *)(void *)(bytes + VECTOR), pattern);
    }
    if (size > VECTOR)
        _mm_storeu_si128((__m128i *)(void *)bytes, pattern);
    _mm_storeu_si128((__m128i *)(void *)(bytes + size - VECTOR), pattern);
    return block;
}

static void copy_vector(unsigned char *to, const unsigned char *from)
{
    _mm_storeu_si128((__m128i *)(void *)to, _mm_loadu_si128((const __m128i *)(const void *)from));
}

void *memcpy(void *restrict target, const void *restrict source, size_t size)
{
    const unsigned char *from = source;
    unsigned char *to = target;
    size_t i;

    if (size < VECTOR)
    {
        for (i = 0; i < size; i++)
            to[i] = from[i];
        return target;
    }
    if (size > LARGE)
    {
        copy_many(to, from, size);
        return target;
    }
    for (i = 0; i < size - VECTOR; i += VECTOR)
        copy_vector(to + i, from + i);
    copy_vector(to + size - VECTOR, from + size - VECTOR);
    return target;
}

int memcmp(const void *left, const void *right, size_t size)
{
    const unsigned char *a = left, *b = right;

    for (; size > 0; size--, a++, b++)
    {
        if (*a != *b)
            return *a - *b;
    }
    return 0;
}
