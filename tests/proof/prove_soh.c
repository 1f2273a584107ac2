/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The codec: it reads and writes nothing but what its arguments cover, whatever they are, and keeps
 * the promises of soh.h. prove_soh.sed has the invariants of its loops, so that no proof depends on
 * how often they run.
 *
 * A promise about every byte, or every attribute, is proved of the watched one, which is any one.
 */
#include "proof.h"
#include "soh.h"

/* What the invariants name. */
static size_t watched;
static size_t watched_wire;
static uint8_t watched_byte;
static enum soh_status watched_status;

#include "soh.c"

static struct soh_attribute any_attribute(void)
{
    struct soh_attribute attribute;

    attribute.type = nondet_uint16();
    attribute.size = nondet_uint16();
    attribute.value = any_block_or_null(attribute.size);
    return attribute;
}

/* Kinds without elements have garbage in count and elements. */
static struct soh_value any_value(uint32_t type)
{
    struct soh_value value;

    value.id = nondet_uint32();
    value.time_low = nondet_uint32();
    value.time_high = nondet_uint32();
    value.byte = nondet_byte();
    value.count = nondet_size();
    value.elements = NULL;
    if (nondet_bool())
        value.elements = any_block(rule_of(type)->max_count != 0 && value.count <= UINT16_MAX
                                       ? value.count * rule_of(type)->element
                                       : 0);
    return value;
}

/* Where the byte at i in the elements is on the wire, behind the head: the codes are swapped. */
static size_t wire_place(uint32_t type, size_t i)
{
    return soh_kind_of(type) == SOH_KIND_CODES ? (i & ~(size_t)3) + 3 - (i & 3) : i;
}

/* Watches a byte of the elements, if there is one for it in an attribute of that size. */
static void watch(uint32_t type, const struct soh_value *value, size_t size)
{
    watched = nondet_size();
    watched_wire = wire_place(type, watched);
    if (value->elements != NULL && rule_of(type)->max_count != 0 && value->count <= UINT16_MAX &&
        watched < value->count * rule_of(type)->element)
        watched_byte = ((const uint8_t *)value->elements)[watched];
}

void prove_soh_encoded_size(void)
{
    const uint32_t type = nondet_uint32();
    const struct soh_value value = any_value(type);
    const size_t before = nondet_size();
    size_t size = before;

    if (soh_encoded_size(type, &value, &size) != SOH_OK)
    {
        CLAIM(size == before, "on failure the size is untouched");
        return;
    }
    CLAIM(type <= UINT16_MAX, "the type has 16 bits");
    CLAIM(size <= SOH_MAX_SIZE, "the size is 4,000 at most");
}

void prove_soh_encode(void)
{
    const uint32_t type = nondet_uint32();
    const struct soh_value value = any_value(type);
    const size_t size = nondet_size(), place = nondet_size();
    uint8_t *bytes = any_block_or_null(size), before = 0;
    size_t needed;

    GIVEN(bytes != NULL || size == 0);
    if (place < size && size <= UINT16_MAX)
        before = bytes[place];
    watch(type, &value, size);

    if (soh_encode(type, &value, bytes, size) != SOH_OK)
    {
        if (place < size && size <= UINT16_MAX)
            CLAIM(bytes[place] == before, "on failure the bytes are untouched");
        return;
    }
    CLAIM(soh_encoded_size(type, &value, &needed) == SOH_OK, "it takes what encoded_size takes");
    CLAIM(size == needed, "the size is what encoded_size tells");
    if (watched < size - rule_of(type)->head)
        CLAIM(bytes[rule_of(type)->head + watched_wire] == watched_byte,
              "each byte is in its place");
}

void prove_soh_decoded_size(void)
{
    const struct soh_attribute attribute = any_attribute();
    const size_t before = nondet_size();
    size_t block_size = before;

    if (soh_decoded_size(&attribute, &block_size) != SOH_OK)
    {
        CLAIM(block_size == before, "on failure the size is untouched");
        return;
    }
    CLAIM(block_size <= SOH_MAX_SIZE, "the size is 4,000 at most");
    CLAIM(block_size <= attribute.size, "the size is the attribute's at most");
    CLAIM(attribute.value != NULL || attribute.size == 0, "there are no bytes at NULL");
}

void prove_soh_decode(void)
{
    const struct soh_attribute attribute = any_attribute();
    const size_t block_size = nondet_size(), place = nondet_size();
    uint8_t *block = any_block_or_null(block_size), before = 0;
    struct soh_value value = {.count = block_size + 1};
    size_t needed;

    GIVEN(block != NULL || block_size == 0);
    if (place < block_size && block_size <= UINT16_MAX)
        before = block[place];
    watched = nondet_size();
    watched_wire = wire_place(attribute.type, watched);
    if (attribute.value != NULL && rule_of(attribute.type)->head + watched_wire < attribute.size &&
        watched < UINT16_MAX)
        watched_byte = attribute.value[rule_of(attribute.type)->head + watched_wire];

    if (soh_decode(&attribute, block, block_size, &value) != SOH_OK)
    {
        CLAIM(value.count == block_size + 1, "on failure the value is untouched");
        if (place < block_size && block_size <= UINT16_MAX)
            CLAIM(block[place] == before, "on failure the block is untouched");
        return;
    }
    CLAIM(soh_decoded_size(&attribute, &needed) == SOH_OK, "it takes what decoded_size takes");
    CLAIM(block_size == needed, "the size is what decoded_size tells");
    CLAIM(value.count * rule_of(attribute.type)->element == block_size,
          "the count times the size of an element is the size of the block");
    CLAIM(value.elements == (block_size != 0 ? block : NULL), "the elements are the block");
    if (watched < block_size)
        CLAIM(block[watched] == watched_byte, "each byte is in its place");
}

void prove_soh_round_trip(void)
{
    const uint32_t type = nondet_uint32();
    const struct soh_value value = any_value(type);
    struct soh_attribute attribute;
    struct soh_value decoded;
    size_t size, block_size;
    uint8_t *bytes, *block;

    if (soh_encoded_size(type, &value, &size) != SOH_OK)
        return;
    bytes = any_block(size);
    watch(type, &value, size);

    CLAIM(soh_encode(type, &value, bytes, size) == SOH_OK, "what encoded_size takes is encoded");
    attribute.type = (uint16_t)type;
    attribute.size = (uint16_t)size;
    attribute.value = bytes;
    CLAIM(soh_decoded_size(&attribute, &block_size) == SOH_OK, "what is encoded is well formed");
    block = any_block(block_size);
    CLAIM(soh_decode(&attribute, block, block_size, &decoded) == SOH_OK, "and is decoded");

    switch (soh_kind_of(type))
    {
    case SOH_KIND_ID:
        CLAIM(decoded.id == value.id, "the id is the same");
        break;
    case SOH_KIND_TIME:
        CLAIM(decoded.time_low == value.time_low, "the low half is the same");
        CLAIM(decoded.time_high == value.time_high, "the high half is the same");
        break;
    case SOH_KIND_BYTE:
        CLAIM(decoded.byte == value.byte, "the byte is the same");
        break;
    case SOH_KIND_VENDOR:
        CLAIM(decoded.id == value.id, "the vendor is the same");
    default:
        CLAIM(decoded.count == value.count, "the count is the same");
        if (watched < block_size)
            CLAIM(block[watched] == watched_byte, "each byte of the elements is the same");
    }
}

void prove_soh_validate(void)
{
    const size_t count = nondet_uint16();
    const bool is_request = nondet_bool();
    struct soh_attribute *attributes = any_block_or_null(count * sizeof(*attributes));
    size_t size;

    watched = nondet_size();
    if (attributes != NULL && watched < count)
        watched_status = soh_decoded_size(&attributes[watched], &size);
    if (soh_validate(attributes, count, is_request) != SOH_OK)
        return;
    CLAIM(attributes != NULL, "NULL is no packet");
    CLAIM(1 <= count && count <= SOH_MAX_ATTRIBUTES, "a packet has 1 to 100 attributes");
    if (watched < count)
        CLAIM(watched_status == SOH_OK, "soh_decode takes each attribute");
}
