/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the tests of the SoH codec share: the table they expect, and packets to try.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soh_fixture.h"

#include <cmocka.h>

const struct expectation expectations[EXPECTATIONS] = {
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

bool expectation_allows(const struct expectation *expected, size_t size)
{
    size_t count;

    for (count = expected->min_count; count <= expected->max_count; ++count)
        if (size == expected->head + count * expected->element)
            return true;
    return false;
}

void *allocate(size_t size)
{
    void *block = malloc(size != 0 ? size : 1);

    assert_non_null(block);
    return block;
}

void *copy_of(const void *bytes, size_t size)
{
    return size != 0 ? memcpy(allocate(size), bytes, size) : NULL;
}

void packet_add(struct packet *packet, uint16_t type, const void *bytes, size_t size)
{
    const size_t new_size = (packet->count + 1) * sizeof(*packet->attributes);
    struct soh_attribute *attribute;

    assert_in_range(size, 0, UINT16_MAX);
    packet->attributes = realloc(packet->attributes, new_size);
    assert_non_null(packet->attributes);
    attribute = &packet->attributes[packet->count++];
    attribute->type = type;
    attribute->size = (uint16_t)size;
    attribute->value = copy_of(bytes, size);
}

void packet_clear(struct packet *packet)
{
    size_t i;

    for (i = 0; i < packet->count; ++i)
        free((void *)packet->attributes[i].value);
    free(packet->attributes);
    memset(packet, 0, sizeof(*packet));
}

size_t parse_hex(const char *hex, uint8_t *bytes, size_t capacity)
{
    size_t size = 0;
    unsigned int byte;

    for (; *hex != '\0'; ++hex)
    {
        if (*hex == ' ')
            continue;
        /* Two digits fit. NOLINTNEXTLINE(cert-err34-c) */
        assert_int_equal(sscanf(hex++, "%2x", &byte), 1);
        assert_in_range(size, 0, capacity - 1);
        bytes[size++] = (uint8_t)byte;
    }
    return size;
}
