/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The attributes behind packets.h, and what compares them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <windows.h>

#include "packets.h"

static HRESULT compliant[] = {S_OK};
static HRESULT failing[] = {(HRESULT)0x80270050, (HRESULT)0x00000001};
static HRESULT unbound[] = {(HRESULT)0x80270007};
static Ipv4Address v4_servers[] = {{{192, 168, 0, 1}}, {{10, 0, 0, 2}}};
static Ipv6Address v6_servers[] = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 1}}};
static BYTE octets[] = {0x00, 0xff, 0x10};

/* Vista's correlation ids hold such a time; read the other way round it is no date (inferred). */
#define SAMPLE_TIME                                                                                \
    {                                                                                              \
        0x58ee1ef0, 0x01ca78d8                                                                     \
    }
#define SAMPLE_TIME_BYTES "\x01\xca\x78\xd8\x58\xee\x1e\xf0"

const struct sample samples[] = {
    {sohAttributeTypeIpv4FixupServers,
     {.v4AddressesVal = {2, v4_servers}},
     "\xc0\xa8\x00\x01\x0a\x00\x00\x02",
     8,
     8},
    {sohAttributeTypeComplianceResultCodes, {.codesVal = {1, compliant}}, "\0\0\0\0", 4, 4},
    {sohAttributeTypeComplianceResultCodes,
     {.codesVal = {2, failing}},
     "\x80\x27\x00\x50\x00\x00\x00\x01",
     8,
     8},
    {sohAttributeTypeComplianceResultCodes, {.codesVal = {0, NULL}}, "", 0, 0},
    {sohAttributeTypeTimeOfLastUpdate, {.dateTimeVal = SAMPLE_TIME}, SAMPLE_TIME_BYTES, 8, 0},
    {sohAttributeTypeClientId, {.octetStringVal = {3, octets}}, "\x00\xff\x10", 3, 3},
    {sohAttributeTypeVendorSpecific,
     {.vendorSpecificVal = {HEALTH_ID, 3, octets}},
     "\x00\x01\x37\xf0\x00\xff\x10",
     7,
     3},
    {sohAttributeTypeVendorSpecific,
     {.vendorSpecificVal = {HEALTH_ID, 0, NULL}},
     "\x00\x01\x37\xf0",
     4,
     0},
    {sohAttributeTypeHealthClass, {.uint8Val = healthClassCriticalUpdate}, "\x03", 1, 0},
    {sohAttributeTypeSoftwareVersion, {.octetStringVal = {2, octets}}, "\x00\xff", 2, 2},
    {sohAttributeTypeProductName, {.octetStringVal = {0, NULL}}, "", 0, 0},
    {sohAttributeTypeHealthClassStatus, {.octetStringVal = {1, octets}}, "\x00", 1, 1},
    {sohAttributeTypeSoHGenerationTime, {.dateTimeVal = SAMPLE_TIME}, SAMPLE_TIME_BYTES, 8, 0},
    {sohAttributeTypeErrorCodes, {.codesVal = {1, unbound}}, "\x80\x27\x00\x07", 4, 4},
    {sohAttributeTypeFailureCategory, {.uint8Val = failureCategoryClientComponent}, "\x02", 1, 0},
    {sohAttributeTypeIpv6FixupServers,
     {.v6AddressesVal = {1, v6_servers}},
     "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01",
     16,
     16},
    {sohAttributeTypeExtendedIsolationState,
     {.uint8Val = extendedIsolationStateInfected},
     "\x02",
     1,
     0},
    /* documented: an attribute of a type that nobody recognises is an octet string */
    {(SoHAttributeType)1, {.octetStringVal = {3, octets}}, "\x00\xff\x10", 3, 3},
    {(SoHAttributeType)17, {.octetStringVal = {0, NULL}}, "", 0, 0},
    {(SoHAttributeType)0xffff, {.octetStringVal = {1, octets}}, "\x00", 1, 1},
};
const UINT16 sample_count = COUNT_OF(samples);

static void assert_bytes_equal(const void *bytes, const void *expected, size_t size)
{
    if (size)
        assert_memory_equal(bytes, expected, size);
    else
        assert_null(bytes);
}

void assert_values_equal(SoHAttributeType type, const SoHAttributeValue *value,
                         const SoHAttributeValue *expected)
{
    size_t size = 0;

    switch (type)
    {
    case sohAttributeTypeSystemHealthId:
        assert_int_equal(value->idVal, expected->idVal);
        return;
    case sohAttributeTypeTimeOfLastUpdate:
    case sohAttributeTypeSoHGenerationTime:
        assert_int_equal(value->dateTimeVal.dwLowDateTime, expected->dateTimeVal.dwLowDateTime);
        assert_int_equal(value->dateTimeVal.dwHighDateTime, expected->dateTimeVal.dwHighDateTime);
        return;
    case sohAttributeTypeHealthClass:
    case sohAttributeTypeFailureCategory:
    case sohAttributeTypeExtendedIsolationState:
        assert_int_equal(value->uint8Val, expected->uint8Val);
        return;
    case sohAttributeTypeIpv4FixupServers:
        assert_int_equal(value->v4AddressesVal.count, expected->v4AddressesVal.count);
        size = expected->v4AddressesVal.count * sizeof(Ipv4Address);
        break;
    case sohAttributeTypeIpv6FixupServers:
        assert_int_equal(value->v6AddressesVal.count, expected->v6AddressesVal.count);
        size = expected->v6AddressesVal.count * sizeof(Ipv6Address);
        break;
    case sohAttributeTypeComplianceResultCodes:
    case sohAttributeTypeErrorCodes:
        assert_int_equal(value->codesVal.count, expected->codesVal.count);
        size = expected->codesVal.count * sizeof(HRESULT);
        break;
    case sohAttributeTypeVendorSpecific:
        assert_int_equal(value->vendorSpecificVal.vendorId, expected->vendorSpecificVal.vendorId);
        assert_int_equal(value->vendorSpecificVal.size, expected->vendorSpecificVal.size);
        size = expected->vendorSpecificVal.size;
        break;
    default:
        assert_int_equal(value->octetStringVal.size, expected->octetStringVal.size);
        size = expected->octetStringVal.size;
        break;
    }
    assert_bytes_equal(embedded_pointer(type, value), embedded_pointer(type, expected), size);
}

const void *embedded_pointer(SoHAttributeType type, const SoHAttributeValue *value)
{
    switch (type)
    {
    case sohAttributeTypeSystemHealthId:
    case sohAttributeTypeTimeOfLastUpdate:
    case sohAttributeTypeSoHGenerationTime:
    case sohAttributeTypeHealthClass:
    case sohAttributeTypeFailureCategory:
    case sohAttributeTypeExtendedIsolationState:
        return NULL;
    case sohAttributeTypeIpv4FixupServers:
        return value->v4AddressesVal.addresses;
    case sohAttributeTypeIpv6FixupServers:
        return value->v6AddressesVal.addresses;
    case sohAttributeTypeComplianceResultCodes:
    case sohAttributeTypeErrorCodes:
        return value->codesVal.results;
    case sohAttributeTypeVendorSpecific:
        return value->vendorSpecificVal.vendorSpecificData;
    default:
        return value->octetStringVal.data;
    }
}

void assert_attribute(const SoHAttribute *attribute, UINT32 type, const void *bytes, UINT16 size)
{
    assert_int_equal(attribute->type, type);
    assert_int_equal(attribute->size, size);
    assert_bytes_equal(attribute->value, bytes, size);
}

void assert_packets_equal(const SoH *soh, const SoH *expected)
{
    UINT16 i;

    assert_int_equal(soh->count, expected->count);
    for (i = 0; i < expected->count; i++)
        assert_attribute(&soh->attributes[i], expected->attributes[i].type,
                         expected->attributes[i].value, expected->attributes[i].size);
}
