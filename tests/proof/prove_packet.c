/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Proofs that a packet is validated, and that it is copied while another thread changes its counts,
 * types and sizes. That thread frees no block, and sets no size beyond its block. First comes the
 * proof of copy_attribute. In that of soh_packet_copy, model_copy_attribute takes its place and can
 * do all that the first proof allows. prove_packet.sed inserts the call and the loops' invariants.
 */
#include "proof.h"

/* Only the structure has to be zero, and the model allocates it so: memset need not do anything. */
#include <string.h>
#define memset(block, value, size) ((void)(block))
#include "qutil_private.h"

static SoH caller_packet;
static SoHAttribute attribute;
static UINT16 room;           /* bytes of the attribute's block */
static bool is_alone;         /* no other thread changes the packet */
static bool copies_attribute; /* and not a packet */

static SoH *made;
static UINT16 count;          /* the packet's, when it is first read */
static size_t watched;        /* index of any one attribute */
static size_t watched_blocks; /* of the copy of the watched attribute */
static BOOL watched_is_valid;
static size_t allocations; /* that were attempted */
static size_t live_blocks;

static HRESULT model_copy_attribute(const SoHAttribute *source, SoHAttribute *copy);

static void any_counts(void)
{
    caller_packet.count = nondet_uint16();
    attribute.type = nondet_uint16();
    attribute.size = nondet_uint16();
    GIVEN(!attribute.value || attribute.size <= room);
}

/* The other thread, if there is one, changes the packet. */
static void interfere(void)
{
    if (!is_alone)
        any_counts();
}

/* Allocates the blocks of a packet: first the structure, then the array, which nobody reads. */
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
    return copies_attribute ? any_block(size) : packet_block(size);
}

/* As prove_memory.c proves, FreeSoH frees the values, the array and the structure. */
VOID WINAPI FreeSoH(SoH *soh)
{
    CLAIM(soh == made, "what is freed is the copy");
    live_blocks -= 1 + (soh->attributes != NULL);
    if (soh->attributes && watched < soh->count)
        watched_blocks = 0;
}

#include "soh_attribute.c"
#include "soh_packet.c"

/* For any attribute, which may change meanwhile, and any failed allocations: the copy has at most
 * 4,000 bytes, or nothing is left allocated. */
void prove_copy_attribute(void)
{
    const size_t place = nondet_size();
    SoHAttribute copy = {0};
    HRESULT hr;

    live_blocks = 0;
    copies_attribute = true;
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

/* For any packet, which may change meanwhile, and any failed allocations: the copy has up to 100
 * attributes, or nothing is left allocated. */
void prove_soh_packet_copy(void)
{
    SoH *copy = NULL;
    HRESULT hr;

    allocations = live_blocks = watched_blocks = 0;
    copies_attribute = false;
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

/* For any number of attributes: if a packet is accepted, it has at most 100, and each is valid. */
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
