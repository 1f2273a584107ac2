/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the tests of the SoH codec share: the table they expect, and packets to try.
 *
 * Every buffer is a heap block of exactly the size that the codec is told, so that a sanitizer sees
 * the first byte that is touched beyond it.
 */
#ifndef QUTIL_SOH_FIXTURE_H
#define QUTIL_SOH_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "soh.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define EXPECTATIONS 24

/* The attribute table of the specification, typed anew and in numbers: a mistake in the codec's own
 * table has nothing here to agree with. Type 2 comes first, and unrecognised types last. */
struct expectation
{
    uint16_t type;
    enum soh_kind kind;
    size_t head, element, min_count, max_count; /* bytes, bytes, elements, elements */
};
extern const struct expectation expectations[EXPECTATIONS];

/* Whether an attribute of that many bytes is what the table allows. */
bool expectation_allows(const struct expectation *expected, size_t size);

/* A packet; zero it before use, and clear it in the end. */
struct packet
{
    size_t count;
    struct soh_attribute *attributes; /* a block of exactly count */
};

/* A new block of at least a byte; never NULL. */
void *allocate(size_t size);

/* A copy to hand to the codec: NULL for no bytes, else a block without a byte to spare. */
void *copy_of(const void *bytes, size_t size);

/* Appends an attribute with a copy of the bytes. */
void packet_add(struct packet *packet, uint16_t type, const void *bytes, size_t size);

/* Frees the attributes and empties the packet. */
void packet_clear(struct packet *packet);

/* Reads hexadecimal digits, and skips the blanks between them. Returns the number of bytes. */
size_t parse_hex(const char *hex, uint8_t *bytes, size_t capacity);

#endif
