/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about Statements of Health: which bytes stand for which values, and which packets are valid.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "classes.h"
#include "describe.h"
#include "describe_objects.h"
#include "packets.h"

static const char *sample_name(UINT16 i)
{
    return text_of("type-%02u.size-%02u", (unsigned)samples[i].type, samples[i].size);
}

static void tell_bytes(const char *key, unsigned argument)
{
    UINT16 i;

    (void)argument;
    for (i = 0; i < sample_count; i++)
    {
        INapSoHConstructor *constructor = constructor_in_state(true);
        HRESULT hr = append(constructor, (int)samples[i].type, &samples[i].value);
        SoH *soh;

        if (FAILED(hr) || FAILED(hr = INapSoHConstructor_GetSoH(constructor, &soh)))
            fact(key, sample_name(i), "%s", code_of(hr));
        else
            fact(key, sample_name(i), "%u attributes, %04x %04x %s", soh->count,
                 soh->attributes[soh->count - 1].type, soh->attributes[soh->count - 1].size,
                 hex_of(soh->attributes[soh->count - 1].value,
                        soh->attributes[soh->count - 1].size));
    }
}

/* Types, and counts of values, that may or may not be taken. */
static void tell_types(const char *key, unsigned argument)
{
    static const int types[] = {0,      1,      17,      0x3fff,  0x4000,  0x4007, 0x8002,
                                0x8007, 0xffff, 0x10000, 0x10002, 0x10007, -1};
    static BYTE data[8];
    const SoHAttributeValue value = {.octetStringVal = {sizeof(data), data}};
    INapSoHConstructor *constructor = constructor_in_state(true);
    size_t i;

    (void)argument;
    for (i = 0; i < COUNT_OF(types); i++)
        fact(key, text_of("%x", (unsigned)types[i]), "%s",
             code_of(append(constructor, types[i], &value)));
}

static void tell_limits(const char *key, unsigned argument)
{
    static const struct
    {
        int type;
        UINT16 counts[4];
    } limits[] = {
        {sohAttributeTypeIpv4FixupServers, {0, 1000, 1001, 65535}},
        {sohAttributeTypeComplianceResultCodes, {0, 1000, 1001, 65535}},
        {sohAttributeTypeErrorCodes, {0, 1000, 1001, 65535}},
        {sohAttributeTypeProductName, {0, 4000, 4001, 65535}},
        {sohAttributeTypeIpv6FixupServers, {0, 250, 251, 65535}},
        {100, {0, 4000, 4001, 65535}},
    };
    static BYTE data[65535 * sizeof(Ipv6Address)];
    INapSoHConstructor *constructor = constructor_in_state(true);
    size_t i, j;

    (void)argument;
    for (i = 0; i < COUNT_OF(limits); i++)
    {
        for (j = 0; j < COUNT_OF(limits[i].counts); j++)
        {
            /* All of these have a count, and then a pointer. */
            const SoHAttributeValue value = {.octetStringVal = {limits[i].counts[j], data}};

            fact(key, text_of("type-%02d.%u", limits[i].type, limits[i].counts[j]), "%s",
                 code_of(append(constructor, limits[i].type, &value)));
        }
    }
}

static void tell_most(const char *key, unsigned argument)
{
    static const SoHAttributeValue byte = {.uint8Val = 1};
    INapSoHConstructor *constructor = constructor_in_state(true);
    unsigned taken = 1;
    HRESULT hr;

    (void)argument;
    while (SUCCEEDED(hr = append(constructor, sohAttributeTypeHealthClass, &byte)) && taken < 1000)
        taken++;
    fact(key, "attributes", "%u", taken);
    fact(key, "one-more", "%s", code_of(hr));
}

/* Whether a packet is taken, as request and as response, by Validate and by Initialize. */
static void tell_packet_of(const char *key, const char *name, const SoH *soh)
{
    HRESULT validated[2], initialized[2];
    SystemHealthEntityId id;
    int i;

    for (i = 0; i < 2; i++)
    {
        INapSoHConstructor *constructor = new_constructor();
        INapSoHProcessor *processor = new_processor();

        validated[i] = INapSoHConstructor_Validate(constructor, soh, !i);
        initialized[i] = INapSoHProcessor_Initialize(processor, soh, !i, &id);
        INapSoHProcessor_Release(processor);
        INapSoHConstructor_Release(constructor);
    }
    fact(key, name, "Validate %s %s, Initialize %s %s", code_of(validated[0]),
         code_of(validated[1]), code_of(initialized[0]), code_of(initialized[1]));
}

#define ID "0002 0004 000137F0 "

/* Each rule, and what would be a rule by the reference and is none in Microsoft's own packets. */
static const struct
{
    const char *name, *hex;
} named_packets[] = {
    {"documented.request", ID "0007 0006 000137F0 AAAA"},
    {"documented.compliant", ID "0004 0004 00000000"},
    {"documented.category-and-codes", ID "000E 0001 02  000D 0004 80270007"},
    {"documented.results-and-category", ID "0004 0004 00000000  000E 0001 02"},
    {"documented.two-results", ID "0004 0004 00000000  0004 0004 00000000"},
    {"documented.category-alone", ID "000E 0001 02"},
    {"documented.unknown-health-class", ID "0008 0001 FF  0004 0004 00000000"},
    {"documented.repeated",
     ID "0007 0004 00000000  0007 0004 00000000  0008 0001 00  0008 0001 00  "
        "000A 0000  000A 0000  000B 0000  000B 0000  000E 0001 02"},
    {"documented.id-not-first", "0004 0004 00000000 " ID},
    {"documented.no-id", "0004 0004 00000000"},
    {"id-alone", ID},
    {"two-ids", ID ID "0004 0004 00000000"},
    {"error-codes-alone", ID "000D 0004 00000000"},
    {"ipv4-twice", ID "0003 0004 7F000001  0003 0004 7F000001  0004 0004 00000000"},
    {"ipv6-twice", ID "000F 0010 00000000000000000000000000000001 "
                      "000F 0010 00000000000000000000000000000001  0004 0004 00000000"},
    {"ipv4-and-ipv6", ID "0003 0004 7F000001 "
                         "000F 0010 00000000000000000000000000000001  0004 0004 00000000"},
    {"type-8007", ID "8007 0001 00  0004 0004 00000000"},
    {"type-4007", ID "4007 0001 00  0004 0004 00000000"},
    {"type-8002-first", "8002 0004 000137F0  0004 0004 00000000"},
    {"type-8002-second", ID "8002 0004 000137F0  0004 0004 00000000"},
    {"type-0", ID "0000 0001 00  0004 0004 00000000"},
    {"type-FFFF", ID "FFFF 0001 00  0004 0004 00000000"},
};

static void tell_packets(const char *key, unsigned argument)
{
    static SoHAttribute many[102] = {ATTRIBUTE(2, "\0\1\x37\xf0")};
    SoH soh = {0, many};
    size_t i;

    (void)argument;
    classes_open(NULL);
    for (i = 0; i < COUNT_OF(named_packets); i++)
        tell_packet_of(key, named_packets[i].name, new_packet(named_packets[i].hex));
    for (i = 1; i < COUNT_OF(many); i++)
        many[i].type = sohAttributeTypeComplianceResultCodes;
    for (soh.count = 99; soh.count <= 101; soh.count++)
        tell_packet_of(key, text_of("documented.attributes-%u", soh.count), &soh);
}

/* A packet that reads of NULL or of nothing: each in a process of its own. */
static void tell_bad_packet(const char *key, unsigned which)
{
    static SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\1\x37\xf0"), {4, 4, NULL}};
    static const SoH bad[] = {{0, NULL}, {0, attributes}, {2, NULL}, {2, attributes}};

    classes_open(NULL);
    tell_packet_of(key, "", &bad[which]);
}

/* For each type the sizes that are valid, of those that are tried. */
static void tell_sizes(const char *key, unsigned argument)
{
    static const UINT16 sizes[] = {0,  1,  2,  3,  4,  5,    7,    8,    9,    12,   15,
                                   16, 17, 20, 32, 33, 3984, 3996, 3999, 4000, 4001, 4016};
    static BYTE data[4016];
    SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\1\x37\xf0"), {0, 0, data}};
    const SoH soh = PACKET(attributes);
    INapSoHConstructor *constructor;
    char text[256];
    size_t i;

    (void)argument;
    classes_open(NULL);
    constructor = new_constructor();
    for (attributes[1].type = 3; attributes[1].type <= 17; attributes[1].type++)
    {
        *text = 0;
        for (i = 0; i < COUNT_OF(sizes); i++)
        {
            attributes[1].size = sizes[i];
            if (SUCCEEDED(INapSoHConstructor_Validate(constructor, &soh, TRUE)))
                snprintf(text + strlen(text), sizeof(text) - strlen(text), " %u", sizes[i]);
        }
        fact(key, text_of("type-%02u", attributes[1].type), "valid are%s", text);
    }
}

static const char *codes_text(const ResultCodes *codes)
{
    const char *text = text_of("%u:", codes->count);
    UINT16 i;

    for (i = 0; i < codes->count; i++)
        text = text_of("%s %08lx", text, (unsigned long)codes->results[i]);
    return text;
}

static const char *value_text(SoHAttributeType type, const SoHAttributeValue *value)
{
    const void *pointer = embedded_pointer(type, value);
    size_t size = 1;

    switch (type)
    {
    case sohAttributeTypeSystemHealthId:
        return text_of("id %08lx", (unsigned long)value->idVal);
    case sohAttributeTypeTimeOfLastUpdate:
    case sohAttributeTypeSoHGenerationTime:
        return text_of("time %08lx %08lx", (unsigned long)value->dateTimeVal.dwHighDateTime,
                       (unsigned long)value->dateTimeVal.dwLowDateTime);
    case sohAttributeTypeHealthClass:
    case sohAttributeTypeFailureCategory:
    case sohAttributeTypeExtendedIsolationState:
        return text_of("byte %02x", value->uint8Val);
    case sohAttributeTypeComplianceResultCodes:
    case sohAttributeTypeErrorCodes:
        return codes_text(&value->codesVal);
    case sohAttributeTypeVendorSpecific:
        return text_of("vendor %08lx, %u: %s", (unsigned long)value->vendorSpecificVal.vendorId,
                       value->vendorSpecificVal.size,
                       hex_of(pointer, value->vendorSpecificVal.size));
    case sohAttributeTypeIpv4FixupServers:
        size = sizeof(Ipv4Address);
        break;
    case sohAttributeTypeIpv6FixupServers:
        size = sizeof(Ipv6Address);
        break;
    default:
        break;
    }
    return text_of("%u: %s", value->octetStringVal.size,
                   pointer ? hex_of(pointer, value->octetStringVal.size * size) : "NULL");
}

static void tell_value(INapSoHProcessor *processor, UINT16 location, const char *key,
                       const char *name)
{
    SoHAttributeValue *value;
    SoHAttributeType type;
    HRESULT hr = INapSoHProcessor_GetAttribute(processor, location, &type, &value);

    fact(key, name, "%s",
         FAILED(hr) ? code_of(hr)
                    : text_of("type %u, %s", (unsigned)type, value_text(type, value)));
}

/* Sizes that the type does not have: whether they are taken, and for what. */
static void tell_forbidden(const char *key, unsigned argument)
{
    static const UINT16 rows[][2] = {{3, 0},  {3, 3},  {3, 5},  {4, 3},  {4, 5},   {5, 7},
                                     {5, 9},  {7, 3},  {8, 0},  {8, 2},  {12, 7},  {13, 3},
                                     {14, 0}, {14, 2}, {15, 0}, {15, 4}, {15, 17}, {16, 2}};
    static BYTE data[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
    SoHAttribute attributes[] = {ATTRIBUTE(2, "\0\1\x37\xf0"), {0, 0, data}};
    const SoH soh = PACKET(attributes);
    SystemHealthEntityId id;
    size_t i;

    (void)argument;
    for (i = 0; i < COUNT_OF(rows); i++)
    {
        INapSoHProcessor *processor = processor_in_state(false);
        HRESULT hr;
        char name[32];

        snprintf(name, sizeof(name), "type-%02u.size-%02u", rows[i][0], rows[i][1]);
        attributes[1].type = rows[i][0];
        attributes[1].size = rows[i][1];
        hr = INapSoHProcessor_Initialize(processor, &soh, TRUE, &id);
        if (FAILED(hr))
            fact(key, name, "%s", code_of(hr));
        else
            tell_value(processor, 1, key, name);
    }
}

/* The values that the samples' bytes give. */
static void tell_values(const char *key, unsigned argument)
{
    SoHAttribute attributes[32] = {ATTRIBUTE(2, "\0\1\x37\xf0")};
    const SoH soh = {(UINT16)(1 + sample_count), attributes};
    INapSoHProcessor *processor = processor_in_state(false);
    SystemHealthEntityId id;
    UINT16 i;

    (void)argument;
    for (i = 0; i < sample_count; i++)
        attributes[1 + i] = (SoHAttribute){(UINT16)samples[i].type, samples[i].size,
                                           samples[i].size ? (BYTE *)samples[i].bytes : NULL};
    fact(key, "initialize", "%s", code_of(INapSoHProcessor_Initialize(processor, &soh, TRUE, &id)));
    fact(key, "id", "%08lx", (unsigned long)id);
    for (i = 0; i < sample_count; i++)
        tell_value(processor, (UINT16)(1 + i), key, sample_name(i));
}

static void tell_find(const char *key, unsigned argument)
{
    static const struct
    {
        const char *name;
        UINT16 from;
        int type;
    } rows[] = {
        {"found-at-once", 1, 8},   {"found-next", 2, 8},      {"found-first", 0, 2},
        {"absent", 0, 13},         {"behind-the-last", 4, 8}, {"further", 5, 8},
        {"furthest", 65535, 8},    {"type-0", 0, 0},          {"type-10008", 0, 0x10008},
        {"type-minus-one", 0, -1},
    };
    INapSoHProcessor *processor = processor_in_state(true);
    size_t i;

    (void)argument;
    for (i = 0; i < COUNT_OF(rows); i++)
    {
        UINT16 location = WORD_SENTINEL;
        HRESULT hr = INapSoHProcessor_FindNextAttribute(processor, rows[i].from,
                                                        (SoHAttributeType)rows[i].type, &location);

        fact(key, rows[i].name, "%s, location %x", code_of(hr), location);
    }
}

static const struct part parts[] = {
    {"constructor.bytes", tell_bytes, 0, NEEDS},
    {"constructor.type", tell_types, 0, NEEDS},
    {"constructor.limit", tell_limits, 0, NEEDS},
    {"constructor.most", tell_most, 0, NEEDS},
    {"packet", tell_packets, 0, NEEDS},
    {"packet.size", tell_sizes, 0, NEEDS},
    {"packet.nothing", tell_bad_packet, 0, NEEDS},
    {"packet.nothing-of-two", tell_bad_packet, 1, NEEDS},
    {"packet.null-of-two", tell_bad_packet, 2, NEEDS},
    {"packet.null-value", tell_bad_packet, 3, NEEDS},
    {"processor.value", tell_values, 0, NEEDS},
    {"processor.forbidden", tell_forbidden, 0, NEEDS},
    {"processor.find", tell_find, 0, NEEDS},
};

const struct parts packet_parts = {parts, COUNT_OF(parts)};
