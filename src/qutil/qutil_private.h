/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Declarations that the sources of qutil.dll share.
 *
 * A word in brackets says how a rule is known: documented (by Microsoft), observed (in packets, or
 * in Wine), inferred (from these), decided (by us, where nothing is known; all known callers work).
 */
#ifndef QUTIL_PRIVATE_H
#define QUTIL_PRIVATE_H

#include "common.h"

#define NAPAPI
#include <naputil.h>

/* soh_constructor.c, soh_processor.c: the functions that create objects of the classes. */
class_create soh_constructor_create;
class_create soh_processor_create;

/* soh_attribute.c: the attributes of a Statement of Health (SoH), and FreeSoHAttributeValue. The
 * functions have no state, so several threads may call them at once. */

/* Where in a packet (the list of a SoH's attributes) a type may stand, and how often. */
enum soh_place
{
    SOH_ANYWHERE,
    SOH_FIRST, /* only as the first attribute, which must be of this type */
    SOH_ONCE,  /* at most once in a response; any number of times in a request */
    SOH_RESULT /* anywhere; a response must have at least one attribute of a SOH_RESULT type */
};

enum soh_place soh_attribute_place(UINT16 type);

/* Returns whether the type allows the size. A NULL value is valid only if the size is 0. Does not
 * read the bytes of the value. */
BOOL soh_attribute_is_valid(const SoHAttribute *attribute);

/*
 * soh_attribute_encode makes an attribute from a value. Equal values give equal bytes.
 *
 * type       0 to 65535; a larger number is refused, not truncated. On the network the upper 2 of
 *            the 16 bits are flags. They are kept, so that a caller reads back the number that it
 *            passed (decided).
 * value      May change during the call. The attribute then has a valid size, but arbitrary bytes.
 * attribute  Receives the attribute. The caller frees its value with CoTaskMemFree; the value is
 *            NULL if the size is 0. Not written on failure.
 *
 * S_OK; E_INVALIDARG for a type over 65535, for a size or count in value that the type does not
 * allow, or for a NULL pointer in value with a size or count that is not 0; E_OUTOFMEMORY.
 */
HRESULT soh_attribute_encode(SoHAttributeType type, const SoHAttributeValue *value,
                             SoHAttribute *attribute);

/*
 * soh_attribute_decode makes a value from an attribute.
 *
 * attribute  soh_attribute_is_valid is TRUE for it. Must not change during the call.
 * value      Must be all zero. Receives the members that belong to the type. If a pointer is among
 *            them, the caller frees it with CoTaskMemFree; it is NULL if its size or count is 0.
 *            Not written on failure.
 *
 * S_OK; E_OUTOFMEMORY, only for a type whose value has a pointer.
 */
HRESULT soh_attribute_decode(const SoHAttribute *attribute, SoHAttributeValue *value);

/* soh_packet.c: packets. */

/*
 * soh_packet_validate checks whether a packet is well formed.
 *
 *  - It has 1 to maxSoHAttributeCount attributes (documented), each of a size that its type allows
 *    (documented), with a value unless the size is 0.
 *  - The first attribute is the SystemHealthId (documented), and no other is (inferred).
 *  - A response has at most one list of IPv4 and one of IPv6 fix-up servers (documented).
 *  - A response has at least one attribute with a result: compliance codes or a failure category
 *    (documented), or error codes (decided). A list of codes may be empty. A request needs no
 *    result (documented).
 *
 * Microsoft's other rules are not checked: packets of its own components break some (documented).
 *
 * soh         May change while it is read. The bytes of the attributes' values are not read.
 * is_request  TRUE for a request (agent to validator), FALSE for a response.
 *
 * S_OK; NAP_E_INVALID_PACKET.
 */
HRESULT soh_packet_validate(const SoH *soh, BOOL is_request);

/*
 * soh_packet_copy copies a packet. Each pointer of the copy points to a block of its own.
 *
 * soh   Need not be valid, and may change while it is read. Each count and size is read once, and
 *       limits what is copied. To validate as well, validate the copy, which does not change.
 * copy  Receives the copy, which the caller frees with FreeSoH. Not written on failure.
 *
 * S_OK; NAP_E_INVALID_PACKET for a count or a size that no packet may have, or for a NULL pointer
 * in soh with a count or a size over 0; E_OUTOFMEMORY.
 */
HRESULT soh_packet_copy(const SoH *soh, SoH **copy);

#endif
