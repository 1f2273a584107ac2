/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A packet is validated, and is copied while another thread changes its counts, types and sizes. Its
 * blocks stay, and no size exceeds its block. First the copy of one attribute is proved; then that of
 * a packet, which calls model_copy_attribute instead: it does no more than what was proved of
 * copy_attribute. prove_packet.sed puts the call there, and has the invariants of the loops.
 */
#include "proof.h"

/* The block whose contents matter is zero as the model allocates it. */
#include <string.h>
#define memset(block, value, size) ((void)(block))
#include "qutil_private.h"

static SoH caller_packet;
static SoHAttribute attribute;
static UINT16 room;   /* in the block of the attribute */
static bool is_alone; /* nobody changes the packet */
static bool is_one;   /* it is an attribute that is copied, and no packet */

static SoH *made;
static UINT16 count;          /* of the packet, when it is first read */
static size_t watched;        /* an attribute of them, any one */
static size_t watched_blocks; /* of its copy */
static BOOL watched_is_valid;
static size_t allocations; /* that were tried */
static size_t live_blocks;

static HRESULT model_copy_attribute(const SoHAttribute *source, SoHAttribute *copy);

static void any_counts(void)
{
    caller_packet.count = nondet_uint16();
    attribute.type = nondet_uint16();
    attribute.size = nondet_uint16();
    GIVEN(!attribute.value || attribute.size <= room);
}

/* The other thread, if there is one. */
static void interfere(void)
{
    if (!is_alone)
        any_counts();
}

/* The blocks of a packet: first the structure, then the array, whose contents nobody reads. */
static void *packet_block(size_t size)
{
    if (allocations == 1)
    {
        CLAIM(size == sizeof(*made), "there is room for the structure");
        return made = __CPROVER_allocate(sizeof(*made), 1);
    }
    CLAIM(size == count * sizeof(attribute), "there is room for each");
    return any_block(size);
}

LPVOID WINAPI CoTaskMemAlloc(SIZE_T size)
{
    interfere();
    allocations++;
    if (nondet_bool())
        return NULL;
    live_blocks++;
    return is_one ? any_block(size) : packet_block(size);
}

/* Proved in prove_memory_lists.c: it frees the values, the array and the structure. */
VOID WINAPI FreeSoH(SoH *soh)
{
    CLAIM(soh == made, "what is freed is the copy");
    live_blocks -= 1 + (soh->attributes != NULL);
    if (soh->attributes && watched < soh->count)
        watched_blocks = 0;
}

#include "soh_attribute.c"
#include "soh_packet.c"

/* Any attribute, which may change meanwhile, any failed allocations: a copy of at most 4,000 bytes, or
 * nothing left. */
void prove_copy_attribute(void)
{
    const size_t place = nondet_size();
    SoHAttribute copy = {0};
    HRESULT hr;

    live_blocks = 0;
    is_one = true;
    is_alone = nondet_bool();
    room = nondet_uint16();
    attribute.value = any_block_or_null(room);
    any_counts();

    hr = copy_attribute(&attribute, &copy);
    CLAIM(hr == S_OK || hr == NAP_E_INVALID_PACKET || hr == E_OUTOFMEMORY, "the result is known");
    CLAIM((copy.value != NULL) == (copy.size != 0), "there is a block if there is a size");
    CLAIM(live_blocks == (copy.value != NULL), "and nothing else is allocated");
    CLAIM(hr == S_OK || copy.size == 0, "nothing is left after an error");
    CLAIM(copy.size <= maxSoHAttributeSize, "the size is bounded");
    if (place < copy.size)
        CLAIM(copy.value[place] == attribute.value[place], "each byte is copied");
    if (is_alone && hr == S_OK)
        CLAIM(copy.type == attribute.type && copy.size == attribute.size, "the copy is the same");
}

static HRESULT model_copy_attribute(const SoHAttribute *source, SoHAttribute *copy)
{
    CLAIM(source == caller_packet.attributes + made->count,
          "each attribute is copied once, in order");
    CLAIM(copy == made->attributes + made->count, "to its own place");
    interfere();
    if (nondet_bool())
        return nondet_bool() ? E_OUTOFMEMORY : NAP_E_INVALID_PACKET;
    if (made->count == watched)
        watched_blocks = nondet_bool();
    return S_OK;
}

/* Any packet, which may change meanwhile, any failed allocations: a copy of up to 100 attributes, or
 * nothing left. */
void prove_soh_packet_copy(void)
{
    SoH *copy = NULL;
    HRESULT hr;

    allocations = live_blocks = watched_blocks = 0;
    is_one = false;
    is_alone = nondet_bool();
    watched = nondet_size();
    caller_packet.count = count = nondet_uint16();
    caller_packet.attributes =
        nondet_bool() ? any_block(maxSoHAttributeCount * sizeof(attribute)) : NULL;

    hr = soh_packet_copy(&caller_packet, &copy);
    CLAIM(hr == S_OK || hr == NAP_E_INVALID_PACKET || hr == E_OUTOFMEMORY, "the result is known");
    CLAIM((hr == S_OK) == (copy != NULL), "there is a copy after S_OK, and else NULL");
    if (copy)
    {
        CLAIM(copy->count == count, "the count is the one that was read first");
        CLAIM(1 <= count && count <= maxSoHAttributeCount, "and is bounded");
        CLAIM(live_blocks == 2, "there are a structure and an array");
        FreeSoH(copy);
    }
    CLAIM(live_blocks == 0 && watched_blocks == 0, "nothing is left");
}

/* Any number of attributes: at most 100 are accepted, and each is valid. */
void prove_soh_packet_validate(void)
{
    const BOOL is_request = nondet_bool();

    caller_packet.count = nondet_uint16();
    caller_packet.attributes = any_block_or_null(caller_packet.count * sizeof(attribute));
    watched = nondet_size();
    if (caller_packet.attributes && watched < caller_packet.count)
        watched_is_valid = soh_attribute_is_valid(&caller_packet.attributes[watched]);
    if (FAILED(soh_packet_validate(&caller_packet, is_request)))
        return;
    CLAIM(caller_packet.attributes, "NULL is no packet");
    CLAIM(1 <= caller_packet.count && caller_packet.count <= maxSoHAttributeCount,
          "a packet has 1 to 100 attributes");
    if (watched < caller_packet.count)
        CLAIM(watched_is_valid, "each attribute is valid");
}
