/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSoHProcessor with any packet in it: any number of attributes, each of any type and size.
 * prove_processor.sed has the invariants of the loops.
 */
#include "class_model.h"

static size_t watched;

#include "soh_processor.c"

/* A processor with a packet, or without one. What is in the attributes' values, the proofs say. */
static struct soh_processor *any_processor(SoH *packet)
{
    struct soh_processor *processor = any_block(sizeof(*processor));

    begin_classes();
    packet->count = nondet_uint16();
    packet->attributes = any_block(packet->count * sizeof(*packet->attributes));
    processor->soh = nondet_bool() ? packet : NULL;
    return processor;
}

/* The id of the packet whose copy was made. */
static UINT32 copied_id(void)
{
    const BYTE *value = copied.attributes[0].value;

    return (UINT32)value[0] << 24 | (UINT32)value[1] << 16 | (UINT32)value[2] << 8 | value[3];
}

void prove_processor_Initialize(void)
{
    SoH before, other = {0}, packet = {nondet_uint16(), nondet_bool() ? any_block(1) : NULL};
    struct soh_processor *processor = any_processor(&before);
    void *const soh = processor->soh;
    SystemHealthEntityId id;
    HRESULT hr;

    others = nondet_bool() ? &other : NULL;
    CLAIM(soh_processor_Initialize(&processor->INapSoHProcessor_iface, &packet, nondet_bool(),
                                   NULL) == E_POINTER,
          "NULL is refused");
    hr = soh_processor_Initialize(&processor->INapSoHProcessor_iface,
                                  nondet_bool() ? &packet : NULL, nondet_bool(), &id);
    if (FAILED(hr))
    {
        CLAIM(id == 0 && live_blocks == 0, "after an error nothing is left");
        CLAIM(processor->soh == soh || processor->soh == others, "and the packet is as it was");
        return;
    }
    CLAIM(!soh && processor->soh == &copied, "the copy is the object's packet");
    CLAIM(live_blocks == 1, "and not freed");
    CLAIM(copied.attributes[0].type == sohAttributeTypeSystemHealthId, "it begins with an id");
    CLAIM(id == copied_id(), "which is the one that the caller gets");
}

void prove_GetNumberOfAttributes(void)
{
    SoH packet;
    struct soh_processor *processor = any_processor(&packet);
    UINT16 count;
    HRESULT hr;

    CLAIM(soh_processor_GetNumberOfAttributes(&processor->INapSoHProcessor_iface, NULL) ==
              E_POINTER,
          "NULL is refused");
    hr = soh_processor_GetNumberOfAttributes(&processor->INapSoHProcessor_iface, &count);
    CLAIM(hr == (processor->soh ? S_OK : NAP_E_NOT_INITIALIZED), "there is a packet, or an error");
    CLAIM(count == (processor->soh ? packet.count : 0), "the count is the packet's, or 0");
}

void prove_GetAttribute(void)
{
    SoH packet;
    struct soh_processor *processor = any_processor(&packet);
    const UINT16 location = nondet_uint16();
    SoHAttributeType type;
    SoHAttributeValue *value;
    HRESULT hr;

    if (location < packet.count)
        packet.attributes[location].value = any_block_or_null(packet.attributes[location].size);
    hr = soh_processor_GetAttribute(&processor->INapSoHProcessor_iface, location, &type, &value);
    CLAIM((hr == S_OK) == (value != NULL), "there is a value after S_OK, and else NULL");
    CLAIM(hr == S_OK || (type == 0 && live_blocks == 0), "after an error nothing is left");
    CLAIM(hr != S_OK || type == packet.attributes[location].type, "the type is the attribute's");
    FreeSoHAttributeValue(type, value);
    CLAIM(live_blocks == 0, "FreeSoHAttributeValue frees all of it");
}

void prove_FindNextAttribute(void)
{
    SoH packet;
    struct soh_processor *processor = any_processor(&packet);
    const UINT16 from = nondet_uint16();
    const SoHAttributeType type = (SoHAttributeType)nondet_uint32();
    UINT16 found;
    HRESULT hr;

    watched = nondet_size();
    hr = soh_processor_FindNextAttribute(&processor->INapSoHProcessor_iface, from, type, &found);
    if (hr == S_OK)
        CLAIM(from <= found && found < packet.count &&
                  packet.attributes[found].type == (UINT32)type,
              "what is found is of the type, and not before the location");
    else
        CLAIM(found == 0, "on failure the location is 0");
    if (processor->soh && from <= watched && watched < (hr == S_OK ? found : packet.count))
        CLAIM(packet.attributes[watched].type != (UINT32)type, "there is none before it");
}

void prove_processor_create(void)
{
    void *out;
    HRESULT hr;

    begin_classes();
    hr = soh_processor_create(NULL, &IID_INapSoHProcessor, &out);
    CLAIM((hr == S_OK) == (out != NULL), "there is an object after S_OK, and else NULL");
    if (out)
        CLAIM(INapSoHProcessor_Release((INapSoHProcessor *)out) == 0, "it has one reference");
    claim_nothing_left();
}
