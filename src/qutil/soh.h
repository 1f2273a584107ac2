/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Encodes, decodes and validates the attributes of a Statement of Health (SoH).
 *
 * Portable C: no Windows types, no allocation, nothing from a C library but memcpy and memset. A
 * packet is an array of attributes; each attribute's bytes are what travels over the network. A
 * packet may come from a hostile peer: its counts and sizes bound every read, and whatever they
 * cover may be garbage.
 *
 * Memory. All buffers are the caller's and none is kept. Which bytes and elements a function may
 * touch follows from its size arguments alone. Pointers that are not called "or NULL" are not NULL.
 * Out parameters are written on success only, and never read.
 *
 * Threads. There is no state: any function may run in any number of threads at once, as long as
 * nobody writes to what it reads.
 *
 * Tags say where a rule is known from: documented (Microsoft's public references), observed (real
 * packets), inferred (from either), decided (no evidence; what breaks nobody).
 */
#ifndef QUTIL_SOH_H
#define QUTIL_SOH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Limits of a packet (documented). The SystemHealthId counts as an attribute. */
#define SOH_MAX_ATTRIBUTES 100
#define SOH_MAX_SIZE       4000 /* of one attribute's bytes, and of a decoded block */

enum soh_status
{
    SOH_OK,
    SOH_BAD_ARGUMENT, /* the caller's value or buffer is wrong: E_INVALIDARG */
    SOH_BAD_PACKET    /* the packet or attribute is malformed: NAP_E_INVALID_PACKET */
};

/* The types that have a meaning of their own (documented); any other is a plain octet string. */
enum soh_type
{
    SOH_TYPE_SYSTEM_HEALTH_ID = 2,
    SOH_TYPE_IPV4_FIXUP_SERVERS,
    SOH_TYPE_COMPLIANCE_RESULT_CODES,
    SOH_TYPE_TIME_OF_LAST_UPDATE,
    SOH_TYPE_CLIENT_ID,
    SOH_TYPE_VENDOR_SPECIFIC,
    SOH_TYPE_HEALTH_CLASS,
    SOH_TYPE_SOFTWARE_VERSION,
    SOH_TYPE_PRODUCT_NAME,
    SOH_TYPE_HEALTH_CLASS_STATUS,
    SOH_TYPE_GENERATION_TIME,
    SOH_TYPE_ERROR_CODES,
    SOH_TYPE_FAILURE_CATEGORY,
    SOH_TYPE_IPV6_FIXUP_SERVERS,
    SOH_TYPE_EXTENDED_ISOLATION_STATE
};

/* What an attribute's value is made of, and with it which members of struct soh_value count. */
enum soh_kind
{
    SOH_KIND_OCTETS, /* count and elements: count bytes */
    SOH_KIND_ID,     /* id */
    SOH_KIND_IPV4,   /* count and elements: addresses of 4 bytes, in network order */
    SOH_KIND_IPV6,   /* count and elements: addresses of 16 bytes, in network order */
    SOH_KIND_CODES,  /* count and elements: 32-bit numbers in the order of this machine */
    SOH_KIND_TIME,   /* time_low and time_high */
    SOH_KIND_VENDOR, /* id, then count and elements: count bytes */
    SOH_KIND_BYTE    /* byte */
};

/*
 * A value in the form that programs use. The type of the attribute selects the members, as it does
 * in the Windows union that this stands for: encoding ignores the others, decoding zeroes them.
 */
struct soh_value
{
    uint32_t id;       /* the health id, or the vendor id */
    uint32_t time_low; /* a FILETIME: 100 ns since 1601 */
    uint32_t time_high;
    uint8_t byte;
    size_t count;         /* of elements, in the unit of the kind */
    const void *elements; /* of any type of the right width, without alignment; NULL if none */
};

/* One attribute of a packet. Laid out as the Windows SoHAttribute, so that an array of those can be
 * passed by casting the pointer; the caller asserts the layout at compile time. */
struct soh_attribute
{
    uint16_t type;
    uint16_t size;        /* of value, in bytes */
    const uint8_t *value; /* or NULL if size is 0 */
};

/*
 * soh_kind_of tells what the values of a type are made of.
 *
 * type  Any number. A type without a meaning of its own is SOH_KIND_OCTETS (documented: callers get
 *       attributes that nobody recognises as octet strings).
 */
enum soh_kind soh_kind_of(uint32_t type);

/*
 * soh_encoded_size checks a value, and tells the size of the attribute that it makes.
 *
 * type   Of the attribute. All 16 bits of the field in a packet may be used, although the network
 *        has only 14 for a type (decided: a program that left the mandatory bit in a type it read
 *        elsewhere gets it back as it was). A number over 65535 is refused, never cut.
 * value  Its elements are not read; only whether there are any.
 * size   Receives the size in bytes, 0 to SOH_MAX_SIZE.
 *
 * SOH_OK            *size is the size.
 * SOH_BAD_ARGUMENT  The type does not allow this count, elements is NULL with a count that is not
 *                   0, or type is over 65535.
 */
enum soh_status soh_encoded_size(uint32_t type, const struct soh_value *value, size_t *size);

/*
 * soh_encode writes the bytes of an attribute. Equal values give equal bytes.
 *
 * type   As in soh_encoded_size.
 * value  As in soh_encoded_size; count elements are read.
 * bytes  Receives the attribute's bytes; on failure it is untouched. May be NULL if size is 0. Must
 *        not overlap the elements.
 * size   Of bytes: exactly what soh_encoded_size tells.
 *
 * SOH_OK            All of bytes is written.
 * SOH_BAD_ARGUMENT  soh_encoded_size refuses the value, or tells another size.
 */
enum soh_status soh_encode(uint32_t type, const struct soh_value *value, uint8_t *bytes,
                           size_t size);

/*
 * soh_decoded_size checks an attribute, and tells the size of the block its elements need.
 *
 * attribute   Its bytes are not read.
 * block_size  Receives the size in bytes, 0 to SOH_MAX_SIZE; 0 for a kind without elements.
 *
 * SOH_OK          *block_size is the size.
 * SOH_BAD_PACKET  The type does not allow this size, or value is NULL with a size that is not 0.
 */
enum soh_status soh_decoded_size(const struct soh_attribute *attribute, size_t *block_size);

/*
 * soh_decode takes an attribute apart.
 *
 * attribute   Its size bytes are read.
 * block       Receives the elements, codes in the order of this machine; on failure it is
 *             untouched. May be NULL if block_size is 0. Needs no alignment. Must not overlap the
 *             bytes.
 * block_size  Of block: exactly what soh_decoded_size tells.
 * value       Receives the value; elements is block, or NULL if there are none.
 *
 * SOH_OK            *value and all of block are written.
 * SOH_BAD_PACKET    As in soh_decoded_size.
 * SOH_BAD_ARGUMENT  block_size is not what soh_decoded_size tells.
 */
enum soh_status soh_decode(const struct soh_attribute *attribute, void *block, size_t block_size,
                           struct soh_value *value);

/*
 * soh_validate says whether a packet is well formed.
 *
 *  - It has 1 to SOH_MAX_ATTRIBUTES attributes, each of a size that its type allows, with a value
 *    unless the size is 0 (documented). Types over 14 bits are octet strings (decided).
 *  - The first attribute is the SystemHealthId (documented), and no other is (inferred).
 *  - A response has at most one list of IPv4 servers and one of IPv6 servers (documented as "at
 *    most one"; decided: of each).
 *  - A response has a result: compliance codes, error codes or a failure category. It may have
 *    several, in any combination, and the list of codes may be empty. Requests need none
 *    (observed, although the rule is documented for every packet).
 *
 * Nothing else is a rule, since packets of Microsoft's own components break it (documented).
 *
 * attributes  The packet, or NULL. The bytes that the values point to are not read.
 * count       Of attributes; no more than that many are read.
 * is_request  True for a request (agent to validator), false for a response.
 *
 * SOH_OK          The packet is well formed: soh_decode takes each of its attributes.
 * SOH_BAD_PACKET  It is not, or attributes is NULL.
 */
enum soh_status soh_validate(const struct soh_attribute *attributes, size_t count, bool is_request);

#endif
