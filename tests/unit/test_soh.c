/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The SoH codec: encoding and decoding of attributes, and what is a rule for packets, and what is not.
 *
 * What the bytes of each type are, the tests of the two classes check. Every buffer is a heap block of
 * exactly the size that the codec is told, so that a sanitizer sees the first byte that is touched
 * beyond it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "soh.h"

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define SENTINEL_SIZE   ((size_t)0x5E57)
#define SENTINEL_BYTE   0xA5

/* The attribute table of the specification, typed anew and in numbers: a mistake in the codec's own
 * table has nothing here to agree with. */
static const struct expectation
{
    uint16_t type;
    enum soh_kind kind;
    size_t head, element, min_count, max_count; /* bytes, bytes, elements, elements */
} expectations[] = {
    {2, SOH_KIND_ID, 4, 1, 0, 0},
    {3, SOH_KIND_IPV4, 0, 4, 1, 1000},
    {4, SOH_KIND_CODES, 0, 4, 0, 1000},
    {5, SOH_KIND_TIME, 8, 1, 0, 0},
    {6, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {7, SOH_KIND_VENDOR, 4, 1, 0, 3996},
    {8, SOH_KIND_BYTE, 1, 1, 0, 0},
    {9, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {10, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {11, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {12, SOH_KIND_TIME, 8, 1, 0, 0},
    {13, SOH_KIND_CODES, 0, 4, 0, 1000},
    {14, SOH_KIND_BYTE, 1, 1, 0, 0},
    {15, SOH_KIND_IPV6, 0, 16, 1, 250},
    {16, SOH_KIND_BYTE, 1, 1, 0, 0},
    /* unrecognised types, also with the bits that are flags on the network */
    {0, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {1, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {17, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {0x3FFF, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {0x4000, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {0x4007, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {0x8002, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {0x8007, SOH_KIND_OCTETS, 0, 1, 0, 4000},
    {0xFFFF, SOH_KIND_OCTETS, 0, 1, 0, 4000},
};

static bool is_allowed(const struct expectation *expected, size_t size)
{
    const size_t least = expected->head + expected->min_count * expected->element;
    const size_t most = expected->head + expected->max_count * expected->element;

    return least <= size && size <= most && (size - expected->head) % expected->element == 0;
}

static void *allocate(size_t size)
{
    void *block = malloc(size != 0 ? size : 1);

    assert_non_null(block);
    return memset(block, SENTINEL_BYTE, size);
}

static void assert_untouched(const void *bytes, size_t size)
{
    size_t i;

    for (i = 0; i < size; ++i)
        assert_int_equal(((const uint8_t *)bytes)[i], SENTINEL_BYTE);
}

static void test_kind_of_all_types(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(expectations); ++i)
        assert_int_equal(soh_kind_of(expectations[i].type), expectations[i].kind);
    assert_int_equal(soh_kind_of(0x10002), SOH_KIND_OCTETS);
    assert_int_equal(soh_kind_of(UINT32_MAX), SOH_KIND_OCTETS);
}

/* One of each kind. The value that is encoded has the other members too. */
static const struct vector
{
    uint16_t type, size;
    const char *bytes;
    struct soh_value value;
    size_t block_size;
} vectors[] = {
    {2, 4, "\x00\x01\x37\xF0", {.id = 0x000137F0}, 0},
    {7, 6, "\x00\x01\x37\xF0\xAA\xAA", {.id = 0x000137F0, .count = 2, .elements = "\xAA\xAA"}, 2},
    {8, 1, "\x42", {.byte = 0x42}, 0},
    {10, 0, "", {.count = 0}, 0},
    {11, 4, "\xC0\xFF\x00\x02", {.count = 4, .elements = "\xC0\xFF\x00\x02"}, 4},
    {12, 8, "\1\2\3\4\5\6\7\x8", {.time_high = 0x01020304, .time_low = 0x05060708}, 0},
    {13, 8, "\0\0\0\0\1\1\1\1", {.count = 2, .elements = "\0\0\0\0\1\1\1\1"}, 8},
    {15, 16, "123456789abcdef0", {.count = 1, .elements = "123456789abcdef0"}, 16},
};

static struct soh_value with_other_members(const struct vector *vector)
{
    struct soh_value value = vector->value;

    value.id |= 0x000137F0;
    value.time_high |= 0x01020304;
    value.time_low |= 0x05060708;
    value.byte |= 0x42;
    if (vector->size != 0 && vector->block_size == 0)
    {
        value.count = 1;
        value.elements = "x";
    }
    return value;
}

static void assert_encodes(const struct vector *vector)
{
    const struct soh_value value = with_other_members(vector);
    uint8_t *bytes = allocate(vector->size);
    size_t size;

    assert_int_equal(soh_encoded_size(vector->type, &value, &size), SOH_OK);
    assert_int_equal(size, vector->size);
    assert_int_equal(soh_encode(vector->type, &value, size ? bytes : NULL, size), SOH_OK);
    assert_memory_equal(bytes, vector->bytes, size);
    free(bytes);
}

static void assert_decodes(const struct vector *vector)
{
    const struct soh_value *expected = &vector->value;
    uint8_t *bytes = memcpy(allocate(vector->size), vector->bytes, vector->size);
    const struct soh_attribute attribute = {vector->type, vector->size,
                                            vector->size ? bytes : NULL};
    void *block = vector->block_size ? allocate(vector->block_size) : NULL;
    struct soh_value value;

    memset(&value, SENTINEL_BYTE, sizeof(value));
    assert_int_equal(soh_decode(&attribute, block, vector->block_size, &value), SOH_OK);
    assert_int_equal(value.id, expected->id);
    assert_int_equal(value.time_low, expected->time_low);
    assert_int_equal(value.time_high, expected->time_high);
    assert_int_equal(value.byte, expected->byte);
    assert_int_equal(value.count, expected->count);
    assert_ptr_equal(value.elements, block);
    if (block)
        assert_memory_equal(block, expected->elements, vector->block_size);
    free(block);
    free(bytes);
}

static void test_each_kind(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(vectors); ++i)
    {
        assert_encodes(&vectors[i]);
        assert_decodes(&vectors[i]);
    }
}

static void test_unaligned_elements(void **state)
{
    static const uint32_t codes[] = {0x80270050, 1};
    uint8_t *bytes = allocate(sizeof(codes)), *elements = allocate(1 + sizeof(codes));
    struct soh_value value = {.count = 2, .elements = elements + 1};

    (void)state;
    memcpy(elements + 1, codes, sizeof(codes));
    assert_int_equal(soh_encode(13, &value, bytes, sizeof(codes)), SOH_OK);
    assert_memory_equal(bytes, "\x80\x27\x00\x50\x00\x00\x00\x01", sizeof(codes));
    memset(elements, 0, 1 + sizeof(codes));
    assert_int_equal(soh_decode(&(struct soh_attribute){13, sizeof(codes), bytes}, elements + 1,
                                sizeof(codes), &value),
                     SOH_OK);
    assert_memory_equal(elements + 1, codes, sizeof(codes));
    free(bytes);
    free(elements);
}

static void assert_encode_refuses(uint32_t type, size_t count, const void *elements)
{
    const struct soh_value value = {.id = 1, .count = count, .elements = elements};
    size_t size = SENTINEL_SIZE;
    uint8_t byte = SENTINEL_BYTE;

    assert_int_equal(soh_encoded_size(type, &value, &size), SOH_BAD_ARGUMENT);
    assert_int_equal(size, SENTINEL_SIZE);
    assert_int_equal(soh_encode(type, &value, &byte, sizeof(byte)), SOH_BAD_ARGUMENT);
    assert_untouched(&byte, sizeof(byte));
}

/* One below, one above, elements that are not there, and counts that would be fine if they were cut
 * to 16 bits or multiplied by the size of an element. */
static void test_encode_counts_beyond_the_bounds(void **state)
{
    const struct expectation *expected = expectations;
    size_t i;

    (void)state;
    for (; expected < expectations + COUNT_OF(expectations); ++expected)
    {
        const size_t counts[] = {expected->max_count + 1, 0x10001, SIZE_MAX / 4 + 2,
                                 SIZE_MAX / 16 + 2, SIZE_MAX};

        if (expected->min_count != 0)
            assert_encode_refuses(expected->type, 0, NULL);
        if (expected->max_count == 0)
            continue;
        assert_encode_refuses(expected->type, 1, NULL);
        assert_encode_refuses(expected->type, expected->max_count, NULL);
        for (i = 0; i < COUNT_OF(counts); ++i)
            assert_encode_refuses(expected->type, counts[i], expectations);
    }
}

/* Cut to 16 bits this would be a known type. */
static void test_encode_type_over_16_bits(void **state)
{
    (void)state;
    assert_encode_refuses(0x10002, 0, NULL);
    assert_encode_refuses(0x10006, 0, NULL);
    assert_encode_refuses(UINT32_MAX, 0, NULL);
}

static void test_encode_wrong_size(void **state)
{
    const struct soh_value value = {.id = 1, .count = 2, .elements = "ab"};
    uint8_t bytes[7];
    size_t size;

    (void)state;
    memset(bytes, SENTINEL_BYTE, sizeof(bytes));
    for (size = 0; size <= sizeof(bytes); ++size)
        if (size != 6)
            assert_int_equal(soh_encode(7, &value, bytes, size), SOH_BAD_ARGUMENT);
    assert_untouched(bytes, sizeof(bytes));
}

static void assert_decode_refuses(const struct soh_attribute *attribute, size_t block_size,
                                  enum soh_status expected)
{
    uint8_t block[16];
    struct soh_value value;

    memset(block, SENTINEL_BYTE, sizeof(block));
    memset(&value, SENTINEL_BYTE, sizeof(value));
    assert_int_equal(soh_decode(attribute, block, block_size, &value), expected);
    assert_untouched(block, sizeof(block));
    assert_untouched(&value, sizeof(value));
}

/* Among others that of the attribute, whose first bytes are the vendor and not for the block. */
static void test_decode_wrong_block_size(void **state)
{
    const struct soh_attribute attribute = {7, 6, (const uint8_t *)"\x00\x01\x37\xF0\xAA\xAA"};
    size_t block_size;

    (void)state;
    for (block_size = 0; block_size <= 16; ++block_size)
        if (block_size != 2)
            assert_decode_refuses(&attribute, block_size, SOH_BAD_ARGUMENT);
}

/* Nothing but the size of an attribute is looked at, and whether there is a value. */
static const uint8_t only_address;

static void assert_validates(const struct soh_attribute *attributes, size_t count,
                             enum soh_status request, enum soh_status response, const char *what)
{
    if (soh_validate(attributes, count, true) != request)
        fail_msg("as a request: %s", what);
    if (soh_validate(attributes, count, false) != response)
        fail_msg("as a response: %s", what);
}

/* An attribute by itself, and in a packet that is valid around it. */
static void assert_attribute(const struct expectation *expected, size_t size, const uint8_t *value)
{
    const struct soh_attribute attribute = {expected->type, (uint16_t)size, value};
    struct soh_attribute packet[3] = {{2, 4, &only_address}, {14, 1, &only_address}};
    const bool is_valid = is_allowed(expected, size) && (value != NULL || size == 0);
    const enum soh_status status = is_valid ? SOH_OK : SOH_BAD_PACKET;
    size_t block_size = SENTINEL_SIZE;

    assert_int_equal(soh_decoded_size(&attribute, &block_size), status);
    assert_int_equal(block_size, is_valid ? size - expected->head : SENTINEL_SIZE);
    if (!is_valid)
        assert_decode_refuses(&attribute, 0, SOH_BAD_PACKET);
    packet[expected->type == 2 ? 0 : 2] = attribute;
    assert_validates(packet, expected->type == 2 ? 2 : 3, status, status, "a size");
}

/* The bounds of every row, one below, one above, and everything between and around them. */
static void test_every_size(void **state)
{
    size_t i, size;

    (void)state;
    for (i = 0; i < COUNT_OF(expectations); ++i)
        for (size = 0; size <= UINT16_MAX; size += size < 4100 ? 1 : 15)
        {
            assert_attribute(&expectations[i], size, &only_address);
            assert_attribute(&expectations[i], size, NULL);
        }
}

/* What stands behind the last attribute is nobody's business. */
static void test_validate_number_of_attributes(void **state)
{
    struct soh_attribute attributes[101] = {{2, 4, &only_address}};
    size_t i;

    (void)state;
    for (i = 1; i < 100; ++i)
        attributes[i] = (struct soh_attribute){4, 0, NULL};
    attributes[100] = (struct soh_attribute){2, 3, NULL};
    assert_validates(attributes, 1, SOH_OK, SOH_BAD_PACKET, "1");
    assert_validates(attributes, 100, SOH_OK, SOH_OK, "100");
    attributes[100] = attributes[1];
    assert_validates(attributes, 101, SOH_BAD_PACKET, SOH_BAD_PACKET, "101");
    assert_validates(attributes, SIZE_MAX, SOH_BAD_PACKET, SOH_BAD_PACKET, "SIZE_MAX");
    assert_validates(attributes, 0, SOH_BAD_PACKET, SOH_BAD_PACKET, "0");
    assert_validates(NULL, 0, SOH_BAD_PACKET, SOH_BAD_PACKET, "0, NULL");
    assert_validates(NULL, 1, SOH_BAD_PACKET, SOH_BAD_PACKET, "1, NULL");
}

/* Packets of the least attributes of some types. */
static const struct rule
{
    const char *what;
    enum soh_status request, response;
    uint16_t types[14]; /* up to the 0 */
} rules[] = {
    {"the id is not there", SOH_BAD_PACKET, SOH_BAD_PACKET, {4}},
    {"the id is not first", SOH_BAD_PACKET, SOH_BAD_PACKET, {4, 2}},
    {"a second id", SOH_BAD_PACKET, SOH_BAD_PACKET, {2, 2, 4}},
    {"a last id", SOH_BAD_PACKET, SOH_BAD_PACKET, {2, 4, 2}},
    {"compliance codes are a result", SOH_OK, SOH_OK, {2, 4}},
    {"error codes are a result", SOH_OK, SOH_OK, {2, 13}},
    {"a failure category is a result", SOH_OK, SOH_OK, {2, 14}},
    {"no result", SOH_OK, SOH_BAD_PACKET, {2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17}},
    {"a last result", SOH_OK, SOH_OK, {2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 14}},
    {"servers of both", SOH_OK, SOH_OK, {2, 4, 3, 15}},
    {"IPv4 twice", SOH_OK, SOH_BAD_PACKET, {2, 4, 3, 3}},
    {"IPv4 twice, and first", SOH_OK, SOH_BAD_PACKET, {2, 3, 3, 4, 5}},
    {"IPv6 twice", SOH_OK, SOH_BAD_PACKET, {2, 4, 15, 15}},
    {"IPv4 around IPv6", SOH_OK, SOH_BAD_PACKET, {2, 3, 15, 4, 3}},
    {"IPv6 around IPv4", SOH_OK, SOH_BAD_PACKET, {2, 15, 4, 3, 15}},
    /* Rules that the reference would have, and that Microsoft's own packets break (documented). */
    {"two results", SOH_OK, SOH_OK, {2, 4, 14}},
    {"a result each", SOH_OK, SOH_OK, {2, 8, 4, 8, 4, 8, 4, 8, 4, 8, 4}},
    {"all results twice", SOH_OK, SOH_OK, {2, 4, 13, 14, 4, 13, 14}},
    {"others twice", SOH_OK, SOH_OK, {2, 14, 7, 7, 8, 8, 10, 10, 11, 11, 16, 16}},
    {"more others twice", SOH_OK, SOH_OK, {2, 14, 5, 5, 6, 6, 9, 9, 12, 12, 17, 17, 1}},
    {"types over 14 bits", SOH_OK, SOH_OK, {2, 0x4000, 0x8002, 0x8002, 0xFFFF, 4}},
};

static struct soh_attribute least(uint16_t type)
{
    const struct expectation *expected = expectations;

    while (expected->type != type)
        ++expected;
    return (struct soh_attribute){
        type, (uint16_t)(expected->head + expected->min_count * expected->element), &only_address};
}

static void test_validate_each_rule(void **state)
{
    struct soh_attribute attributes[COUNT_OF(rules[0].types)];
    size_t i, count;

    (void)state;
    for (i = 0; i < COUNT_OF(rules); ++i)
    {
        for (count = 0; rules[i].types[count] != 0; ++count)
            attributes[count] = least(rules[i].types[count]);
        assert_validates(attributes, count, rules[i].request, rules[i].response, rules[i].what);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kind_of_all_types),
        cmocka_unit_test(test_each_kind),
        cmocka_unit_test(test_unaligned_elements),
        cmocka_unit_test(test_encode_counts_beyond_the_bounds),
        cmocka_unit_test(test_encode_type_over_16_bits),
        cmocka_unit_test(test_encode_wrong_size),
        cmocka_unit_test(test_decode_wrong_block_size),
        cmocka_unit_test(test_every_size),
        cmocka_unit_test(test_validate_number_of_attributes),
        cmocka_unit_test(test_validate_each_rule),
    };

    return cmocka_run_group_tests_name("soh", tests, NULL, NULL);
}
