/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Proofs of the Alloc functions. An Alloc function allocates a complete structure, and its Free
 * function frees all of it; or it fails, returns NULL and leaves nothing allocated.
 * prove_memory.sed has the invariants of the loops.
 */
#include "task_memory_model.h"

/* Indices that the invariants use. */
static size_t watched;    /* of any one character of the string */
static size_t terminator; /* of a terminator of the string, if it has one */

/* No list in these proofs has a connection to release. */
#undef INapEnforcementClientConnection_Release
#define INapEnforcementClientConnection_Release(connection) CLAIM(false, "nothing is released")
#include "memory.c"

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

    live_blocks = 0;
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

    live_blocks = 0;
    watched = nondet_size();
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

    live_blocks = 0;
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
