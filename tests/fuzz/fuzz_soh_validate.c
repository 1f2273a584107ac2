/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Fuzz target: a packet, validated as a request and as a response. The input is the packet as the
 * network has it.
 */
#include "soh_fuzz.h"

enum
{
    MOST = SOH_MAX_ATTRIBUTES + 2 /* enough to go over the limit */
};

/* The rules for requests again, with the size of a single attribute left to the decoder. */
static bool is_request(const struct soh_attribute *attributes, size_t count)
{
    bool is_good = count != 0 && count <= SOH_MAX_ATTRIBUTES;
    size_t i;

    for (i = 0; i < count; ++i)
    {
        if (!survives_round_trip(&attributes[i]) ||
            (attributes[i].type == SOH_TYPE_SYSTEM_HEALTH_ID) != (i == 0))
            is_good = false;
    }
    return is_good;
}

/* What a response needs beyond that. */
static bool is_response(const struct soh_attribute *attributes, size_t count)
{
    size_t ipv4 = 0, ipv6 = 0, results = 0, i;

    for (i = 0; i < count; ++i)
    {
        ipv4 += attributes[i].type == SOH_TYPE_IPV4_FIXUP_SERVERS;
        ipv6 += attributes[i].type == SOH_TYPE_IPV6_FIXUP_SERVERS;
        results += attributes[i].type == SOH_TYPE_COMPLIANCE_RESULT_CODES ||
                   attributes[i].type == SOH_TYPE_ERROR_CODES ||
                   attributes[i].type == SOH_TYPE_FAILURE_CATEGORY;
    }
    return ipv4 <= 1 && ipv6 <= 1 && results != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct soh_attribute read[MOST], *attributes;
    size_t count = 0, i;
    bool is_good;

    while (count < MOST && read_attribute(&read[count], &data, &size))
        count++;
    attributes = allocate_exactly(count * sizeof(*attributes));
    if (count != 0)
        memcpy(attributes, read, count * sizeof(*attributes));

    is_good = is_request(attributes, count);
    CHECK(soh_validate(attributes, count, true) == (is_good ? SOH_OK : SOH_BAD_PACKET));
    is_good = is_good && is_response(attributes, count);
    CHECK(soh_validate(attributes, count, false) == (is_good ? SOH_OK : SOH_BAD_PACKET));

    for (i = 0; i < count; ++i)
        free((void *)attributes[i].value);
    free(attributes);
    return 0;
}
