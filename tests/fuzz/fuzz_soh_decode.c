/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Fuzz target: one attribute. The input is its type, two bytes with the high one first, then its
 * bytes.
 */
#include "soh_fuzz.h"

/* Validates a request of nothing but the attribute, and an id in front if it is none itself. */
static enum soh_status validate_alone(const struct soh_attribute *attribute)
{
    static const uint8_t id[4];
    const struct soh_attribute packet[] = {{SOH_TYPE_SYSTEM_HEALTH_ID, sizeof(id), id}, *attribute};

    if (attribute->type == SOH_TYPE_SYSTEM_HEALTH_ID)
        return soh_validate(attribute, 1, true);
    return soh_validate(packet, 2, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct soh_attribute attribute = {0};
    uint8_t *bytes;
    bool is_good;

    if (size < 2 || size - 2 > UINT16_MAX)
        return 0;
    attribute.type = read_be16(data);
    attribute.size = (uint16_t)(size - 2);
    attribute.value = bytes = allocate_exactly(attribute.size);
    if (bytes != NULL)
        memcpy(bytes, data + 2, attribute.size);

    is_good = survives_round_trip(&attribute);
    CHECK(validate_alone(&attribute) == (is_good ? SOH_OK : SOH_BAD_PACKET));

    attribute.value = NULL;
    CHECK(survives_round_trip(&attribute) == (is_good && attribute.size == 0));
    free(bytes);
    return 0;
}
