/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Proofs of the Alloc functions, and of the Free functions that have loops. An Alloc function
 * allocates a complete structure, and its Free function frees all of it; or it fails, returns NULL
 * and leaves nothing allocated. prove_memory.sed has the invariants of the loops.
 */
#include "task_memory_model.h"

/* The invariants use these. */
static size_t watched;    /* index of any one character of the string, or element of the array */
static size_t terminator; /* index of a terminator of the string, if it has one */
static size_t freed;      /* pointers in the array that were freed or released */
static size_t watched_freed;
static bool is_watched; /* whether the watched connection has to be released */

/* An array whose pointers are any numbers: they are counted, and not freed. */
static const void *array;
static const void *watched_place; /* of one of the pointers */

static void model_free(const void *place, void *block)
{
    if (!__CPROVER_same_object(place, array))
    {
        CoTaskMemFree(block);
        return;
    }
    freed++;
    watched_freed += place == watched_place;
}

static void model_release(INapEnforcementClientConnection **place)
{
    CLAIM(__CPROVER_same_object(place, array) && *place, "what is released is in the list");
    model_free(place, *place);
}

/* The models get the address of a pointer too, which tells the pointers in an array apart. */
#define CoTaskMemFree(block) model_free(&(block), block)
#undef INapEnforcementClientConnection_Release
#define INapEnforcementClientConnection_Release(connection) model_release(&(connection))
#include "memory.c"

static void begin(void)
{
    live_blocks = freed = watched_freed = 0;
    is_watched = false;
    array = watched_place = NULL;
    watched = nondet_size();
}

#define LONGEST 100000 /* characters of a string: more than the function reads */

/* Claims about the result, the out parameter and the blocks, which all Alloc functions meet. */
static void claim_outcome(HRESULT hr, const void *out)
{
    CLAIM(hr == S_OK || hr == E_INVALIDARG || hr == E_OUTOFMEMORY, "the result is documented");
    CLAIM((hr == S_OK) == (out != NULL), "there is a structure after S_OK, and else NULL");
    CLAIM(hr == S_OK || live_blocks == 0, "after an error nothing is left allocated");
}

/* For any count, and any failed allocations. */
void prove_AllocConnections(void)
{
    const UINT16 count = nondet_uint16(), other = nondet_uint16();
    Connections *list;

    begin();
    CLAIM(AllocConnections(NULL, count) == E_INVALIDARG, "NULL is refused");
    claim_outcome(AllocConnections(&list, count), list);
    if (!list)
        return;
    CLAIM(list->count == count, "the count is the caller's");
    CLAIM((list->connections == NULL) == (count == 0), "there is an array if there is a count");
    if (other < count)
    {
        CLAIM(list->connections[other] == NULL, "each connection is NULL");
        CLAIM(other == 0 || (list[other].count == 0 && list[other].connections == NULL),
              "the block has room for as many structures, zero after the first");
    }
    FreeConnections(list);
    CLAIM(live_blocks == 0, "FreeConnections frees all of it");
}

/* For any string of up to 100,000 characters, and any failed allocations. */
void prove_AllocCountedString(void)
{
    const size_t room = nondet_size();
    WCHAR *string = any_block_or_null(room * sizeof(*string));
    CountedString *counted;
    HRESULT hr;

    begin();
    terminator = nondet_size();
    GIVEN(room <= LONGEST && watched < room);
    /* The string is terminated, or it is so long that the function does not read to its end. */
    if (string && terminator < room)
        string[terminator] = 0;
    else
        GIVEN(room > UINT16_MAX);

    CLAIM(AllocCountedString(NULL, string) == E_INVALIDARG, "NULL is refused");
    hr = AllocCountedString(&counted, string);
    claim_outcome(hr, counted);
    if (hr == E_INVALIDARG && string)
    {
        CLAIM(terminator > UINT16_MAX, "only what is not terminated in time is refused");
        CLAIM(watched > UINT16_MAX || string[watched] != 0,
              "only what is not terminated in time is refused");
    }
    if (FAILED(hr))
        return;
    CLAIM(string[counted->length] == 0, "the length is that of a terminated string");
    if (watched < counted->length)
        CLAIM(string[watched] != 0, "which ends at its first terminator");
    if (watched <= counted->length)
        CLAIM(counted->string[watched] == string[watched], "each character is the string's");
    FreeCountedString(counted);
    CLAIM(live_blocks == 0, "FreeCountedString frees all of it");
}

/* For any count, and any failed allocations. */
void prove_AllocFixupInfo(void)
{
    const UINT16 count = nondet_uint16(), other = nondet_uint16();
    FixupInfo *info;

    begin();
    CLAIM(AllocFixupInfo(NULL, count) == E_INVALIDARG, "NULL is refused");
    claim_outcome(AllocFixupInfo(&info, count), info);
    if (!info)
        return;
    CLAIM(info->state == 0 && info->percentage == 0 && info->fixupMsgId == 0, "all is zero");
    CLAIM(info->resultCodes.count == count, "the count is the caller's");
    CLAIM((info->resultCodes.results == NULL) == (count == 0),
          "there is an array if there is a count");
    if (other < count)
        CLAIM(info->resultCodes.results[other] == 0, "each result is zero");
    FreeFixupInfo(info);
    CLAIM(live_blocks == 0, "FreeFixupInfo frees all of it");
}

/* For any count, and any pattern of NULL pointers. */
void prove_FreeConnections(void)
{
    Connections *list;

    begin();
    list = CoTaskMemAlloc(sizeof(*list));
    GIVEN(list != NULL);
    array = list->connections = CoTaskMemAlloc(list->count * sizeof(*list->connections));
    if (list->connections && watched < list->count)
    {
        watched_place = &list->connections[watched];
        is_watched = list->connections[watched] != NULL;
    }

    FreeConnections(list);
    FreeConnections(NULL);
    CLAIM(watched_freed == is_watched, "each is released once");
    CLAIM(live_blocks == 0, "all of it is freed");
}

/* For any count, and any pattern of NULL pointers. */
void prove_FreeSoH(void)
{
    UINT16 count;
    SoH *soh;

    begin();
    soh = CoTaskMemAlloc(sizeof(*soh));
    GIVEN(soh != NULL);
    array = soh->attributes = CoTaskMemAlloc(soh->count * sizeof(*soh->attributes));
    count = soh->attributes ? soh->count : 0;
    if (watched < count)
        watched_place = &soh->attributes[watched].value;

    FreeSoH(soh);
    FreeSoH(NULL);
    CLAIM(freed == count && watched_freed == (watched < count), "each value is freed once");
    CLAIM(live_blocks == 0, "all of it is freed");
}

/* For any count, and any pattern of NULL pointers. */
void prove_FreeNapComponentRegistrationInfoArray(void)
{
    static const size_t strings[] = {offsetof(NapComponentRegistrationInfo, friendlyName.string),
                                     offsetof(NapComponentRegistrationInfo, description.string),
                                     offsetof(NapComponentRegistrationInfo, version.string),
                                     offsetof(NapComponentRegistrationInfo, vendorName.string)};
    const UINT16 any_count = nondet_uint16();
    NapComponentRegistrationInfo *components;
    size_t count;

    begin();
    array = components = CoTaskMemAlloc(any_count * sizeof(*components));
    count = components ? any_count : 0;
    if (watched < count)
        watched_place = (BYTE *)&components[watched] + strings[nondet_size() % ARRAYSIZE(strings)];

    FreeNapComponentRegistrationInfoArray(any_count, &components);
    FreeNapComponentRegistrationInfoArray(any_count, NULL);
    CLAIM(components == NULL, "the pointer is NULL afterwards");
    CLAIM(freed == count * ARRAYSIZE(strings), "as many strings are freed as there are");
    CLAIM(watched_freed == (watched < count), "each string is freed once");
    CLAIM(live_blocks == 0, "all of it is freed");
}
