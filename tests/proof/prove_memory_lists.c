/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Proofs of the Free functions that have loops. They pass each pointer to CoTaskMemFree once, and
 * an array after its elements. prove_memory_lists.sed has the invariants of the loops.
 *
 * The model of CoTaskMemFree frees nothing. It claims that it gets the pointers in a fixed order.
 * The functions do not promise that order, but it is easier to state than "each pointer once".
 */
#include "proof.h"
#include "qutil_private.h"

static size_t freed; /* number of pointers that CoTaskMemFree got */
static UINT16 count;
static size_t watched; /* index of any one element of the array */

static SoH *soh;
static SoHAttribute *attributes;
static NapComponentRegistrationInfo *components;

static Connections *list;
static INapEnforcementClientConnection **connections;
static size_t releases; /* of the watched connection */

static void claim_component(const void *place, const void *block)
{
    static const size_t strings[] = {offsetof(NapComponentRegistrationInfo, friendlyName.string),
                                     offsetof(NapComponentRegistrationInfo, description.string),
                                     offsetof(NapComponentRegistrationInfo, version.string),
                                     offsetof(NapComponentRegistrationInfo, vendorName.string)};

    if (freed == count * ARRAYSIZE(strings))
        CLAIM(block == components, "then the array");
    else if (freed / ARRAYSIZE(strings) == watched)
        CLAIM(place == (BYTE *)&components[watched] + strings[freed % ARRAYSIZE(strings)],
              "each string is freed");
}

static void claim_attribute(const void *place, const void *block)
{
    const size_t values = attributes ? count : 0;

    if (freed < values)
        CLAIM(place == &attributes[freed].value, "each value is freed");
    else if (freed == values)
        CLAIM(block == attributes, "then the array");
    else
        CLAIM(block == soh, "then the structure");
}

static void claim_connection(const void *block)
{
    if (freed == 0)
        CLAIM(block == connections, "the array is freed");
    else
        CLAIM(block == list, "then the structure");
}

static void claim_freed(const void *place, const void *block)
{
    if (list)
        claim_connection(block);
    else if (components)
        claim_component(place, block);
    else
        claim_attribute(place, block);
    freed++;
}

static void claim_released(INapEnforcementClientConnection **place)
{
    CLAIM(freed == 0, "nothing is freed yet");
    CLAIM(place >= connections && place < connections + count && *place,
          "what is released is in the list");
    releases += (size_t)(place - connections) == watched;
}

/* The model gets the address of the pointer too, which tells the elements of an array apart. */
#define CoTaskMemFree(block) claim_freed(&(block), block)
#undef INapEnforcementClientConnection_Release
#define INapEnforcementClientConnection_Release(connection) claim_released(&(connection))
#include "memory.c"

/* For any count, and any pattern of NULL pointers. */
void prove_FreeSoH(void)
{
    freed = 0;
    components = NULL;
    list = NULL;
    count = nondet_uint16();
    attributes = any_block_or_null(count * sizeof(*attributes));
    soh = any_block(sizeof(*soh));
    soh->count = count;
    soh->attributes = attributes;

    FreeSoH(soh);
    CLAIM(freed == (attributes ? count : 0) + (size_t)2, "all of them are freed");
    FreeSoH(NULL);
    CLAIM(freed == (attributes ? count : 0) + (size_t)2, "NULL is nothing to free");
}

/* For any count, and any pattern of NULL pointers. */
void prove_FreeNapComponentRegistrationInfoArray(void)
{
    NapComponentRegistrationInfo *array;

    freed = 0;
    list = NULL;
    count = nondet_uint16();
    watched = nondet_size();
    GIVEN(watched < count || count == 0);
    components = any_block(count * sizeof(*components));
    array = components;

    FreeNapComponentRegistrationInfoArray(count, &array);
    CLAIM(array == NULL, "the pointer is NULL afterwards");
    CLAIM(freed == count * (size_t)4 + 1, "all of them are freed");
    FreeNapComponentRegistrationInfoArray(count, &array);
    FreeNapComponentRegistrationInfoArray(count, NULL);
    CLAIM(freed == count * (size_t)4 + 1, "NULL is nothing to free");
}

/* For any count, and any pattern of NULL pointers. */
void prove_FreeConnections(void)
{
    freed = 0;
    releases = 0;
    count = nondet_uint16();
    watched = nondet_size();
    connections = any_block_or_null(count * sizeof(*connections));
    list = any_block(sizeof(*list));
    list->count = count;
    list->connections = connections;

    FreeConnections(list);
    if (watched < count)
        CLAIM(releases == (connections && connections[watched]), "each is released once");
    CLAIM(freed == 2, "the array and the structure are freed");
    FreeConnections(NULL);
    CLAIM(freed == 2, "NULL is nothing to free");
}
