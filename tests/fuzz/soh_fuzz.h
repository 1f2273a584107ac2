/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the SoH fuzz targets share. Include it in one source file of a target.
 */
#ifndef QUTIL_SOH_FUZZ_H
#define QUTIL_SOH_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "soh.h"

/* An assert that stays in release builds. */
#define CHECK(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline uint16_t read_be16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

/* A block without a byte to spare, so that the sanitizer sees any access beyond it; NULL for 0. */
static inline void *allocate_exactly(size_t size)
{
    void *block = size != 0 ? malloc(size) : NULL;

    CHECK(size == 0 || block != NULL);
    return block;
}

/* Reads the next attribute of a packet as the network has it: type, length, bytes. Returns false
 * where there is none. One that claims more bytes than are left is the last, and gets NULL. */
static inline bool read_attribute(struct soh_attribute *attribute, const uint8_t **data,
                                  size_t *size)
{
    enum
    {
        HEAD = 4
    };
    uint8_t *bytes = NULL;

    if (*size < HEAD)
        return false;
    attribute->type = read_be16(*data);
    attribute->size = read_be16(*data + 2);
    *data += HEAD;
    *size -= HEAD;
    if (attribute->size <= *size)
    {
        if ((bytes = allocate_exactly(attribute->size)) != NULL)
            memcpy(bytes, *data, attribute->size);
        *data += attribute->size;
        *size -= attribute->size;
    }
    else
    {
        *size = 0;
    }
    attribute->value = bytes;
    return true;
}

/* Returns whether the attribute can be decoded. If so, what comes out must give the same bytes when
 * it is encoded again. */
static inline bool survives_round_trip(const struct soh_attribute *attribute)
{
    struct soh_value value;
    size_t block_size, size;
    uint8_t *bytes;
    void *block;

    if (soh_decoded_size(attribute, &block_size) != SOH_OK)
    {
        CHECK(soh_decode(attribute, NULL, 0, &value) == SOH_BAD_PACKET);
        return false;
    }
    CHECK(block_size <= attribute->size && attribute->size <= SOH_MAX_SIZE);
    block = allocate_exactly(block_size);
    CHECK(soh_decode(attribute, block, block_size, &value) == SOH_OK);
    CHECK(value.elements == block && (value.count != 0) == (block_size != 0));

    CHECK(soh_encoded_size(attribute->type, &value, &size) == SOH_OK && size == attribute->size);
    bytes = allocate_exactly(size);
    CHECK(soh_encode(attribute->type, &value, bytes, size) == SOH_OK);
    CHECK(size == 0 || memcmp(bytes, attribute->value, size) == 0);
    free(bytes);
    free(block);
    return true;
}

#endif
