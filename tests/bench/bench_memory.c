/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What a pair of Alloc and Free costs: with the DLL, with the same contract written out in this
 * program, where the compiler sees through it, and with the bare calls of the COM task allocator,
 * which is the floor.
 *
 * Prints a table: tab-separated, nanoseconds for a pair, and the ratio of the DLL to the code written
 * out, with the goal for it.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "measure.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum
{
    TURNS = 20,
    CALLS = 2000
};

/* What is allocated goes through this, or the compiler would see that nobody looks at it. */
static void *volatile result;

static void *keep(void *block)
{
    result = block;
    return result;
}

static void connections_dll(void *argument)
{
    Connections *list;

    if (SUCCEEDED(AllocConnections(&list, *(const UINT16 *)argument)))
        FreeConnections(keep(list));
}

static HRESULT connections_alloc(Connections **connections, UINT16 count)
{
    const size_t shell = (count ? count : 1) * sizeof(Connections);
    const size_t array = count * sizeof(INapEnforcementClientConnection *);
    Connections *list;

    if (!connections)
        return E_INVALIDARG;
    *connections = NULL;
    if (!(list = CoTaskMemAlloc(shell)))
        return E_OUTOFMEMORY;
    memset(list, 0, shell);
    if (count)
    {
        if (!(list->connections = CoTaskMemAlloc(array)))
        {
            CoTaskMemFree(list);
            return E_OUTOFMEMORY;
        }
        memset(list->connections, 0, array);
        list->count = count;
    }
    *connections = list;
    return S_OK;
}

static void connections_free(Connections *list)
{
    UINT16 i;

    if (!list)
        return;
    for (i = 0; list->connections && i < list->count; i++)
    {
        if (list->connections[i])
            list->connections[i]->lpVtbl->Release(list->connections[i]);
    }
    CoTaskMemFree(list->connections);
    CoTaskMemFree(list);
}

static void connections_hand(void *argument)
{
    Connections *list;

    if (SUCCEEDED(connections_alloc(&list, *(const UINT16 *)argument)))
        connections_free(keep(list));
}

static void connections_floor(void *argument)
{
    const UINT16 count = *(const UINT16 *)argument;
    void *list = keep(CoTaskMemAlloc((count ? count : 1) * sizeof(Connections)));
    void *array = count ? keep(CoTaskMemAlloc(count * sizeof(void *))) : NULL;

    CoTaskMemFree(array);
    CoTaskMemFree(list);
}

static void fixup_dll(void *argument)
{
    FixupInfo *info;

    if (SUCCEEDED(AllocFixupInfo(&info, *(const UINT16 *)argument)))
        FreeFixupInfo(keep(info));
}

static HRESULT fixup_alloc(FixupInfo **fixup, UINT16 count)
{
    FixupInfo *info;

    if (!fixup)
        return E_INVALIDARG;
    *fixup = NULL;
    if (!(info = CoTaskMemAlloc(sizeof(*info))))
        return E_OUTOFMEMORY;
    memset(info, 0, sizeof(*info));
    if (count)
    {
        const size_t size = count * sizeof(*info->resultCodes.results);

        if (!(info->resultCodes.results = CoTaskMemAlloc(size)))
        {
            CoTaskMemFree(info);
            return E_OUTOFMEMORY;
        }
        memset(info->resultCodes.results, 0, size);
        info->resultCodes.count = count;
    }
    *fixup = info;
    return S_OK;
}

static void fixup_hand(void *argument)
{
    FixupInfo *info;

    if (FAILED(fixup_alloc(&info, *(const UINT16 *)argument)) || !(info = keep(info)))
        return;
    CoTaskMemFree(info->resultCodes.results);
    CoTaskMemFree(info);
}

static void fixup_floor(void *argument)
{
    void *info = keep(CoTaskMemAlloc(sizeof(FixupInfo)));
    void *codes = keep(CoTaskMemAlloc(*(const UINT16 *)argument * sizeof(HRESULT)));

    CoTaskMemFree(codes);
    CoTaskMemFree(info);
}

static void string_dll(void *argument)
{
    CountedString *string;

    if (SUCCEEDED(AllocCountedString(&string, argument)))
        FreeCountedString(keep(string));
}

static HRESULT string_alloc(CountedString **counted, const WCHAR *text)
{
    CountedString *string;
    size_t length = 0;

    if (!counted)
        return E_INVALIDARG;
    *counted = NULL;
    if (!text)
        return E_INVALIDARG;
    while (length <= UINT16_MAX && text[length])
        length++;
    if (length > UINT16_MAX)
        return E_INVALIDARG;
    if (!(string = CoTaskMemAlloc(sizeof(*string))))
        return E_OUTOFMEMORY;
    if (!(string->string = CoTaskMemAlloc((length + 1) * sizeof(*text))))
    {
        CoTaskMemFree(string);
        return E_OUTOFMEMORY;
    }
    memcpy(string->string, text, (length + 1) * sizeof(*text));
    string->length = (UINT16)length;
    *counted = string;
    return S_OK;
}

static void string_hand(void *argument)
{
    CountedString *string;

    if (FAILED(string_alloc(&string, argument)) || !(string = keep(string)))
        return;
    CoTaskMemFree(string->string);
    CoTaskMemFree(string);
}

static void string_floor(void *argument)
{
    void *string = keep(CoTaskMemAlloc(sizeof(CountedString)));
    void *text = keep(CoTaskMemAlloc(((size_t)lstrlenW(argument) + 1) * sizeof(WCHAR)));

    CoTaskMemFree(text);
    CoTaskMemFree(string);
}

static const WCHAR *text_of(unsigned length)
{
    static WCHAR text[257];
    unsigned i;

    for (i = 0; i < length; i++)
        text[i] = L'q';
    text[length] = 0;
    return text;
}

static void compare(const char *name, operation dll, operation hand, operation bare, void *argument,
                    const char *goal)
{
    const operation contestants[] = {dll, hand, bare};
    struct measurement got;

    measure(contestants, COUNT_OF(contestants), argument, TURNS, CALLS, &got);
    printf("%s\t%.0f\t%.0f\t%.0f\t%.3f\t%.3f\t%.3f\t%s\n", name, got.nanoseconds[0],
           got.nanoseconds[1], got.nanoseconds[2], got.ratio, got.least, got.greatest, goal);
    fflush(stdout);
}

int main(void)
{
    static UINT16 counts[] = {0, 1, 20};

    printf("pair of Alloc and Free\tqutil.dll ns\tby hand ns\tfloor "
           "ns\tratio\tleast\tgreatest\tgoal\n");
    compare("AllocConnections 0", connections_dll, connections_hand, connections_floor, &counts[0],
            "1.15");
    compare("AllocConnections 1", connections_dll, connections_hand, connections_floor, &counts[1],
            "1.15");
    compare("AllocConnections 20", connections_dll, connections_hand, connections_floor, &counts[2],
            "1.10");
    compare("AllocFixupInfo 20", fixup_dll, fixup_hand, fixup_floor, &counts[2], "none");
    compare("AllocCountedString 8", string_dll, string_hand, string_floor, (void *)text_of(8),
            "none");
    compare("AllocCountedString 256", string_dll, string_hand, string_floor, (void *)text_of(256),
            "none");
    return 0;
}
