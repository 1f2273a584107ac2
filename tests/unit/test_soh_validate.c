/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Validation of SoH packets: what is a rule, and what is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "soh_fixture.h"

#include <cmocka.h>

static enum soh_status validate(const struct packet *packet, bool is_request)
{
    return soh_validate(packet->attributes, packet->count, is_request);
}

static void assert_validates_as(const struct packet *packet, enum soh_status request,
                                enum soh_status response)
{
    assert_int_equal(validate(packet, true), request);
    assert_int_equal(validate(packet, false), response);
}

/* Appends an attribute of a type with the fewest bytes that the type allows, all zero. */
static void packet_add_least(struct packet *packet, uint16_t type)
{
    static const uint8_t zeroes[16];
    size_t i = 0, size = 0;

    while (expectations[i].type != type)
        ++i;
    while (!expectation_allows(&expectations[i], size))
        ++size;
    packet_add(packet, type, zeroes, size);
}

/* A valid packet around one attribute, which is the id itself when it is of that type. */
static void packet_surround(struct packet *packet, uint16_t type, const void *bytes, size_t size)
{
    packet_add(packet, 2, type == 2 ? bytes : "\x00\x01\x37\xF0", type == 2 ? size : 4);
    packet_add(packet, 14, "\x02", 1);
    if (type != 2)
        packet_add(packet, type, bytes, size);
}

/* Makes a packet of the least attributes of some types, a list that ends with 0, behind an id. */
static void assert_types(const uint16_t *types, enum soh_status request, enum soh_status response)
{
    struct packet packet = {0};

    packet_add_least(&packet, 2);
    for (; *types != 0; ++types)
        packet_add_least(&packet, *types);
    assert_validates_as(&packet, request, response);
    packet_clear(&packet);
}

#define ASSERT_TYPES(request, response, ...)                                                       \
    assert_types((const uint16_t[]){__VA_ARGS__, 0}, request, response)

/* The bounds of every row, one below, one above, and everything between and around them. */
static void test_soh_validate_every_size(void **state)
{
    static const uint8_t bytes[UINT16_MAX];
    struct packet packet = {0};
    enum soh_status status;
    size_t i, size;

    (void)state;
    for (i = 0; i < EXPECTATIONS; ++i)
        for (size = 0; size <= UINT16_MAX; size += size < 4100 ? 1 : 15)
        {
            status = expectation_allows(&expectations[i], size) ? SOH_OK : SOH_BAD_PACKET;
            packet_surround(&packet, expectations[i].type, bytes, size);
            assert_validates_as(&packet, status, status);
            packet_clear(&packet);
        }
}

static void test_soh_validate_empty_packet(void **state)
{
    const struct soh_attribute id = {2, 4, (const uint8_t *)"\0\0\0\0"};

    (void)state;
    assert_int_equal(soh_validate(&id, 1, true), SOH_OK);
    assert_int_equal(soh_validate(&id, 0, true), SOH_BAD_PACKET);
    assert_int_equal(soh_validate(&id, 0, false), SOH_BAD_PACKET);
    assert_int_equal(soh_validate(NULL, 0, true), SOH_BAD_PACKET);
    assert_int_equal(soh_validate(NULL, 1, true), SOH_BAD_PACKET);
}

static void test_soh_validate_number_of_attributes(void **state)
{
    struct packet packet = {0};

    (void)state;
    packet_add_least(&packet, 2);
    while (packet.count < 100)
        packet_add_least(&packet, 4);
    assert_validates_as(&packet, SOH_OK, SOH_OK);
    packet_add_least(&packet, 4);
    assert_validates_as(&packet, SOH_BAD_PACKET, SOH_BAD_PACKET);
    assert_int_equal(soh_validate(packet.attributes, SIZE_MAX, true), SOH_BAD_PACKET);
    packet_clear(&packet);
}

/* What stands behind the last attribute is nobody's business, and bytes are not read at all. */
static void test_soh_validate_reads_nothing_else(void **state)
{
    static const uint8_t only_address;
    struct soh_attribute attributes[] = {
        {2, 4, &only_address}, {4, 4000, &only_address}, {2, 3, NULL}};

    (void)state;
    assert_int_equal(soh_validate(attributes, 2, false), SOH_OK);
    assert_int_equal(soh_validate(attributes, 3, false), SOH_BAD_PACKET);
}

static void test_soh_validate_null_value(void **state)
{
    struct soh_attribute attributes[] = {
        {2, 4, (const uint8_t *)"\0\0\0\0"}, {4, 0, NULL}, {6, 0, NULL}};

    (void)state;
    assert_int_equal(soh_validate(attributes, 3, true), SOH_OK);
    assert_int_equal(soh_validate(attributes, 3, false), SOH_OK);
    attributes[2].size = 1;
    assert_int_equal(soh_validate(attributes, 3, true), SOH_BAD_PACKET);
    assert_int_equal(soh_validate(attributes, 3, false), SOH_BAD_PACKET);
    attributes[2].value = (const uint8_t *)"x";
    assert_int_equal(soh_validate(attributes, 3, true), SOH_OK);
    attributes[2].size = 0;
    assert_int_equal(soh_validate(attributes, 3, true), SOH_OK);
}

static void test_soh_validate_first_is_not_the_id(void **state)
{
    struct packet packet = {0};

    (void)state;
    packet_add_least(&packet, 4);
    assert_validates_as(&packet, SOH_BAD_PACKET, SOH_BAD_PACKET);
    packet_add_least(&packet, 2);
    assert_validates_as(&packet, SOH_BAD_PACKET, SOH_BAD_PACKET);
    packet_clear(&packet);
}

static void test_soh_validate_two_ids(void **state)
{
    (void)state;
    ASSERT_TYPES(SOH_BAD_PACKET, SOH_BAD_PACKET, 2, 4);
    ASSERT_TYPES(SOH_BAD_PACKET, SOH_BAD_PACKET, 4, 2);
}

static void test_soh_validate_result_in_response(void **state)
{
    (void)state;
    ASSERT_TYPES(SOH_OK, SOH_OK, 4);
    ASSERT_TYPES(SOH_OK, SOH_OK, 13);
    ASSERT_TYPES(SOH_OK, SOH_OK, 14);
    ASSERT_TYPES(SOH_OK, SOH_BAD_PACKET, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17);
    ASSERT_TYPES(SOH_OK, SOH_OK, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 14);
}

static void test_soh_validate_fixup_servers_in_response(void **state)
{
    (void)state;
    ASSERT_TYPES(SOH_OK, SOH_OK, 4, 3, 15);
    ASSERT_TYPES(SOH_OK, SOH_BAD_PACKET, 4, 3, 3);
    ASSERT_TYPES(SOH_OK, SOH_BAD_PACKET, 3, 3, 4, 5);
    ASSERT_TYPES(SOH_OK, SOH_BAD_PACKET, 4, 15, 15);
    ASSERT_TYPES(SOH_OK, SOH_BAD_PACKET, 3, 15, 4, 3);
    ASSERT_TYPES(SOH_OK, SOH_BAD_PACKET, 15, 4, 3, 15);
}

/* Rules that the reference would have, and that Microsoft's own packets break (documented). */
static void test_soh_validate_what_is_not_a_rule(void **state)
{
    (void)state;
    ASSERT_TYPES(SOH_OK, SOH_OK, 4, 14);
    ASSERT_TYPES(SOH_OK, SOH_OK, 8, 4, 8, 4, 8, 4, 8, 4, 8, 4);
    ASSERT_TYPES(SOH_OK, SOH_OK, 4, 13, 14, 4, 13, 14);
    ASSERT_TYPES(SOH_OK, SOH_OK, 14, 7, 7, 8, 8, 10, 10, 11, 11);
    ASSERT_TYPES(SOH_OK, SOH_OK, 14, 5, 5, 6, 6, 9, 9, 12, 12, 16, 16, 17, 17, 1, 1);
    ASSERT_TYPES(SOH_OK, SOH_OK, 0x4000, 0x8002, 0x8002, 0xFFFF, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_soh_validate_every_size),
        cmocka_unit_test(test_soh_validate_empty_packet),
        cmocka_unit_test(test_soh_validate_number_of_attributes),
        cmocka_unit_test(test_soh_validate_reads_nothing_else),
        cmocka_unit_test(test_soh_validate_null_value),
        cmocka_unit_test(test_soh_validate_first_is_not_the_id),
        cmocka_unit_test(test_soh_validate_two_ids),
        cmocka_unit_test(test_soh_validate_result_in_response),
        cmocka_unit_test(test_soh_validate_fixup_servers_in_response),
        cmocka_unit_test(test_soh_validate_what_is_not_a_rule),
    };

    return cmocka_run_group_tests_name("soh_validate", tests, NULL, NULL);
}
