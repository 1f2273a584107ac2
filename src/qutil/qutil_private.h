/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the sources of qutil.dll share.
 */
#ifndef QUTIL_PRIVATE_H
#define QUTIL_PRIVATE_H

#include "common.h"

#define NAPAPI
#include <naputil.h>

#include "soh.h"

/* soh_constructor.c, soh_processor.c: the classes. */
class_create soh_constructor_create;
class_create soh_processor_create;

/* soh_value.c: values in the Windows structure. type is that of the attribute. */

/* The value as the codec takes it; elements stay where they are. */
struct soh_value soh_value_get(uint32_t type, const SoHAttributeValue *value);

/* Sets the members of value that belong to the type. elements is plain's, and becomes value's. */
void soh_value_set(uint32_t type, const struct soh_value *plain, void *elements,
                   SoHAttributeValue *value);

/* Frees the elements. */
void soh_value_clear(uint32_t type, SoHAttributeValue *value);

/* soh_packet.c: packets in the Windows structures. */

/* The result of a call of the codec, as COM's callers know it. */
HRESULT soh_packet_result(enum soh_status status);

/* S_OK, or NAP_E_INVALID_PACKET. */
HRESULT soh_packet_validate(const SoH *soh, BOOL is_request);

/*
 * soh_packet_copy makes a copy of a packet, a block for each pointer.
 *
 * soh   May change while it is read, and then need not be valid: the copy is bounded by what was
 *       read first, and is what is to be validated.
 * copy  Receives the copy, to be released with FreeSoH; untouched on failure.
 *
 * S_OK; NAP_E_INVALID_PACKET for a number or a size that no packet may have, or a NULL pointer;
 * E_OUTOFMEMORY.
 */
HRESULT soh_packet_copy(const SoH *soh, SoH **copy);

#endif
