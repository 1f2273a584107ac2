/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Attributes and packets for the tests of the two SoH classes, and for the fuzz target.
 */
#ifndef PACKETS_H
#define PACKETS_H

#include <stdbool.h>
#include <stddef.h>

#include <naputil.h>

/* Vendor 0x000137, component 0xF0. */
#define HEALTH_ID 0x000137F0u

/* Which members of SoHAttributeValue a type uses. A value has bytes of a fixed size at its
 * beginning, and may have a list behind them. */
struct member
{
    size_t fixed;          /* number of the fixed bytes */
    size_t count, pointer; /* offsets of the list; pointer is 0 if there is no list */
    size_t size;           /* of an element */
    size_t least, most;    /* elements; an attribute has at most 4000 bytes */
};

/* An unknown type is an octet string. */
const struct member *member_of(unsigned type);

/* Whether the attribute has a size that its type allows, and a value if it has a size. */
bool is_attribute_allowed(const SoHAttribute *attribute);

/* A value as a structure, and the same value in network byte order. */
struct sample
{
    SoHAttributeType type;
    SoHAttributeValue value;
    const char *bytes;
    UINT16 size;
};

/* At least one of each type except SystemHealthId, and some of unknown types. */
extern const struct sample samples[];
extern const UINT16 sample_count;

/* All known types, and some unknown ones. */
#define TYPES 23
extern const UINT16 each_type[TYPES];

/* Calls a function with packets for each rule, once as a request and once as a response. */
typedef void packet_check(const SoH *soh, BOOL is_request, HRESULT expected, const char *packet);
void for_each_packet(packet_check *check);

/* Creates a constructor, and initializes it for a request. The test fails if that is not
 * possible. */
INapSoHConstructor *new_initialized_constructor(SystemHealthEntityId id);

/* Allocates a block with CoTaskMemAlloc. The test fails if that is not possible. */
void *task_block(size_t size);

/* Makes a packet of attributes, whose values it owns; or one from hexadecimal digits; or one
 * with an id and all samples. FreeSoH frees it. Each block has exactly the size of its contents. */
SoH *new_soh(const SoHAttribute *attributes, UINT16 count);
SoH *new_packet(const char *hex);
SoH *new_sample_packet(void);

/* Overwrites a packet's types, sizes and values. */
void spoil_packet(SoH *soh);

/* Fails the test if two values differ in the members that the type selects. */
void assert_values_equal(SoHAttributeType type, const SoHAttributeValue *value,
                         const SoHAttributeValue *expected);

/* Fails the test if the attribute has another type, size or value. */
void assert_attribute(const SoHAttribute *attribute, UINT32 type, const void *bytes, UINT16 size);

/* Fails the test if two packets differ. */
void assert_packets_equal(const SoH *actual, const SoH *expected);

/* Gets each attribute from the processor by its index, which a search finds too, and appends it
 * to a new constructor. The test fails unless that builds the same packet. */
void assert_processor_has(INapSoHProcessor *processor, SystemHealthEntityId id, BOOL is_request,
                          const SoH *packet);

/* The pointer of the list in the value, and the size of the list in bytes; NULL and 0 if there
 * is no list. */
const void *embedded_pointer(SoHAttributeType type, const SoHAttributeValue *value);
size_t embedded_size(SoHAttributeType type, const SoHAttributeValue *value);

/* Initializers. Functions under test do not change the bytes, although the pointer is not const. */
#define ATTRIBUTE(type, bytes)                                                                     \
    {                                                                                              \
        type, sizeof(bytes) - 1, (BYTE *)(bytes)                                                   \
    }
#define PACKET(attributes)                                                                         \
    {                                                                                              \
        COUNT_OF(attributes), attributes                                                           \
    }

#endif
