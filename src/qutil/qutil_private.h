/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the sources of qutil.dll share.
 *
 * Tags say where a rule is known from: documented (Microsoft's public references), observed (real
 * packets), inferred (from either), decided (no evidence; what breaks nobody).
 */
#ifndef QUTIL_PRIVATE_H
#define QUTIL_PRIVATE_H

#include "common.h"

#define NAPAPI
#include <naputil.h>

/* soh_constructor.c, soh_processor.c: the classes. */
class_create soh_constructor_create;
class_create soh_processor_create;

/* soh_attribute.c: attributes, and FreeSoHAttributeValue. There is no state: any function may run in
 * any number of threads at once. */

/* Where in a packet the attributes of a type may stand. */
enum soh_place
{
    SOH_ANYWHERE,
    SOH_FIRST, /* first, and nowhere else */
    SOH_ONCE,  /* in a response; a request may have several */
    SOH_RESULT /* anywhere, but a response has to have one of these */
};

enum soh_place soh_attribute_place(UINT16 type);

/* Whether the type allows the size, and there is a value where there is a size. The bytes of the
 * value are not read. */
BOOL soh_attribute_is_valid(const SoHAttribute *attribute);

/*
 * soh_attribute_encode makes an attribute from a value. Equal values give equal bytes.
 *
 * type       Of the attribute. All 16 bits of the field in a packet may be used, although the network
 *            has only 14 for a type (decided: a program that left the mandatory bit in a type that
 *            it read elsewhere gets it back as it was). A greater number is refused, never cut.
 * value      May change while it is read: the bytes of the result are then any, their number is not.
 * attribute  Receives the attribute. Its value is a block to be freed with CoTaskMemFree, or NULL
 *            where the size is 0. Untouched on failure.
 *
 * S_OK; E_INVALIDARG for a type over 65535, a number of elements that the type does not allow, or
 * elements at NULL; E_OUTOFMEMORY.
 */
HRESULT soh_attribute_encode(SoHAttributeType type, const SoHAttributeValue *value,
                             SoHAttribute *attribute);

/*
 * soh_attribute_decode makes a value from an attribute.
 *
 * attribute  Valid, as soh_attribute_is_valid tells, and nobody changes it meanwhile.
 * value      All zero. Receives the members that belong to the type. A pointer among them is a block
 *            to be freed with CoTaskMemFree, or NULL where there are no elements. Untouched on
 *            failure.
 *
 * S_OK; E_OUTOFMEMORY, for a type with elements alone.
 */
HRESULT soh_attribute_decode(const SoHAttribute *attribute, SoHAttributeValue *value);

/* soh_packet.c: packets. */

/*
 * soh_packet_validate says whether a packet is well formed.
 *
 *  - It has 1 to maxSoHAttributeCount attributes (documented), each of a size that its type allows
 *    (documented), with a value unless the size is 0.
 *  - The first attribute is the SystemHealthId (documented), and no other is (inferred).
 *  - A response has at most one list of IPv4 servers and one of IPv6 servers (documented as "at
 *    most one"; decided: of each).
 *  - A response has a result: compliance codes, error codes or a failure category. It may have
 *    several, in any combination, and the list of codes may be empty. Requests need none
 *    (observed, although the rule is documented for every packet).
 *
 * Nothing else is a rule, since packets of Microsoft's own components break it (documented).
 *
 * soh         May change while it is read. The bytes that the values point to are not read.
 * is_request  TRUE for a request (agent to validator), FALSE for a response.
 *
 * S_OK; NAP_E_INVALID_PACKET.
 */
HRESULT soh_packet_validate(const SoH *soh, BOOL is_request);

/*
 * soh_packet_copy makes a copy of a packet, a block for each pointer.
 *
 * soh   Need not be valid, and may change while it is read. The copy is bounded by what was read
 *       first, and is what is to be validated.
 * copy  Receives the copy, to be released with FreeSoH; untouched on failure.
 *
 * S_OK; NAP_E_INVALID_PACKET for a number or a size that no packet may have, or a NULL pointer;
 * E_OUTOFMEMORY.
 */
HRESULT soh_packet_copy(const SoH *soh, SoH **copy);

#endif
