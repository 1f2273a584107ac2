/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The Free functions of arrays: every count, every pattern of NULL pointers. CoTaskMemFree gets each
 * pointer once, and the arrays after what is in them. prove_memory_lists.sed has the invariants.
 *
 * CoTaskMemFree frees nothing in here. It claims that it gets the pointers in one order, which is no
 * promise of the functions, but easier to say than "each one once".
 */
#include "proof.h"
#include "qutil_private.h"

/* The pointers in their order: what is expected next is part number part of element number at. */
static size_t at, part;

static SoH *soh;
static SoHAttribute *attributes;
static NapComponentRegistrationInfo *components;
static void *strings[4]; /* of the watched one */
static UINT16 count;

static Connections *list;
static INapEnforcementClientConnection **connections;
static size_t watched, releases; /* an element of connections, and how often it was released */

static void claim_component(const void *block)
{
    if (at < count)
    {
        CLAIM(at != watched || block == strings[part], "each string is freed");
        part = part < 3 ? part + 1 : 0;
        at += part == 0;
        return;
    }
    CLAIM(at == count && block == components, "then the array");
    at++;
}

static void claim_attribute(const void *block)
{
    const size_t values = attributes ? count : 0;

    if (at < values)
        CLAIM(block == attributes[at].value, "each value is freed");
    else if (at == values)
        CLAIM(block == attributes, "then the array");
    else
        CLAIM(at == values + 1 && block == soh, "then the structure");
    at++;
}

static void claim_connection(const void *block)
{
    if (at == 0)
        CLAIM(block == connections, "the array is freed");
    else
        CLAIM(at == 1 && block == list, "then the structure");
    at++;
}

static void claim_release(INapEnforcementClientConnection **element)
{
    CLAIM(at == 0, "nothing is freed yet");
    CLAIM(element >= connections && element < connections + count && *element,
          "what is released is in the list");
    releases += (size_t)(element - connections) == watched;
}

void WINAPI CoTaskMemFree(LPVOID block)
{
    if (list)
        claim_connection(block);
    else if (components)
        claim_component(block);
    else
        claim_attribute(block);
}

/* The caller names an element of the list, not only what is in it. */
#undef INapEnforcementClientConnection_Release
#define INapEnforcementClientConnection_Release(element) claim_release(&(element))
#include "memory.c"

void prove_FreeSoH(void)
{
    at = 0;
    components = NULL;
    list = NULL;
    count = nondet_uint16();
    attributes = any_block_or_null(count * sizeof(*attributes));
    soh = any_block(sizeof(*soh));
    soh->count = count;
    soh->attributes = attributes;

    FreeSoH(soh);
    CLAIM(at == (attributes ? count : 0) + (size_t)2, "all of them are freed");
    FreeSoH(NULL);
    CLAIM(at == (attributes ? count : 0) + (size_t)2, "NULL is nothing to free");
}

void prove_FreeNapComponentRegistrationInfoArray(void)
{
    NapComponentRegistrationInfo *array;

    at = 0;
    part = 0;
    list = NULL;
    count = nondet_uint16();
    components = any_block(count * sizeof(*components));
    array = components;
    watched = nondet_size();
    if (watched < count)
    {
        strings[0] = components[watched].friendlyName.string;
        strings[1] = components[watched].description.string;
        strings[2] = components[watched].version.string;
        strings[3] = components[watched].vendorName.string;
    }

    FreeNapComponentRegistrationInfoArray(count, &array);
    CLAIM(array == NULL, "the pointer is NULL afterwards");
    CLAIM(at == count + (size_t)1, "all of them are freed");
    FreeNapComponentRegistrationInfoArray(count, &array);
    FreeNapComponentRegistrationInfoArray(count, NULL);
    CLAIM(at == count + (size_t)1, "NULL is nothing to free");
}

void prove_FreeConnections(void)
{
    at = 0;
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
    CLAIM(at == 2, "the array and the structure are freed");
    FreeConnections(NULL);
    CLAIM(at == 2, "NULL is nothing to free");
}
