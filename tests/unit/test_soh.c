/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Encoding and decoding of SoH attributes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "soh_fixture.h"

#include <cmocka.h>

#define SENTINEL_SIZE ((size_t)0x5E57)
#define SENTINEL_BYTE 0xA5

static const uint32_t one_code[] = {0x80270050}, compliant[] = {0}, unbound[] = {0x80270007};
static const uint32_t two_codes[] = {0x80270050, 1};

/* Attributes byte by byte. That the high half of a time comes first is inferred: only so does the
 * time in a real packet come out as the day on which it was made. */
static const struct vector
{
    uint16_t type;
    const char *hex;
    struct soh_value value;
} vectors[] = {
    {2, "000137F0", {.id = 0x000137F0}},
    {3, "C0A80001 0A000002", {.count = 2, .elements = "\xC0\xA8\x00\x01\x0A\x00\x00\x02"}},
    {4, "", {.count = 0}},
    {4, "00000000", {.count = 1, .elements = compliant}},
    {4, "80270050", {.count = 1, .elements = one_code}},
    {4, "80270050 00000001", {.count = 2, .elements = two_codes}},
    {5, "01CA78D8 58EE1EF0", {.time_high = 0x01CA78D8, .time_low = 0x58EE1EF0}},
    {6, "00FF", {.count = 2, .elements = "\x00\xFF"}},
    {7, "000137F0", {.id = 0x000137F0}},
    {7, "000137F0 AAAA", {.id = 0x000137F0, .count = 2, .elements = "\xAA\xAA"}},
    {7, "00013780 01000000", {.id = 0x00013780, .count = 4, .elements = "\x01\x00\x00\x00"}},
    {8, "03", {.byte = 3}},
    {9, "0601", {.count = 2, .elements = "\x06\x01"}},
    {10, "", {.count = 0}},
    {11, "C0FF0002", {.count = 4, .elements = "\xC0\xFF\x00\x02"}},
    {12, "01CA78D8 58EE1EF0", {.time_high = 0x01CA78D8, .time_low = 0x58EE1EF0}},
    {13, "80270007", {.count = 1, .elements = unbound}},
    {14, "02", {.byte = 2}},
    {15,
     "20010DB8 00000000 00000000 00000001",
     {.count = 1, .elements = "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x01"}},
    {16, "FF", {.byte = 0xFF}},
    {0x1234, "80270050", {.count = 4, .elements = "\x80\x27\x00\x50"}},
};

static void assert_value_equal(const struct soh_value *value, const struct soh_value *expected,
                               size_t block_size)
{
    assert_int_equal(value->id, expected->id);
    assert_int_equal(value->time_low, expected->time_low);
    assert_int_equal(value->time_high, expected->time_high);
    assert_int_equal(value->byte, expected->byte);
    assert_int_equal(value->count, expected->count);
    if (expected->count != 0)
        assert_memory_equal(value->elements, expected->elements, block_size);
    else
        assert_null(value->elements);
}

/* Encodes into a block of its own, which the caller frees. */
static uint8_t *encode(uint16_t type, const struct soh_value *value, size_t *size)
{
    uint8_t *bytes;

    assert_int_equal(soh_encoded_size(type, value, size), SOH_OK);
    bytes = *size != 0 ? allocate(*size) : NULL;
    assert_int_equal(soh_encode(type, value, bytes, *size), SOH_OK);
    return bytes;
}

/* Decodes into a block of its own, which the caller frees. */
static void *decode(const struct soh_attribute *attribute, struct soh_value *value,
                    size_t *block_size)
{
    void *block;

    assert_int_equal(soh_decoded_size(attribute, block_size), SOH_OK);
    block = *block_size != 0 ? allocate(*block_size) : NULL;
    assert_int_equal(soh_decode(attribute, block, *block_size, value), SOH_OK);
    assert_ptr_equal(value->elements, block);
    return block;
}

static void test_soh_kind_of_all_types(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < EXPECTATIONS; ++i)
        assert_int_equal(soh_kind_of(expectations[i].type), expectations[i].kind);
}

static void test_soh_kind_of_type_over_16_bits(void **state)
{
    (void)state;
    assert_int_equal(soh_kind_of(0x10002), SOH_KIND_OCTETS);
    assert_int_equal(soh_kind_of(UINT32_MAX), SOH_KIND_OCTETS);
}

/* Encodes as many elements as told, all of the same byte, and compares with what a type without a
 * head would have: on the wire only the head differs. */
static void assert_encodes(const struct expectation *expected, size_t count)
{
    struct soh_value value = {.id = 0, .count = count};
    const size_t block_size = count * expected->element;
    size_t size, i;
    uint8_t *bytes;
    void *elements = NULL;

    if (block_size != 0)
        elements = memset(allocate(block_size), SENTINEL_BYTE, block_size);
    value.elements = elements;
    bytes = encode(expected->type, &value, &size);
    assert_int_equal(size, expected->head + block_size);
    for (i = 0; i < size; ++i)
        assert_int_equal(bytes[i], i < expected->head ? 0 : SENTINEL_BYTE);
    free(elements);
    free(bytes);
}

static void test_soh_encode_counts_at_the_bounds(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < EXPECTATIONS; ++i)
    {
        assert_encodes(&expectations[i], expectations[i].min_count);
        assert_encodes(&expectations[i], expectations[i].max_count);
    }
}

static void assert_encode_refuses(uint32_t type, const struct soh_value *value)
{
    size_t size = SENTINEL_SIZE;
    uint8_t byte = SENTINEL_BYTE;

    assert_int_equal(soh_encoded_size(type, value, &size), SOH_BAD_ARGUMENT);
    assert_int_equal(size, SENTINEL_SIZE);
    assert_int_equal(soh_encode(type, value, &byte, sizeof(byte)), SOH_BAD_ARGUMENT);
    assert_int_equal(byte, SENTINEL_BYTE);
}

/* One below, one above, elements that are not there, and counts that would be fine if they were cut
 * to 16 bits or multiplied by the size of an element. */
static void test_soh_encode_counts_beyond_the_bounds(void **state)
{
    const struct expectation *expected = expectations;
    struct soh_value value = {.elements = expectations};
    size_t i;

    (void)state;
    for (; expected < expectations + EXPECTATIONS; ++expected)
    {
        const size_t counts[] = {expected->max_count + 1, 0x10001, SIZE_MAX / 4 + 2,
                                 SIZE_MAX / 16 + 2, SIZE_MAX};

        if (expected->min_count != 0)
            assert_encode_refuses(expected->type, &(struct soh_value){.count = 0});
        if (expected->max_count == 0)
            continue;
        assert_encode_refuses(expected->type, &(struct soh_value){.count = 1});
        assert_encode_refuses(expected->type, &(struct soh_value){.count = expected->max_count});
        for (i = 0; i < COUNT_OF(counts); ++i)
        {
            value.count = counts[i];
            assert_encode_refuses(expected->type, &value);
        }
    }
}

/* Cut to 16 bits this would be a known type. */
static void test_soh_encode_type_over_16_bits(void **state)
{
    (void)state;
    assert_encode_refuses(0x10002, &(struct soh_value){.id = 1});
    assert_encode_refuses(0x10006, &(struct soh_value){.count = 0});
    assert_encode_refuses(UINT32_MAX, &(struct soh_value){.count = 0});
}

static void test_soh_encode_wrong_size(void **state)
{
    const struct soh_value value = {.id = 1, .count = 2, .elements = "ab"};
    uint8_t bytes[7], untouched[7];
    size_t size;

    (void)state;
    memset(bytes, SENTINEL_BYTE, sizeof(bytes));
    memset(untouched, SENTINEL_BYTE, sizeof(untouched));
    for (size = 0; size <= sizeof(bytes); ++size)
        if (size != 6)
            assert_int_equal(soh_encode(7, &value, bytes, size), SOH_BAD_ARGUMENT);
    assert_memory_equal(bytes, untouched, sizeof(bytes));
}

static void test_soh_encode_known_bytes(void **state)
{
    uint8_t expected[64], *bytes;
    size_t size, i;

    (void)state;
    for (i = 0; i < COUNT_OF(vectors); ++i)
    {
        bytes = encode(vectors[i].type, &vectors[i].value, &size);
        assert_int_equal(size, parse_hex(vectors[i].hex, expected, sizeof(expected)));
        if (size != 0)
            assert_memory_equal(bytes, expected, size);
        free(bytes);
    }
}

static void test_soh_encode_ignores_other_members(void **state)
{
    static const struct vector rows[] = {
        {2, "000137F0", {0}}, {12, "01CA78D8 58EE1EF0", {0}}, {16, "42", {0}}, {10, "78", {0}}};
    struct soh_value value = {0x000137F0, 0x58EE1EF0, 0x01CA78D8, 0x42, 1, "x"};
    uint8_t expected[8], *bytes;
    size_t size, i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); ++i)
    {
        bytes = encode(rows[i].type, &value, &size);
        assert_int_equal(size, parse_hex(rows[i].hex, expected, sizeof(expected)));
        assert_memory_equal(bytes, expected, size);
        free(bytes);
    }
}

static void test_soh_encode_unaligned_elements(void **state)
{
    uint8_t *elements = allocate(1 + sizeof(two_codes));
    struct soh_value value = {.count = 2, .elements = elements + 1};
    uint8_t *bytes;
    size_t size;

    (void)state;
    memcpy(elements + 1, two_codes, sizeof(two_codes));
    bytes = encode(13, &value, &size);
    assert_memory_equal(bytes, "\x80\x27\x00\x50\x00\x00\x00\x01", 8);
    free(bytes);
    free(elements);
}

static void test_soh_decode_known_bytes(void **state)
{
    struct soh_attribute attribute;
    struct soh_value value;
    uint8_t bytes[64];
    size_t block_size, i;
    void *block;

    (void)state;
    for (i = 0; i < COUNT_OF(vectors); ++i)
    {
        attribute.type = vectors[i].type;
        attribute.size = (uint16_t)parse_hex(vectors[i].hex, bytes, sizeof(bytes));
        attribute.value = copy_of(bytes, attribute.size);
        memset(&value, SENTINEL_BYTE, sizeof(value));
        block = decode(&attribute, &value, &block_size);
        assert_value_equal(&value, &vectors[i].value, block_size);
        free(block);
        free((void *)attribute.value);
    }
}

static void test_soh_decode_unaligned_block(void **state)
{
    uint8_t *block = allocate(1 + sizeof(two_codes));
    struct soh_attribute attribute = {4, 8, copy_of("\x80\x27\x00\x50\x00\x00\x00\x01", 8)};
    struct soh_value value;

    (void)state;
    assert_int_equal(soh_decode(&attribute, block + 1, sizeof(two_codes), &value), SOH_OK);
    assert_int_equal(value.count, 2);
    assert_ptr_equal(value.elements, block + 1);
    assert_memory_equal(block + 1, two_codes, sizeof(two_codes));
    free((void *)attribute.value);
    free(block);
}

static void assert_decode_refuses(const struct soh_attribute *attribute, size_t block_size,
                                  enum soh_status expected)
{
    uint8_t block[16], untouched[sizeof(struct soh_value)];
    struct soh_value value;

    memset(block, SENTINEL_BYTE, sizeof(block));
    memset(&value, SENTINEL_BYTE, sizeof(value));
    memset(untouched, SENTINEL_BYTE, sizeof(untouched));
    assert_int_equal(soh_decode(attribute, block, block_size, &value), expected);
    assert_memory_equal(block, untouched, sizeof(block));
    assert_memory_equal(&value, untouched, sizeof(value));
}

static void assert_is_malformed(const struct soh_attribute *attribute)
{
    size_t block_size = SENTINEL_SIZE;

    assert_int_equal(soh_decoded_size(attribute, &block_size), SOH_BAD_PACKET);
    assert_int_equal(block_size, SENTINEL_SIZE);
    assert_decode_refuses(attribute, 0, SOH_BAD_PACKET);
}

static void test_soh_decode_every_size(void **state)
{
    const struct expectation *expected = expectations;
    size_t size, block_size;
    uint8_t *bytes;

    (void)state;
    for (; expected < expectations + EXPECTATIONS; ++expected)
        for (size = 0; size <= 4100; ++size)
        {
            struct soh_attribute attribute = {expected->type, (uint16_t)size, NULL};

            attribute.value = bytes = allocate(size);
            if (!expectation_allows(expected, size))
                assert_is_malformed(&attribute);
            else
            {
                assert_int_equal(soh_decoded_size(&attribute, &block_size), SOH_OK);
                assert_int_equal(block_size, size - expected->head);
            }
            free(bytes);
        }
}

/* Among others that of the attribute, whose first bytes are the vendor and not for the block. */
static void test_soh_decode_wrong_block_size(void **state)
{
    const struct soh_attribute attribute = {7, 6, (const uint8_t *)"\x00\x01\x37\xF0\xAA\xAA"};
    size_t block_size;

    (void)state;
    for (block_size = 0; block_size <= 16; ++block_size)
        if (block_size != 2)
            assert_decode_refuses(&attribute, block_size, SOH_BAD_ARGUMENT);
}

static void test_soh_decode_null_value(void **state)
{
    const struct expectation *expected = expectations;
    size_t size;

    (void)state;
    for (; expected < expectations + EXPECTATIONS; ++expected)
    {
        size = expected->head + expected->max_count * expected->element;
        assert_is_malformed(&(struct soh_attribute){expected->type, (uint16_t)size, NULL});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_soh_kind_of_all_types),
        cmocka_unit_test(test_soh_kind_of_type_over_16_bits),
        cmocka_unit_test(test_soh_encode_counts_at_the_bounds),
        cmocka_unit_test(test_soh_encode_counts_beyond_the_bounds),
        cmocka_unit_test(test_soh_encode_type_over_16_bits),
        cmocka_unit_test(test_soh_encode_wrong_size),
        cmocka_unit_test(test_soh_encode_known_bytes),
        cmocka_unit_test(test_soh_encode_ignores_other_members),
        cmocka_unit_test(test_soh_encode_unaligned_elements),
        cmocka_unit_test(test_soh_decode_known_bytes),
        cmocka_unit_test(test_soh_decode_unaligned_block),
        cmocka_unit_test(test_soh_decode_every_size),
        cmocka_unit_test(test_soh_decode_wrong_block_size),
        cmocka_unit_test(test_soh_decode_null_value),
    };

    return cmocka_run_group_tests_name("soh", tests, NULL, NULL);
}
