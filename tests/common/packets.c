/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The samples and packets of packets.h, and the functions that compare them.
 */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>

#include "classes.h"
#include "packets.h"

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
    return &members[type < COUNT_OF(members) ? type : 0];
}

bool is_attribute_allowed(const SoHAttribute *attribute)
{
    const struct member *member = member_of(attribute->type);
    size_t size = attribute->size, count;

    if (size < member->fixed || (size && !attribute->value))
        return false;
    size -= member->fixed;
    if (!member->pointer)
        return size == 0;
    count = size / member->size;
    return size % member->size == 0 && count >= member->least && count <= member->most;
}

static HRESULT compliant[] = {S_OK};
static HRESULT failing[] = {(HRESULT)0x80270050, (HRESULT)0x00000001};
static HRESULT unbound[] = {(HRESULT)0x80270007};
static Ipv4Address v4_servers[] = {{{192, 168, 0, 1}}, {{10, 0, 0, 2}}};
static Ipv6Address v6_servers[] = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 1}}};
static BYTE octets[] = {0x00, 0xff, 0x10};

/* Correlation ids of Windows Vista have such a time. In the wrong byte order it is not a date. */
#define SAMPLE_TIME                                                                                \
    {                                                                                              \
        0x58ee1ef0, 0x01ca78d8                                                                     \
    }
#define SAMPLE_TIME_BYTES "\x01\xca\x78\xd8\x58\xee\x1e\xf0"

#define SAMPLE(type, bytes, ...)                                                                   \
    {                                                                                              \
        (SoHAttributeType)(type), {__VA_ARGS__}, bytes, sizeof(bytes) - 1                          \
    }

const struct sample samples[] = {
    SAMPLE(sohAttributeTypeIpv4FixupServers, "\xc0\xa8\x00\x01\x0a\x00\x00\x02",
           .v4AddressesVal = {2, v4_servers}),
    SAMPLE(sohAttributeTypeComplianceResultCodes, "\0\0\0\0", .codesVal = {1, compliant}),
    SAMPLE(sohAttributeTypeComplianceResultCodes, "\x80\x27\x00\x50\x00\x00\x00\x01",
           .codesVal = {2, failing}),
    SAMPLE(sohAttributeTypeComplianceResultCodes, "", .codesVal = {0, NULL}),
    SAMPLE(sohAttributeTypeTimeOfLastUpdate, SAMPLE_TIME_BYTES, .dateTimeVal = SAMPLE_TIME),
    SAMPLE(sohAttributeTypeClientId, "\x00\xff\x10", .octetStringVal = {3, octets}),
    SAMPLE(sohAttributeTypeVendorSpecific, "\x00\x01\x37\xf0\x00\xff\x10",
           .vendorSpecificVal = {HEALTH_ID, 3, octets}),
    SAMPLE(sohAttributeTypeVendorSpecific, "\x00\x01\x37\xf0",
           .vendorSpecificVal = {HEALTH_ID, 0, NULL}),
    SAMPLE(sohAttributeTypeHealthClass, "\x03", .uint8Val = healthClassCriticalUpdate),
    SAMPLE(sohAttributeTypeSoftwareVersion, "\x00\xff", .octetStringVal = {2, octets}),
    SAMPLE(sohAttributeTypeProductName, "", .octetStringVal = {0, NULL}),
    SAMPLE(sohAttributeTypeHealthClassStatus, "\x00", .octetStringVal = {1, octets}),
    SAMPLE(sohAttributeTypeSoHGenerationTime, SAMPLE_TIME_BYTES, .dateTimeVal = SAMPLE_TIME),
    SAMPLE(sohAttributeTypeErrorCodes, "\x80\x27\x00\x07", .codesVal = {1, unbound}),
    SAMPLE(sohAttributeTypeFailureCategory, "\x02", .uint8Val = failureCategoryClientComponent),
    SAMPLE(sohAttributeTypeIpv6FixupServers, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01",
           .v6AddressesVal = {1, v6_servers}),
    SAMPLE(sohAttributeTypeExtendedIsolationState, "\x02",
           .uint8Val = extendedIsolationStateInfected),
    /* an attribute of an unknown type is an octet string */
    SAMPLE(0, "\x00", .octetStringVal = {1, octets}),
    SAMPLE(1, "\x00\xff\x10", .octetStringVal = {3, octets}),
    SAMPLE(17, "", .octetStringVal = {0, NULL}),
    SAMPLE(0x3fff, "\x00\xff\x10", .octetStringVal = {3, octets}),
    /* bits 14 and 15 of the 16 are not part of a type on the network */
    SAMPLE(0x4000, "\x00\xff\x10", .octetStringVal = {3, octets}),
    SAMPLE(0x4007, "\x00\xff\x10", .octetStringVal = {3, octets}),
    SAMPLE(0x8002, "\x00\xff\x10", .octetStringVal = {3, octets}),
    SAMPLE(0x8007, "\x00\xff\x10", .octetStringVal = {3, octets}),
    SAMPLE(0xffff, "\x00\xff\x10", .octetStringVal = {3, octets}),
};
const UINT16 sample_count = COUNT_OF(samples);

const UINT16 each_type[TYPES] = {0,  1,  2,  3,  4,  5,  6,      7,      8,      9,      10,    11,
                                 12, 13, 14, 15, 16, 17, 0x4000, 0x4007, 0x8002, 0x8007, 0xffff};

/* As which message a packet is valid. */
enum validity
{
    INVALID, /* neither a request nor a response */
    REQUEST,
    ANY /* both */
};

/* Attributes in network byte order: type, size and value. The value - is NULL; the value + is a
 * block of one byte, whatever the size is. */
#define ID       "0002 0004 000137F0 "
#define CODES    "0004 0000 "
#define ERRORS   "000D 0000 "
#define CATEGORY "000E 0001 02 "
#define IPV4     "0003 0004 7F000001 "
#define IPV6     "000F 0010 20010DB8000000000000000000000001 "
#define OTHERS                                                                                     \
    "0001 0000 0005 0008 01CA78D858EE1EF0 0006 0000 0007 0004 000137F0 0008 0001 00 0009 0000 "    \
    "000A 0000 000B 0000 000C 0008 01CA78D858EE1EF0 0010 0001 02 0011 0000 "
#define WIDE   "4000 0000 4007 0001 01 8002 0004 000137F0 8007 0003 010203 800E 0001 02 FFFF 0000 "
#define VENDOR "0007 0008 00013780 "
#define PRODUCT                                                                                    \
    "000A 0024 4D00 4900 4300 5200 4F00 5300 4F00 4600 5400 2000 5000 5200 4F00 4400 5500 4300 "   \
    "5400 0000 "

static const struct packet
{
    const char *hex;
    enum validity validity;
} packets[] = {
#include "requests.inc"
    /* a request of the health agent of Windows 7, and the response of the validator */
    {"0002 0004 00013780 " VENDOR "03000000 " VENDOR "01000600 0008 0001 00 " PRODUCT
     "000B 0004 00000007 0008 0001 01 000B 0004 C0FF0002 0008 0001 02 " PRODUCT
     "000B 0004 00000007 0008 0001 03 000B 0004 00000004 0008 0001 04 000B 0004 00FF0005 " VENDOR
     "31A82000 0007 0005 00013780 00 " VENDOR "00000000",
     REQUEST},
    {"0002 0004 00013780 0008 0001 00 0004 0004 C0FF0001 000E 0001 02 "
     "0008 0001 01 0004 0008 C0FF0047C0FF0048 000E 0001 02 0008 0001 02 0004 0004 00000000 "
     "0008 0001 03 0004 0004 C0FF0001 0008 0001 04 0004 0008 C0FF000700000000",
     ANY},
    {ID "0004 0004 00000000", ANY},
    {ID "0004 0004 80270050", ANY},
    /* packets of the NAP agent itself: no client is bound, one fails, the cache is empty */
    {ID CATEGORY "000D 0004 80270007", ANY},
    {ID CATEGORY "000D 0004 80004005", ANY},
    {ID "000E 0001 03 000D 0004 80270004", ANY},
    /* the id is the first attribute, and there is only one */
    {"", INVALID},
    {CODES, INVALID},
    {CODES ID, INVALID},
    {ID ID CODES, INVALID},
    {ID CODES ID, INVALID},
    /* a response has at least one result */
    {ID, REQUEST},
    {ID CODES, ANY},
    {ID ERRORS, ANY},
    {ID CATEGORY, ANY},
    {ID IPV4 OTHERS IPV6 WIDE, REQUEST},
    {ID IPV4 OTHERS IPV6 WIDE CATEGORY, ANY},
    /* a response has at most one list of servers of each kind */
    {ID CODES IPV4 IPV6, ANY},
    {ID CODES IPV4 IPV4, REQUEST},
    {ID IPV4 IPV4 CODES OTHERS, REQUEST},
    {ID CODES IPV6 IPV6, REQUEST},
    {ID IPV4 IPV6 CODES OTHERS IPV4, REQUEST},
    {ID IPV6 IPV4 CODES IPV6, REQUEST},
    /* the reference has rules against these, which packets of Microsoft break */
    {ID CODES CATEGORY, ANY},
    {ID CODES ERRORS CATEGORY CODES ERRORS CATEGORY, ANY},
    {ID CATEGORY "0004 0004 00000000 0004 0000", ANY},
    {ID OTHERS CATEGORY OTHERS, ANY},
    {ID WIDE CATEGORY WIDE, ANY},
    /* bits 14 and 15 count, too, when types are compared */
    {"8002 0004 000137F0 " CATEGORY, INVALID},
    {ID "800E 0001 02", REQUEST},
    /* sizes */
    {"0002 0003 000137 " CODES, INVALID},
    {ID "0004 0003 000000", INVALID},
    {ID "0004 0004 -", INVALID},
    {ID "0004 0FA4 +", INVALID},
    {ID CATEGORY "0006 0FA1 +", INVALID},
};

static SoHAttribute id_and_result[] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02")};
/* The rest of them are empty, and have type 0. */
static SoHAttribute hundred[100] = {ATTRIBUTE(2, "\0\0\0\0"), ATTRIBUTE(14, "\x02")};

/* The number of attributes and the pointer to the array decide. */
static const struct
{
    SoH soh;
    HRESULT expected;
} arrays[] = {
    {{0, NULL}, NAP_E_INVALID_PACKET},
    {{2, NULL}, NAP_E_INVALID_PACKET},
    {{0, id_and_result}, NAP_E_INVALID_PACKET},
    {PACKET(hundred), S_OK},
    {{101, id_and_result}, NAP_E_INVALID_PACKET},
    {{65535, id_and_result}, NAP_E_INVALID_PACKET},
};

INapSoHConstructor *new_initialized_constructor(SystemHealthEntityId id)
{
    INapSoHConstructor *constructor = new_constructor();

    assert_int_equal(INapSoHConstructor_Initialize(constructor, id, TRUE), S_OK);
    return constructor;
}

void *task_block(size_t size)
{
    void *block = CoTaskMemAlloc(size);

    assert_non_null(block);
    return block;
}

/* Reads a number of hexadecimal digits, and skips the blanks between and behind them. */
static unsigned read_number(const char **hex, int digits)
{
    char text[5] = {0};
    int i = 0;

    for (; i < digits; (*hex)++)
    {
        assert_int_not_equal(**hex, 0);
        if (**hex != ' ')
            text[i++] = **hex;
    }
    while (**hex == ' ')
        (*hex)++;
    return (unsigned)strtoul(text, NULL, 16);
}

static SoHAttribute read_attribute(const char **hex)
{
    const UINT16 type = (UINT16)read_number(hex, 4), size = (UINT16)read_number(hex, 4);
    SoHAttribute attribute = {type, size, NULL};
    UINT16 i;

    if (**hex == '-' || size == 0)
    {
        *hex += **hex == '-';
        return attribute;
    }
    if (**hex == '+')
    {
        ++*hex;
        attribute.value = task_block(1);
        return attribute;
    }
    attribute.value = task_block(size);
    for (i = 0; i < size; i++)
        attribute.value[i] = (BYTE)read_number(hex, 2);
    return attribute;
}

SoH *new_soh(const SoHAttribute *attributes, UINT16 count)
{
    SoH *soh = task_block(sizeof(*soh));

    soh->count = count;
    soh->attributes = task_block(count * sizeof(*attributes));
    memcpy(soh->attributes, attributes, count * sizeof(*attributes));
    return soh;
}

SoH *new_packet(const char *hex)
{
    SoHAttribute attributes[48] = {{.type = 0}};
    UINT16 count = 0;

    while (*hex)
    {
        assert_in_range(count, 0, COUNT_OF(attributes) - 1);
        attributes[count++] = read_attribute(&hex);
    }
    return new_soh(attributes, count);
}

SoH *new_sample_packet(void)
{
    SoHAttribute attributes[1 + COUNT_OF(samples)];
    const char *id = ID;
    UINT16 i;

    attributes[0] = read_attribute(&id);
    for (i = 0; i < sample_count; i++)
    {
        const struct sample *sample = &samples[i];

        attributes[1 + i] = (SoHAttribute){(UINT16)sample->type, sample->size, NULL};
        if (sample->size)
            attributes[1 + i].value = memcpy(task_block(sample->size), sample->bytes, sample->size);
    }
    return new_soh(attributes, COUNT_OF(attributes));
}

void spoil_packet(SoH *soh)
{
    UINT16 i;

    for (i = 0; i < soh->count; i++)
    {
        if (soh->attributes[i].size)
            memset(soh->attributes[i].value, 0xee, soh->attributes[i].size);
        soh->attributes[i].type = soh->attributes[i].size = 0xeeee;
    }
}

void for_each_packet(packet_check *check)
{
    size_t i;

    for (i = 0; i < COUNT_OF(packets); i++)
    {
        const enum validity validity = packets[i].validity;
        SoH *soh = new_packet(packets[i].hex);

        check(soh, TRUE, validity == INVALID ? NAP_E_INVALID_PACKET : S_OK, packets[i].hex);
        check(soh, FALSE, validity == ANY ? S_OK : NAP_E_INVALID_PACKET, packets[i].hex);
        FreeSoH(soh);
    }
    for (i = 0; i < COUNT_OF(arrays); i++)
    {
        check(&arrays[i].soh, TRUE, arrays[i].expected, "number and array");
        check(&arrays[i].soh, FALSE, arrays[i].expected, "number and array");
    }
}

static void assert_bytes_equal(const void *bytes, const void *expected, size_t size)
{
    if (size)
        assert_memory_equal(bytes, expected, size);
    else
        assert_null(bytes);
}

const void *embedded_pointer(SoHAttributeType type, const SoHAttributeValue *value)
{
    const struct member *member = member_of((unsigned)type);
    const void *pointer = NULL;

    if (member->pointer)
        memcpy(&pointer, (const BYTE *)value + member->pointer, sizeof(pointer));
    return pointer;
}

size_t embedded_size(SoHAttributeType type, const SoHAttributeValue *value)
{
    const struct member *member = member_of((unsigned)type);
    UINT16 count = 0;

    if (member->pointer)
        memcpy(&count, (const BYTE *)value + member->count, sizeof(count));
    return count * member->size;
}

void assert_values_equal(SoHAttributeType type, const SoHAttributeValue *value,
                         const SoHAttributeValue *expected)
{
    const struct member *member = member_of((unsigned)type);

    if (member->fixed)
        assert_memory_equal(value, expected, member->fixed);
    assert_int_equal(embedded_size(type, value), embedded_size(type, expected));
    assert_bytes_equal(embedded_pointer(type, value), embedded_pointer(type, expected),
                       embedded_size(type, expected));
}

void assert_attribute(const SoHAttribute *attribute, UINT32 type, const void *bytes, UINT16 size)
{
    assert_int_equal(attribute->type, type);
    assert_int_equal(attribute->size, size);
    assert_bytes_equal(attribute->value, bytes, size);
}

void assert_packets_equal(const SoH *actual, const SoH *expected)
{
    UINT16 i;

    assert_int_equal(actual->count, expected->count);
    for (i = 0; i < expected->count; i++)
        assert_attribute(&actual->attributes[i], expected->attributes[i].type,
                         expected->attributes[i].value, expected->attributes[i].size);
}

void assert_processor_has(INapSoHProcessor *processor, SystemHealthEntityId id, BOOL is_request,
                          const SoH *packet)
{
    INapSoHConstructor *constructor = new_constructor();
    UINT16 i, count, found;
    SoH *rebuilt;

    assert_int_equal(INapSoHConstructor_Initialize(constructor, id, is_request), S_OK);
    assert_int_equal(INapSoHProcessor_GetNumberOfAttributes(processor, &count), S_OK);
    assert_int_equal(count, packet->count);
    for (i = 0; i < count; i++)
    {
        SoHAttributeType type;
        SoHAttributeValue *value;

        assert_int_equal(INapSoHProcessor_GetAttribute(processor, i, &type, &value), S_OK);
        assert_int_equal(type, packet->attributes[i].type);
        assert_int_equal(INapSoHProcessor_FindNextAttribute(processor, i, type, &found), S_OK);
        assert_int_equal(found, i);
        if (i == 0)
            assert_int_equal(value->idVal, id);
        else
            assert_int_equal(INapSoHConstructor_AppendAttribute(constructor, type, value), S_OK);
        FreeSoHAttributeValue(type, value);
    }
    assert_int_equal(INapSoHProcessor_FindNextAttribute(processor, count, 2, &found),
                     HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
    assert_int_equal(INapSoHConstructor_GetSoH(constructor, &rebuilt), S_OK);
    assert_packets_equal(rebuilt, packet);
    FreeSoH(rebuilt);
    INapSoHConstructor_Release(constructor);
}
