/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The requests of tests/peer/requests.inc: bytes, and the values that they stand for.
 */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdbool.h>
#include <naputil.h>

struct request
{
    SoH soh;
    SoHAttribute attributes[24];
    BYTE bytes[256];
};

/* Reads the request with an index; false behind the last. */
bool request_read(struct request *request, size_t index);

/* A number as the network has it. */
UINT32 request_number(const BYTE *bytes, size_t size);

/* The value that an attribute stands for, which is good until the next call. */
SoHAttributeValue request_value(const SoHAttribute *attribute);

#endif
