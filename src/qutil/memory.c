/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Allocates and frees the structures that NAP components pass to each other.
 *
 * Callers take structures apart and free the parts themselves, so every pointer points to a
 * CoTaskMem block of its own. A structure is zeroed before it is filled, so that its Free function
 * can free it if an allocation fails half-way.
 *
 * FreeSoHAttributeValue is in soh_attribute.c, which knows the types of attributes.
 */
#include "qutil_private.h"

HRESULT WINAPI AllocConnections(Connections **connections, UINT16 connectionsCount)
{
    Connections *list;

    if (!connections)
        return E_INVALIDARG;
    *connections = NULL;

    /* Microsoft's documentation calls the result an array, so it is one. Only list[0] is filled. */
    if (!(list = alloc_zeroed(connectionsCount ? connectionsCount : 1, sizeof(*list))))
        return E_OUTOFMEMORY;
    /* For a count of 0 list->connections stays NULL: Microsoft's sample then sets it itself. */
    if (connectionsCount)
    {
        /* Sizeof a pointer is meant. NOLINTNEXTLINE(bugprone-sizeof-expression) */
        if (!(list->connections = alloc_zeroed(connectionsCount, sizeof(*list->connections))))
        {
            FreeConnections(list);
            return E_OUTOFMEMORY;
        }
        list->count = connectionsCount;
    }

    *connections = list;
    return S_OK;
}

VOID WINAPI FreeConnections(Connections *connections)
{
    UINT16 i;

    if (!connections)
        return;
    for (i = 0; connections->connections && i < connections->count; i++)
    {
        if (connections->connections[i])
            INapEnforcementClientConnection_Release(connections->connections[i]);
    }
    CoTaskMemFree(connections->connections);
    CoTaskMemFree(connections);
}

/* Returns the length in characters, or limit if the string is at least that long. */
static size_t bounded_length(const WCHAR *string, size_t limit)
{
    size_t length = 0;

    while (length < limit && string[length])
        length++;
    return length;
}

HRESULT WINAPI AllocCountedString(CountedString **countedString, const WCHAR *string)
{
    CountedString *counted;
    size_t length;

    if (!countedString)
        return E_INVALIDARG;
    *countedString = NULL;
    if (!string)
        return E_INVALIDARG;
    if ((length = bounded_length(string, (size_t)UINT16_MAX + 1)) > UINT16_MAX)
        return E_INVALIDARG;

    if (!(counted = alloc_zeroed(1, sizeof(*counted))))
        return E_OUTOFMEMORY;
    if (!(counted->string = CoTaskMemAlloc((length + 1) * sizeof(*string))))
    {
        FreeCountedString(counted);
        return E_OUTOFMEMORY;
    }
    memcpy(counted->string, string, length * sizeof(*string));
    counted->string[length] = 0;
    counted->length = (UINT16)length;

    *countedString = counted;
    return S_OK;
}

static void clear_counted_string(CountedString *string)
{
    CoTaskMemFree(string->string);
}

VOID WINAPI FreeCountedString(CountedString *countedString)
{
    if (!countedString)
        return;
    clear_counted_string(countedString);
    CoTaskMemFree(countedString);
}

HRESULT WINAPI AllocFixupInfo(FixupInfo **fixupInfo, UINT16 countResultCodes)
{
    FixupInfo *info;
    ResultCodes *codes;

    if (!fixupInfo)
        return E_INVALIDARG;
    *fixupInfo = NULL;

    if (!(info = alloc_zeroed(1, sizeof(*info))))
        return E_OUTOFMEMORY;
    codes = &info->resultCodes;
    if (countResultCodes)
    {
        if (!(codes->results = alloc_zeroed(countResultCodes, sizeof(*codes->results))))
        {
            FreeFixupInfo(info);
            return E_OUTOFMEMORY;
        }
        codes->count = countResultCodes;
    }

    *fixupInfo = info;
    return S_OK;
}

static void clear_result_codes(ResultCodes *codes)
{
    CoTaskMemFree(codes->results);
}

static void clear_fixup_info(FixupInfo *info)
{
    clear_result_codes(&info->resultCodes);
}

VOID WINAPI FreeFixupInfo(FixupInfo *fixupInfo)
{
    if (!fixupInfo)
        return;
    clear_fixup_info(fixupInfo);
    CoTaskMemFree(fixupInfo);
}

VOID WINAPI FreeIsolationInfo(IsolationInfo *isolationInfo)
{
    if (!isolationInfo)
        return;
    clear_counted_string(&isolationInfo->failureUrl);
    CoTaskMemFree(isolationInfo);
}

VOID WINAPI FreeIsolationInfoEx(IsolationInfoEx *isolationInfo)
{
    if (!isolationInfo)
        return;
    clear_counted_string(&isolationInfo->failureUrl);
    CoTaskMemFree(isolationInfo);
}

VOID WINAPI FreeSoH(SoH *soh)
{
    UINT16 i;

    if (!soh)
        return;
    for (i = 0; soh->attributes && i < soh->count; i++)
        CoTaskMemFree(soh->attributes[i].value);
    CoTaskMemFree(soh->attributes);
    CoTaskMemFree(soh);
}

VOID WINAPI FreeNetworkSoH(NetworkSoH *networkSoh)
{
    if (!networkSoh)
        return;
    CoTaskMemFree(networkSoh->data);
    CoTaskMemFree(networkSoh);
}

VOID WINAPI FreePrivateData(PrivateData *privateData)
{
    if (!privateData)
        return;
    CoTaskMemFree(privateData->data);
    CoTaskMemFree(privateData);
}

static void clear_registration_info(NapComponentRegistrationInfo *info)
{
    clear_counted_string(&info->friendlyName);
    clear_counted_string(&info->description);
    clear_counted_string(&info->version);
    clear_counted_string(&info->vendorName);
}

VOID WINAPI FreeNapComponentRegistrationInfoArray(UINT16 count, NapComponentRegistrationInfo **info)
{
    UINT16 i;

    if (!info || !*info)
        return;
    for (i = 0; i < count; i++)
        clear_registration_info(&(*info)[i]);
    CoTaskMemFree(*info);
    *info = NULL;
}

VOID WINAPI FreeSystemHealthAgentState(SystemHealthAgentState *state)
{
    if (!state)
        return;
    clear_result_codes(&state->shaResultCodes);
    clear_fixup_info(&state->fixupInfo);
    CoTaskMemFree(state);
}
