/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Reads requests as text and as bytes, on its own: nothing here is shared with the DLL.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <windows.h>

#include "packets.h"
#include "requests.h"

/* The lines that begin with a blank are the bytes of the request whose name is in front of them. */
static const char *const lines[] = {
#include "../peer/requests.inc"
};

static size_t read_line(BYTE *bytes, size_t size, const char *line)
{
    char digits[] = "00";
    size_t i;

    for (i = 0; *(line += strspn(line, " ")); i++)
    {
        assert_true(i < size);
        digits[0] = *line++;
        digits[1] = *line++;
        bytes[i] = (BYTE)strtoul(digits, NULL, 16);
    }
    return i;
}

UINT32 request_number(const BYTE *bytes, size_t size)
{
    UINT32 number = 0;

    while (size--)
        number = number << 8 | *bytes++;
    return number;
}

static size_t find_line(size_t index)
{
    size_t i;

    for (i = 0; i < COUNT_OF(lines); i++)
    {
        if (*lines[i] != ' ' && index-- == 0)
            break;
    }
    return i;
}

bool request_read(struct request *request, size_t index)
{
    size_t i = find_line(index), size = 0, at = 0;

    if (i == COUNT_OF(lines))
        return false;
    while (++i < COUNT_OF(lines) && *lines[i] == ' ')
        size += read_line(request->bytes + size, sizeof(request->bytes) - size, lines[i]);
    request->soh.count = 0;
    request->soh.attributes = request->attributes;
    while (at < size)
    {
        SoHAttribute *attribute = &request->attributes[request->soh.count++];

        assert_true(request->soh.count <= COUNT_OF(request->attributes));
        attribute->type = (UINT16)request_number(request->bytes + at, 2);
        attribute->size = (UINT16)request_number(request->bytes + at + 2, 2);
        attribute->value = attribute->size ? request->bytes + at + 4 : NULL;
        at += 4u + attribute->size;
    }
    assert_int_equal(at, size);
    return true;
}

static ResultCodes read_codes(const SoHAttribute *attribute)
{
    static HRESULT results[4];
    ResultCodes codes = {(UINT16)(attribute->size / 4), results};
    size_t i;

    assert_true(codes.count <= COUNT_OF(results));
    for (i = 0; i < codes.count; i++)
        results[i] = (HRESULT)request_number(attribute->value + 4 * i, 4);
    return codes;
}

SoHAttributeValue request_value(const SoHAttribute *attribute)
{
    BYTE *bytes = attribute->value;
    SoHAttributeValue value = {.octetStringVal = {attribute->size, bytes}};

    switch (attribute->type)
    {
    case sohAttributeTypeIpv4FixupServers:
        value.v4AddressesVal.count = attribute->size / 4;
        value.v4AddressesVal.addresses = (Ipv4Address *)bytes;
        break;
    case sohAttributeTypeIpv6FixupServers:
        value.v6AddressesVal.count = attribute->size / 16;
        value.v6AddressesVal.addresses = (Ipv6Address *)bytes;
        break;
    case sohAttributeTypeComplianceResultCodes:
    case sohAttributeTypeErrorCodes:
        value.codesVal = read_codes(attribute);
        break;
    case sohAttributeTypeTimeOfLastUpdate:
    case sohAttributeTypeSoHGenerationTime:
        value.dateTimeVal.dwHighDateTime = request_number(bytes, 4);
        value.dateTimeVal.dwLowDateTime = request_number(bytes + 4, 4);
        break;
    case sohAttributeTypeVendorSpecific:
        value.vendorSpecificVal.vendorId = request_number(bytes, 4);
        value.vendorSpecificVal.size = (UINT16)(attribute->size - 4);
        value.vendorSpecificVal.vendorSpecificData = bytes + 4;
        break;
    case sohAttributeTypeHealthClass:
    case sohAttributeTypeFailureCategory:
    case sohAttributeTypeExtendedIsolationState:
        value.uint8Val = *bytes;
        break;
    default:
        break;
    }
    return value;
}
