/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The table of attributes.h.
 */
#include <stddef.h>

#include <windows.h>

#include "attributes.h"

#define LIST(fixed, count, elements, size, least, most)                                            \
    {                                                                                              \
        fixed, offsetof(SoHAttributeValue, count), offsetof(SoHAttributeValue, elements), size,    \
            least, most                                                                            \
    }

#define OCTET_LIST LIST(0, octetStringVal.size, octetStringVal.data, 1, 0, 4000)
#define CODE_LIST  LIST(0, codesVal.count, codesVal.results, 4, 0, 1000)

static const struct member members[] = {
    OCTET_LIST,
    OCTET_LIST,
    [sohAttributeTypeSystemHealthId] = {.fixed = 4},
    [sohAttributeTypeIpv4FixupServers] =
        LIST(0, v4AddressesVal.count, v4AddressesVal.addresses, 4, 1, 1000),
    [sohAttributeTypeComplianceResultCodes] = CODE_LIST,
    [sohAttributeTypeTimeOfLastUpdate] = {.fixed = 8},
    [sohAttributeTypeClientId] = OCTET_LIST,
    [sohAttributeTypeVendorSpecific] =
        LIST(4, vendorSpecificVal.size, vendorSpecificVal.vendorSpecificData, 1, 0, 3996),
    [sohAttributeTypeHealthClass] = {.fixed = 1},
    [sohAttributeTypeSoftwareVersion] = OCTET_LIST,
    [sohAttributeTypeProductName] = OCTET_LIST,
    [sohAttributeTypeHealthClassStatus] = OCTET_LIST,
    [sohAttributeTypeSoHGenerationTime] = {.fixed = 8},
    [sohAttributeTypeErrorCodes] = CODE_LIST,
    [sohAttributeTypeFailureCategory] = {.fixed = 1},
    [sohAttributeTypeIpv6FixupServers] =
        LIST(0, v6AddressesVal.count, v6AddressesVal.addresses, 16, 1, 250),
    [sohAttributeTypeExtendedIsolationState] = {.fixed = 1},
};

const struct member *member_of(unsigned type)
{
    return &members[type < ARRAYSIZE(members) ? type : 0];
}
