/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The copy of a packet that another thread changes meanwhile: at every allocation its count is
 * another one, and so are its types and sizes. The blocks stay, and no size exceeds its block.
 */
#include "proof.h"

/* Beyond these, every attribute is treated as the last of them is. */
#define ATTRIBUTES 2

static void interfere(void);
#define any_block_or_null(size) (interfere(), any_block_or_null(size))
#include "task_memory_model.h"
#undef any_block_or_null

static SoH packet;
static SoHAttribute attributes[ATTRIBUTES];
static UINT16 room[ATTRIBUTES];

static void any_counts(void)
{
    size_t i;

    packet.count = nondet_uint16();
    GIVEN(packet.count <= ATTRIBUTES || packet.count > maxSoHAttributeCount);
    for (i = 0; i < ATTRIBUTES; i++)
    {
        attributes[i].type = nondet_uint16();
        attributes[i].size = nondet_uint16();
        GIVEN(!attributes[i].value || attributes[i].size <= room[i]);
    }
}

static void interfere(void)
{
    any_counts();
}

void prove_soh_packet_copy(void)
{
    SoH *copy = NULL;
    HRESULT hr;
    size_t i;

    live_blocks = 0;
    packet.attributes = nondet_bool() ? attributes : NULL;
    for (i = 0; i < ATTRIBUTES; i++)
    {
        room[i] = nondet_uint16();
        attributes[i].value = any_block_or_null(room[i]);
    }
    any_counts();

    hr = soh_packet_copy(&packet, &copy);
    CLAIM((hr == S_OK) == (copy != NULL), "there is a copy after S_OK, and else NULL");
    if (copy)
    {
        CLAIM(1 <= copy->count && copy->count <= ATTRIBUTES, "the count is bounded");
        for (i = 0; i < copy->count; i++)
        {
            CLAIM(copy->attributes[i].size <= maxSoHAttributeSize, "each size is bounded");
            CLAIM(copy->attributes[i].size == 0 ||
                      __CPROVER_r_ok(copy->attributes[i].value, copy->attributes[i].size),
                  "each size is covered by a block of the copy");
        }
    }
    FreeSoH(copy);
    CLAIM(live_blocks == 0, "nothing is left");
}
