/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Attributes and packets for the tests of the two SoH classes.
 */
#ifndef PACKETS_H
#define PACKETS_H

#include <naputil.h>

#include "attributes.h"

/* Vendor 0x000137, component 0xF0. */
#define HEALTH_ID 0x000137F0u

/* A value as programs have it, and the same as the network has it. */
struct sample
{
    SoHAttributeType type;
    SoHAttributeValue value;
    const char *bytes;
    UINT16 size;
    UINT16 block; /* bytes of the embedded pointer's block, 0 for none */
};

/* At least one of each type but the SystemHealthId, and types that nobody recognises. */
extern const struct sample samples[];
extern const UINT16 sample_count;

/* Every type that has a meaning, and types that have none: 17, and some with bits beyond the network's. */
#define TYPES 23
extern const UINT16 each_type[TYPES];

/* Calls a function with packets that show each rule, as a request and as a response. */
typedef void packet_check(const SoH *soh, BOOL is_request, HRESULT expected, const char *packet);
void for_each_packet(packet_check *check);

/* A block of the kind that callers and RPC hand to the Free functions. */
void *task_block(size_t size);

/* Blocks of exactly the sizes that are read, to be freed by FreeSoH: a packet, whose bytes the network
 * has so, and all samples behind an id. */
SoH *new_packet(const char *hex);
SoH *new_sample_packet(void);

/* Overwrites a packet's types, sizes and values. */
void spoil_packet(SoH *soh);

/* Fails the test where two values differ in what their type selects. */
void assert_values_equal(SoHAttributeType type, const SoHAttributeValue *value,
                         const SoHAttributeValue *expected);

/* Fails the test where an attribute is not exactly this. */
void assert_attribute(const SoHAttribute *attribute, UINT32 type, const void *bytes, UINT16 size);

/* Fails the test where two packets differ. */
void assert_packets_equal(const SoH *actual, const SoH *expected);

/* The embedded pointer that the type of a value selects, or NULL. */
const void *embedded_pointer(SoHAttributeType type, const SoHAttributeValue *value);

/* The values are not changed, whatever the structure's type says. */
#define ATTRIBUTE(type, bytes)                                                                     \
    {                                                                                              \
        type, sizeof(bytes) - 1, (BYTE *)(bytes)                                                   \
    }
#define PACKET(attributes)                                                                         \
    {                                                                                              \
        COUNT_OF(attributes), attributes                                                           \
    }

#endif
