/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Fuzz target for both classes. The input is a packet in network format: for each attribute its
 * type (2 bytes), its length (2 bytes), and that many bytes. If fewer are left, the value is NULL.
 * Each value is in a heap block of its size, so that AddressSanitizer sees what is beyond it.
 *
 * The packet has to be valid exactly when the rules say so. A processor reads it. Then the bytes of
 * each attribute become a value, a constructor builds a packet from the values, a processor reads
 * it, and a second constructor builds the same packet again.
 *
 * To add a packet to the corpus: echo 0002 0004 000137F0 | xxd -r -p >tests/fuzz/corpus/NAME
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "classes.h"
#include "packets.h"

/* Like assert, but also works in release builds. */
#define CHECK(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_COUNT (maxSoHAttributeCount + 2) /* attributes that are read: more than are valid */

/* Unlike task_allocator.c, leaves new memory as it is: MemorySanitizer sees what nobody writes. */
LPVOID WINAPI CoTaskMemAlloc(SIZE_T size)
{
    return malloc(size);
}

void WINAPI CoTaskMemFree(LPVOID block)
{
    free(block);
}

static UINT16 read_be16(const uint8_t *bytes)
{
    return (UINT16)(bytes[0] << 8 | bytes[1]);
}

/* Reads the next attribute: type, length, bytes. Returns false if there is none. If the length
 * exceeds the bytes that are left, the attribute is the last, and its value is NULL. */
static bool read_attribute(SoHAttribute *attribute, const uint8_t **data, size_t *size)
{
    enum
    {
        HEAD = 4
    };

    if (*size < HEAD)
        return false;
    *attribute = (SoHAttribute){read_be16(*data), read_be16(*data + 2), NULL};
    *data += HEAD;
    *size -= HEAD;
    if (attribute->size > *size)
    {
        *size = 0;
        return true;
    }
    if (attribute->size)
        attribute->value = memcpy(task_block(attribute->size), *data, attribute->size);
    *data += attribute->size;
    *size -= attribute->size;
    return true;
}

/* Each block has exactly its size: the sanitizer finds any access beyond it. FreeSoH frees it. */
static SoH *read_packet(const uint8_t *data, size_t size)
{
    SoHAttribute attributes[MAX_COUNT];
    UINT16 count = 0;

    while (count < MAX_COUNT && read_attribute(&attributes[count], &data, &size))
        count++;
    return new_soh(attributes, count);
}

static bool validate(const SoH *soh, BOOL is_request)
{
    INapSoHConstructor *constructor = new_constructor();
    HRESULT hr = INapSoHConstructor_Validate(constructor, soh, is_request);

    CHECK(hr == S_OK || hr == NAP_E_INVALID_PACKET);
    INapSoHConstructor_Release(constructor);
    return hr == S_OK;
}

static unsigned count_type(const SoH *soh, SoHAttributeType type)
{
    unsigned count = 0;
    UINT16 i;

    for (i = 0; i < soh->count; ++i)
        count += soh->attributes[i].type == (UINT32)type;
    return count;
}

/* A packet has to be valid exactly when each of its attributes is, and these rules hold. */
static void check_rules(const SoH *soh)
{
    bool is_valid = soh->count >= 1 && soh->count <= maxSoHAttributeCount &&
                    soh->attributes[0].type == sohAttributeTypeSystemHealthId &&
                    count_type(soh, sohAttributeTypeSystemHealthId) == 1;
    UINT16 i;

    for (i = 0; i < soh->count; ++i)
        is_valid = is_valid && is_attribute_allowed(&soh->attributes[i]);
    CHECK(validate(soh, TRUE) == is_valid);
    CHECK(validate(soh, FALSE) ==
          (is_valid && count_type(soh, sohAttributeTypeIpv4FixupServers) <= 1 &&
           count_type(soh, sohAttributeTypeIpv6FixupServers) <= 1 &&
           count_type(soh, sohAttributeTypeComplianceResultCodes) +
                   count_type(soh, sohAttributeTypeErrorCodes) +
                   count_type(soh, sohAttributeTypeFailureCategory) !=
               0));
}

/* Makes a value of an attribute's bytes: they become a number, or as many elements as they fill. */
static SoHAttributeValue value_of(const SoHAttribute *attribute)
{
    const struct member *member = member_of(attribute->type);
    const UINT16 count = member->pointer ? (UINT16)(attribute->size / member->size) : 0;
    SoHAttributeValue value;
    BYTE *bytes = (BYTE *)&value;

    memset(&value, 0, sizeof(value));
    if (attribute->value)
        memcpy(bytes, attribute->value, min(attribute->size, member->fixed));
    if (member->pointer)
    {
        memcpy(bytes + member->count, &count, sizeof(count));
        memcpy(bytes + member->pointer, &attribute->value, sizeof(attribute->value));
    }
    return value;
}

/* A constructor that gets a processor's values has to build a packet with the same bytes. */
static void check_round_trip(const SoH *soh, BOOL is_request)
{
    INapSoHProcessor *processor = new_processor();
    SystemHealthEntityId id = 1;
    const HRESULT hr = INapSoHProcessor_Initialize(processor, soh, is_request, &id);

    CHECK(hr == S_OK || (hr == NAP_E_INVALID_PACKET && id == 0));
    CHECK(validate(soh, is_request) == (hr == S_OK));
    if (hr == S_OK)
        assert_processor_has(processor, id, is_request, soh);
    INapSoHProcessor_Release(processor);
}

static void check_values(const SoH *soh)
{
    INapSoHConstructor *constructor = new_initialized_constructor(HEALTH_ID);
    UINT16 i, accepted = 1;
    SoH *built;

    for (i = 0; i < soh->count; ++i)
    {
        const SoHAttributeValue value = value_of(&soh->attributes[i]);
        const HRESULT hr = INapSoHConstructor_AppendAttribute(
            constructor, (SoHAttributeType)soh->attributes[i].type, &value);

        CHECK(hr == S_OK || hr == E_INVALIDARG ||
              (hr == NAP_E_INVALID_PACKET && accepted == maxSoHAttributeCount));
        accepted = (UINT16)(accepted + (hr == S_OK));
    }
    CHECK(INapSoHConstructor_GetSoH(constructor, &built) == S_OK && built->count == accepted);
    CHECK(INapSoHConstructor_Validate(constructor, built, TRUE) == S_OK);
    INapSoHConstructor_Release(constructor);
    check_round_trip(built, TRUE);
    check_round_trip(built, FALSE);
    FreeSoH(built);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SoH *soh = read_packet(data, size);

    check_rules(soh);
    check_round_trip(soh, TRUE);
    check_round_trip(soh, FALSE);
    check_values(soh);
    FreeSoH(soh);
    CHECK(classes_can_unload_now() == S_OK);
    return 0;
}
