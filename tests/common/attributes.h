/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Which members of SoHAttributeValue each attribute type uses.
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include <naputil.h>

/* A value has bytes of a fixed size at its beginning, and may have a list behind them. */
struct member
{
    size_t fixed;          /* number of the fixed bytes */
    size_t count, pointer; /* offsets of the list; pointer is 0 if there is no list */
    size_t size;           /* of an element */
    size_t least, most;    /* elements; an attribute has at most 4000 bytes */
};

/* An unknown type is an octet string. */
const struct member *member_of(unsigned type);

#endif
