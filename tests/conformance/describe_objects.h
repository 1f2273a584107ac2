/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Objects to tell facts about.
 */
#ifndef DESCRIBE_OBJECTS_H
#define DESCRIBE_OBJECTS_H

#include <stdbool.h>
#include <naputil.h>

#define WORD_SENTINEL 0x5e47

/* The health agent's request, in short. */
#define REQUEST "0002 0004 00013780 0008 0001 00 000B 0004 00000005 0008 0001 01"

/* What a part needs that makes objects. */
#define NEEDS "DllGetClassObject"

/* New, or initialized: the processor with the request. */
INapSoHConstructor *constructor_in_state(bool is_initialized);
INapSoHProcessor *processor_in_state(bool is_initialized);

/* AppendAttribute, for any number as the type. */
HRESULT append(INapSoHConstructor *constructor, int type, const SoHAttributeValue *value);

#endif
