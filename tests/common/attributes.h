/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The types of attributes, as the reference lists the members of SoHAttributeValue.
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include <naputil.h>

/* What a type selects of a value: bytes at its begin, and where a list has its count and its pointer, the
 * size of its elements, and how many it may have: 4000 bytes of an attribute at the most. */
struct member
{
    size_t fixed, count, pointer, size; /* pointer is 0 where there is no list */
    size_t least, most;
};

/* A type without a meaning of its own is an octet string. */
const struct member *member_of(unsigned type);

#endif
