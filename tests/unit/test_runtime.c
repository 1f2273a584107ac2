/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL's own memset, memcpy and memcmp, which the build renames for this program. Each block ends where
 * its memory ends, so that the sanitizers see a byte too far.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

void *runtime_memset(void *block, int value, size_t size);
void *runtime_memcpy(void *restrict target, const void *restrict source, size_t size);
int runtime_memcmp(const void *left, const void *right, size_t size);

/* Past the size from which on the functions work in another way. */
#define SIZES  1101
#define SHIFTS 17
#define BEHIND 64

static size_t count_equal(const unsigned char *bytes, unsigned char value, size_t size)
{
    size_t i, equal = 0;

    for (i = 0; i < size; i++)
        equal += bytes[i] == value;
    return equal;
}

static void check_size(size_t shift, size_t size)
{
    unsigned char *source = malloc(size + !size), *target = malloc(shift + size + BEHIND);
    size_t i;

    assert_true(source && target);
    for (i = 0; i < size; i++)
        source[i] = (unsigned char)(i * 7 + i / 256);
    memset(target, 0x11, shift + size + BEHIND);
    assert_ptr_equal(runtime_memcpy(target + shift, source, size), target + shift);
    assert_int_equal(count_equal(target, 0x11, shift), shift);
    assert_memory_equal(target + shift, source, size);
    assert_int_equal(count_equal(target + shift + size, 0x11, BEHIND), BEHIND);
    memset(target + shift, 0x11, size);
    /* Only the low byte of the value counts. */
    assert_ptr_equal(runtime_memset(target + shift, 0x1a5, size), target + shift);
    assert_int_equal(count_equal(target, 0x11, shift), shift);
    assert_int_equal(count_equal(target + shift, 0xa5, size), size);
    assert_int_equal(count_equal(target + shift + size, 0x11, BEHIND), BEHIND);
    free(target);
    free(source);
}

static void test_memcpy_memset_each_size(void **state)
{
    static const size_t large_sizes[] = {4096, 65535, 1048576};
    size_t shift, i;

    (void)state;
    for (i = 0; i < SIZES + sizeof(large_sizes) / sizeof(large_sizes[0]); i++)
    {
        const size_t size = i < SIZES ? i : large_sizes[i - SIZES];

        for (shift = 0; shift < SHIFTS; shift += size < 100 ? 1 : 16)
            check_size(shift, size);
    }
}

/* Blocks that differ in one byte, or in none; bytes count as unsigned. */
static void test_memcmp_each_size_and_place(void **state)
{
    size_t size, i;

    (void)state;
    for (size = 0; size < SIZES; size++)
    {
        unsigned char *left = malloc(size + !size), *right = malloc(size + !size);

        assert_true(left && right);
        memset(left, 0x7f, size);
        memset(right, 0x7f, size);
        assert_int_equal(runtime_memcmp(left, right, size), 0);
        for (i = 0; i < size; i++)
        {
            right[i] = 0x80;
            assert_true(runtime_memcmp(left, right, size) < 0);
            assert_true(runtime_memcmp(right, left, size) > 0);
            assert_int_equal(runtime_memcmp(left, right, i), 0);
            right[i] = 0x7f;
        }
        free(left);
        free(right);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memcpy_memset_each_size),
        cmocka_unit_test(test_memcmp_each_size_and_place),
    };

    return cmocka_run_group_tests_name("runtime", tests, NULL, NULL);
}
