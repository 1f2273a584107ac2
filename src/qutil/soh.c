/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The codec and the validator of Statements of Health.
 *
 * All attributes have one shape: a head of fixed size, then elements of equal size, as many as the
 * rest of the attribute holds. Nothing on the wire says how many. How the types differ stands in a
 * table; how the kinds differ stands in the functions that code a head and the elements.
 */
#include "soh.h"

#include <string.h>

/* Where in a packet the attributes of a type may stand. */
enum place
{
    ANYWHERE,
    FIRST, /* first, and nowhere else */
    ONCE,  /* in a response; a request may have several */
    RESULT /* anywhere, but a response has to have one of these */
};

struct rule
{
    enum soh_kind kind;
    uint16_t head;    /* bytes in front of the elements */
    uint16_t element; /* bytes of one element, not 0 */
    uint16_t min_count;
    uint16_t max_count; /* 0 for kinds without elements */
    enum place place;
};

enum
{
    BYTE = 1,
    WORD = 4, /* a 32-bit number: id, code, half a time */
    IPV4 = 4,
    IPV6 = 16
};

/* Kind, head, element, least and greatest count, place. Row 0 is also the row of every type that is
 * not here. */
static const struct rule rules[] = {
    [0] = {SOH_KIND_OCTETS, 0, BYTE, 0, SOH_MAX_SIZE, ANYWHERE},
    [1] = {SOH_KIND_OCTETS, 0, BYTE, 0, SOH_MAX_SIZE, ANYWHERE},
    [SOH_TYPE_SYSTEM_HEALTH_ID] = {SOH_KIND_ID, WORD, BYTE, 0, 0, FIRST},
    [SOH_TYPE_IPV4_FIXUP_SERVERS] = {SOH_KIND_IPV4, 0, IPV4, 1, SOH_MAX_SIZE / IPV4, ONCE},
    [SOH_TYPE_COMPLIANCE_RESULT_CODES] = {SOH_KIND_CODES, 0, WORD, 0, SOH_MAX_SIZE / WORD, RESULT},
    [SOH_TYPE_TIME_OF_LAST_UPDATE] = {SOH_KIND_TIME, 2 * WORD, BYTE, 0, 0, ANYWHERE},
    [SOH_TYPE_CLIENT_ID] = {SOH_KIND_OCTETS, 0, BYTE, 0, SOH_MAX_SIZE, ANYWHERE},
    [SOH_TYPE_VENDOR_SPECIFIC] = {SOH_KIND_VENDOR, WORD, BYTE, 0, SOH_MAX_SIZE - WORD, ANYWHERE},
    [SOH_TYPE_HEALTH_CLASS] = {SOH_KIND_BYTE, BYTE, BYTE, 0, 0, ANYWHERE},
    [SOH_TYPE_SOFTWARE_VERSION] = {SOH_KIND_OCTETS, 0, BYTE, 0, SOH_MAX_SIZE, ANYWHERE},
    [SOH_TYPE_PRODUCT_NAME] = {SOH_KIND_OCTETS, 0, BYTE, 0, SOH_MAX_SIZE, ANYWHERE},
    [SOH_TYPE_HEALTH_CLASS_STATUS] = {SOH_KIND_OCTETS, 0, BYTE, 0, SOH_MAX_SIZE, ANYWHERE},
    [SOH_TYPE_GENERATION_TIME] = {SOH_KIND_TIME, 2 * WORD, BYTE, 0, 0, ANYWHERE},
    [SOH_TYPE_ERROR_CODES] = {SOH_KIND_CODES, 0, WORD, 0, SOH_MAX_SIZE / WORD, RESULT},
    [SOH_TYPE_FAILURE_CATEGORY] = {SOH_KIND_BYTE, BYTE, BYTE, 0, 0, RESULT},
    [SOH_TYPE_IPV6_FIXUP_SERVERS] = {SOH_KIND_IPV6, 0, IPV6, 1, SOH_MAX_SIZE / IPV6, ONCE},
    [SOH_TYPE_EXTENDED_ISOLATION_STATE] = {SOH_KIND_BYTE, BYTE, BYTE, 0, 0, ANYWHERE},
};

static const struct rule *rule_of(uint32_t type)
{
    return &rules[type < sizeof(rules) / sizeof(rules[0]) ? type : 0];
}

/* The caller's structure is the Windows one, a different type to the compiler: copying its bytes is
 * the way to read it that the aliasing rules allow. */
static struct soh_attribute load(const struct soh_attribute *source)
{
    struct soh_attribute attribute;

    memcpy(&attribute, source, sizeof(attribute));
    return attribute;
}

static void put_word(uint8_t *bytes, uint32_t word)
{
    bytes[0] = (uint8_t)(word >> 24);
    bytes[1] = (uint8_t)(word >> 16);
    bytes[2] = (uint8_t)(word >> 8);
    bytes[3] = (uint8_t)word;
}

static uint32_t get_word(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void put_head(enum soh_kind kind, const struct soh_value *value, uint8_t *bytes)
{
    switch (kind)
    {
    case SOH_KIND_ID:
    case SOH_KIND_VENDOR:
        put_word(bytes, value->id);
        break;
    case SOH_KIND_TIME:
        put_word(bytes, value->time_high);
        put_word(bytes + WORD, value->time_low);
        break;
    case SOH_KIND_BYTE:
        bytes[0] = value->byte;
        break;
    default:
        break;
    }
}

static void get_head(enum soh_kind kind, const uint8_t *bytes, struct soh_value *value)
{
    switch (kind)
    {
    case SOH_KIND_ID:
    case SOH_KIND_VENDOR:
        value->id = get_word(bytes);
        break;
    case SOH_KIND_TIME:
        value->time_high = get_word(bytes);
        value->time_low = get_word(bytes + WORD);
        break;
    case SOH_KIND_BYTE:
        value->byte = bytes[0];
        break;
    default:
        break;
    }
}

/* Codes are copied in and out with memcpy, since an HRESULT is a long on Windows and no uint32_t:
 * the same bits, but not a type through which the caller's array may be accessed. */
static void put_elements(enum soh_kind kind, const uint8_t *elements, uint8_t *bytes, size_t size)
{
    uint32_t code;
    size_t i;

    if (kind != SOH_KIND_CODES)
    {
        memcpy(bytes, elements, size);
        return;
    }
    for (i = 0; i < size; i += WORD)
    {
        memcpy(&code, elements + i, WORD);
        put_word(bytes + i, code);
    }
}

static void get_elements(enum soh_kind kind, const uint8_t *bytes, uint8_t *elements, size_t size)
{
    uint32_t code;
    size_t i;

    if (kind != SOH_KIND_CODES)
    {
        memcpy(elements, bytes, size);
        return;
    }
    for (i = 0; i < size; i += WORD)
    {
        code = get_word(bytes + i);
        memcpy(elements + i, &code, WORD);
    }
}

static bool count_is_allowed(const struct rule *rule, size_t count)
{
    return rule->min_count <= count && count <= rule->max_count;
}

static bool is_well_formed(const struct rule *rule, const struct soh_attribute *attribute)
{
    size_t rest;

    if (attribute->size < rule->head || (attribute->size != 0 && attribute->value == NULL))
        return false;
    rest = (size_t)attribute->size - rule->head;
    return rest % rule->element == 0 && count_is_allowed(rule, rest / rule->element);
}

enum soh_kind soh_kind_of(uint32_t type)
{
    return rule_of(type)->kind;
}

enum soh_status soh_encoded_size(uint32_t type, const struct soh_value *value, size_t *size)
{
    const struct rule *rule = rule_of(type);
    size_t count = rule->max_count != 0 ? value->count : 0;

    if (type > UINT16_MAX || !count_is_allowed(rule, count))
        return SOH_BAD_ARGUMENT;
    if (count != 0 && value->elements == NULL)
        return SOH_BAD_ARGUMENT;
    *size = rule->head + count * rule->element;
    return SOH_OK;
}

enum soh_status soh_encode(uint32_t type, const struct soh_value *value, uint8_t *bytes,
                           size_t size)
{
    const struct rule *rule = rule_of(type);
    enum soh_status status;
    size_t needed;

    if ((status = soh_encoded_size(type, value, &needed)) != SOH_OK)
        return status;
    if (size != needed)
        return SOH_BAD_ARGUMENT;
    put_head(rule->kind, value, bytes);
    if (size > rule->head)
        put_elements(rule->kind, value->elements, bytes + rule->head, size - rule->head);
    return SOH_OK;
}

enum soh_status soh_decoded_size(const struct soh_attribute *attribute, size_t *block_size)
{
    struct soh_attribute own = load(attribute);
    const struct rule *rule = rule_of(own.type);

    if (!is_well_formed(rule, &own))
        return SOH_BAD_PACKET;
    *block_size = (size_t)own.size - rule->head;
    return SOH_OK;
}

enum soh_status soh_decode(const struct soh_attribute *attribute, void *block, size_t block_size,
                           struct soh_value *value)
{
    struct soh_attribute own = load(attribute);
    const struct rule *rule = rule_of(own.type);
    struct soh_value decoded = {0};

    if (!is_well_formed(rule, &own))
        return SOH_BAD_PACKET;
    if (block_size != (size_t)own.size - rule->head)
        return SOH_BAD_ARGUMENT;
    get_head(rule->kind, own.value, &decoded);
    if (block_size != 0)
    {
        get_elements(rule->kind, own.value + rule->head, block, block_size);
        decoded.count = block_size / rule->element;
        decoded.elements = block;
    }
    *value = decoded;
    return SOH_OK;
}

enum soh_status soh_validate(const struct soh_attribute *attributes, size_t count, bool is_request)
{
    bool has_result = false, is_repeated = false;
    uint32_t seen = 0; /* a bit for each row whose attributes may stand in a response once */
    size_t i;

    if (attributes == NULL || count == 0 || count > SOH_MAX_ATTRIBUTES)
        return SOH_BAD_PACKET;
    for (i = 0; i < count; ++i)
    {
        const struct soh_attribute attribute = load(&attributes[i]);
        const struct rule *rule = rule_of(attribute.type);
        const uint32_t bit = (uint32_t)(rule->place == ONCE) << (rule - rules);

        if (!is_well_formed(rule, &attribute) || (rule->place == FIRST) != (i == 0))
            return SOH_BAD_PACKET;
        is_repeated |= (seen & bit) != 0;
        seen |= bit;
        has_result |= rule->place == RESULT;
    }
    return is_request || (has_result && !is_repeated) ? SOH_OK : SOH_BAD_PACKET;
}
