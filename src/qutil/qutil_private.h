/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Declarations that the sources of qutil.dll share.
 *
 * Tags say where a rule is known from: documented (in Microsoft's public references), observed (in
 * real packets), inferred (from either), decided (nothing is known; the rule breaks no caller).
 */
#ifndef QUTIL_PRIVATE_H
#define QUTIL_PRIVATE_H

#include "common.h"

#define NAPAPI
#include <naputil.h>

/* soh_constructor.c, soh_processor.c: the functions that create objects of the classes. */
class_create soh_constructor_create;
class_create soh_processor_create;

/* soh_attribute.c: attributes, and FreeSoHAttributeValue. The functions have no state, so several
 * threads may call them at once. */

/* Where in a packet the attributes of a type may stand, and how often. */
enum soh_place
{
    SOH_ANYWHERE,
    SOH_FIRST, /* only as the first attribute, which must be of this type */
    SOH_ONCE,  /* at most once in a response; any number of times in a request */
    SOH_RESULT /* anywhere; a response must have at least one such attribute */
};

enum soh_place soh_attribute_place(UINT16 type);

/* Whether the type allows the size, and the value is not NULL unless the size is 0. The bytes of
 * the value are not read. */
BOOL soh_attribute_is_valid(const SoHAttribute *attribute);

/*
 * soh_attribute_encode makes an attribute from a value. Equal values give equal bytes.
 *
 * type       The type of the attribute, 0 to 65535, although the protocol has only 14 bits for it
 *            (decided: a program that took a type from elsewhere, with the mandatory bit in it,
 *            gets the same number back). A larger number is refused, never truncated.
 * value      May change while it is read. The result then has the right size, but arbitrary bytes.
 * attribute  Receives the attribute. Its value is freed with CoTaskMemFree, and is NULL if the size
 *            is 0. Not written on failure.
 *
 * S_OK; E_INVALIDARG for a type over 65535, for a number of elements that the type does not allow,
 * or for a NULL pointer to elements; E_OUTOFMEMORY.
 */
HRESULT soh_attribute_encode(SoHAttributeType type, const SoHAttributeValue *value,
                             SoHAttribute *attribute);

/*
 * soh_attribute_decode makes a value from an attribute.
 *
 * attribute  Must be valid, as soh_attribute_is_valid says, and must not change during the call.
 * value      Must be all zero. Receives the members that belong to the type. A pointer among them
 *            is freed with CoTaskMemFree, and is NULL if there are no elements. Not written on
 *            failure.
 *
 * S_OK; E_OUTOFMEMORY, only for a type that has elements.
 */
HRESULT soh_attribute_decode(const SoHAttribute *attribute, SoHAttributeValue *value);

/* soh_packet.c: packets. */

/*
 * soh_packet_validate checks whether a packet is well formed.
 *
 *  - It has 1 to maxSoHAttributeCount attributes (documented), each of a size that its type allows
 *    (documented), with a value unless the size is 0.
 *  - The first attribute is the SystemHealthId (documented), and no other is (inferred).
 *  - A response has at most one list of IPv4 servers and one of IPv6 servers (documented).
 *  - A response has at least one attribute with a result: compliance codes or a failure category
 *    (documented), or error codes (decided). A list of codes may be empty. A request needs no
 *    result (documented).
 *
 * There are no other rules: packets of Microsoft's own components would break them (documented).
 *
 * soh         May change while it is read. The bytes of the attributes' values are not read.
 * is_request  TRUE for a request (agent to validator), FALSE for a response.
 *
 * S_OK; NAP_E_INVALID_PACKET.
 */
HRESULT soh_packet_validate(const SoH *soh, BOOL is_request);

/*
 * soh_packet_copy copies a packet. Each pointer of the copy is a block of its own.
 *
 * soh   Need not be valid, and may change while it is read. Each count and size is read once and
 *       bounds the copy. The caller has to validate the copy, not the original.
 * copy  Receives the copy, which is freed with FreeSoH. Not written on failure.
 *
 * S_OK; NAP_E_INVALID_PACKET for a count or a size that no packet may have, or for a NULL pointer;
 * E_OUTOFMEMORY.
 */
HRESULT soh_packet_copy(const SoH *soh, SoH **copy);

#endif
