/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about the functions over memory.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "describe.h"
#include "dll.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static bool is_zero(const void *block, size_t size)
{
    const unsigned char *bytes = block;

    while (size && !bytes[size - 1])
        size--;
    return !size;
}

static const char *zeroed(const void *block, size_t size)
{
    return !block ? "NULL" : is_zero(block, size) ? "zero" : "not zero";
}

/* The sizes of the blocks, in the order in which they were allocated. */
static void tell_blocks(const char *key)
{
    const char *text = "";
    unsigned i;

    for (i = 1; i <= allocations_taken(); i++)
        text = text_of("%s%s%lu", text, *text ? " " : "", (unsigned long)allocations_nth_size(i));
    fact(key, "blocks", "%s", text);
}

/* Which of the blocks were freed first, second, and so on. */
static void tell_freed(const char *key)
{
    const char *text = "";
    unsigned i;

    for (i = 1; i <= allocations_taken(); i++)
        text = text_of("%s%s%u", text, *text ? " " : "", allocations_nth_freed(i));
    fact(key, "freed", "%s", text);
}

static void connections_of(const char *key, UINT16 count)
{
    Connections *list = SENTINEL;
    HRESULT hr;

    allocations_begin(NULL);
    hr = AllocConnections(&list, count);
    fact(key, "result", "%s", code_of(hr));
    if (FAILED(hr))
    {
        fact(key, "out", "%s", state_of(list));
        return;
    }
    tell_blocks(key);
    fact(key, "count", "%u", list->count);
    fact(key, "array.zeroed", "%s", zeroed(list->connections, count * sizeof(void *)));
    fact(key, "behind.zeroed", "%s", zeroed(list + 1, allocations_size(list) - sizeof(*list)));
    FreeConnections(list);
    tell_freed(key);
}

static void tell_connections(const char *key, unsigned argument)
{
    static const UINT16 counts[] = {0, 1, 20, 21, 65535};
    char name[64];
    size_t i;

    (void)argument;
    for (i = 0; i < COUNT_OF(counts); i++)
    {
        snprintf(name, sizeof(name), "%s.%u", key, counts[i]);
        connections_of(name, counts[i]);
    }
}

static void fixup_of(const char *key, UINT16 count)
{
    FixupInfo *info = SENTINEL;
    HRESULT hr;

    allocations_begin(NULL);
    hr = AllocFixupInfo(&info, count);
    fact(key, "result", "%s", code_of(hr));
    if (FAILED(hr))
    {
        fact(key, "out", "%s", state_of(info));
        return;
    }
    tell_blocks(key);
    fact(key, "count", "%u", info->resultCodes.count);
    fact(key, "array.zeroed", "%s", zeroed(info->resultCodes.results, count * sizeof(HRESULT)));
    fact(key, "state", "%d", info->state);
    fact(key, "percentage", "%u", info->percentage);
    fact(key, "fixupMsgId", "%lu", (unsigned long)info->fixupMsgId);
    FreeFixupInfo(info);
    tell_freed(key);
}

static void tell_fixup(const char *key, unsigned argument)
{
    static const UINT16 counts[] = {0, 1, 1000, 1001, 65535};
    char name[64];
    size_t i;

    (void)argument;
    for (i = 0; i < COUNT_OF(counts); i++)
    {
        snprintf(name, sizeof(name), "%s.%u", key, counts[i]);
        fixup_of(name, counts[i]);
    }
}

/* Each in a process of its own: one that is too long for the field may be too much. */
static void tell_string(const char *key, unsigned length)
{
    static WCHAR string[65536 + 1];
    CountedString *counted = SENTINEL;
    HRESULT hr;
    unsigned i;

    for (i = 0; i < length; i++)
        string[i] = L'q';
    allocations_begin(NULL);
    hr = AllocCountedString(&counted, string);
    fact(key, "result", "%s", code_of(hr));
    if (FAILED(hr))
    {
        fact(key, "out", "%s", state_of(counted));
        return;
    }
    tell_blocks(key);
    fact(key, "length", "%u", counted->length);
    FreeCountedString(counted);
    tell_freed(key);
}

static void tell_out_of_memory(const char *key, unsigned nth)
{
    static const WCHAR string[] = L"q";
    const void *pointer = SENTINEL;
    HRESULT hr;

    allocations_begin(NULL);
    allocations_fail(nth);
    if (key[5] == 'F')
        hr = AllocFixupInfo((FixupInfo **)&pointer, 3);
    else if (key[6] == 'o' && key[7] == 'n')
        hr = AllocConnections((Connections **)&pointer, 3);
    else
        hr = AllocCountedString((CountedString **)&pointer, string);
    fact(key, "result", "%s", code_of(hr));
    fact(key, "out", "%s", state_of(pointer));
    fact(key, "left", "%u", allocations_live());
}

enum null_call
{
    CONNECTIONS_NULL,
    FIXUP_NULL,
    STRING_NULL,
    STRING_OUT_NULL,
    STRING_BOTH_NULL
};

static void tell_null(const char *key, unsigned argument)
{
    CountedString *counted = SENTINEL;
    HRESULT hr = E_UNEXPECTED;

    switch ((enum null_call)argument)
    {
    case CONNECTIONS_NULL:
        hr = AllocConnections(NULL, 1);
        break;
    case FIXUP_NULL:
        hr = AllocFixupInfo(NULL, 1);
        break;
    case STRING_NULL:
        hr = AllocCountedString(&counted, NULL);
        fact(key, "out", "%s", state_of(counted));
        break;
    case STRING_OUT_NULL:
        hr = AllocCountedString(NULL, L"q");
        break;
    case STRING_BOTH_NULL:
        hr = AllocCountedString(NULL, NULL);
        break;
    }
    fact(key, "result", "%s", code_of(hr));
}

/* All of them take a pointer, or a number and a pointer. */
static void tell_free_null(const char *key, unsigned argument)
{
    char name[64];
    FARPROC function;

    snprintf(name, sizeof(name), "%.*s", (int)(strchr(key, '.') - key), key);
    function = dll_export(name);
    if (argument == 2)
        ((void(WINAPI *)(ULONG, void *))(uintptr_t)function)(0, NULL);
    else
        ((void(WINAPI *)(void *))(uintptr_t)function)(NULL);
    fact(key, "", "returns");
}

static void tell_registration(const char *key, unsigned count)
{
    NapComponentRegistrationInfo *info;

    allocations_begin(NULL);
    info = CoTaskMemAlloc(2 * sizeof(*info));
    memset(info, 0, 2 * sizeof(*info));
    info[1].version.string = CoTaskMemAlloc(2);
    FreeNapComponentRegistrationInfoArray((UINT16)count, &info);
    fact(key, "pointer", "%s", info ? "unchanged" : "NULL");
    tell_freed(key);
}

#define FREE(name, arguments)                                                                      \
    {                                                                                              \
        name ".null", tell_free_null, arguments, name                                              \
    }

static const struct part parts[] = {
    {"AllocConnections", tell_connections, 0, "AllocConnections"},
    {"AllocFixupInfo", tell_fixup, 0, "AllocFixupInfo"},
    {"AllocCountedString.0", tell_string, 0, "AllocCountedString"},
    {"AllocCountedString.1", tell_string, 1, "AllocCountedString"},
    {"AllocCountedString.1024", tell_string, 1024, "AllocCountedString"},
    {"AllocCountedString.1025", tell_string, 1025, "AllocCountedString"},
    {"AllocCountedString.65535", tell_string, 65535, "AllocCountedString"},
    {"AllocCountedString.65536", tell_string, 65536, "AllocCountedString"},
    {"AllocConnections.out-of-memory-1", tell_out_of_memory, 1, "AllocConnections"},
    {"AllocConnections.out-of-memory-2", tell_out_of_memory, 2, "AllocConnections"},
    {"AllocFixupInfo.out-of-memory-1", tell_out_of_memory, 1, "AllocFixupInfo"},
    {"AllocFixupInfo.out-of-memory-2", tell_out_of_memory, 2, "AllocFixupInfo"},
    {"AllocCountedString.out-of-memory-1", tell_out_of_memory, 1, "AllocCountedString"},
    {"AllocCountedString.out-of-memory-2", tell_out_of_memory, 2, "AllocCountedString"},
    {"AllocConnections.null", tell_null, CONNECTIONS_NULL, "AllocConnections"},
    {"AllocFixupInfo.null", tell_null, FIXUP_NULL, "AllocFixupInfo"},
    {"AllocCountedString.null-string", tell_null, STRING_NULL, "AllocCountedString"},
    {"AllocCountedString.null-out", tell_null, STRING_OUT_NULL, "AllocCountedString"},
    {"AllocCountedString.null-both", tell_null, STRING_BOTH_NULL, "AllocCountedString"},
    FREE("FreeConnections", 1),
    FREE("FreeCountedString", 1),
    FREE("FreeFixupInfo", 1),
    FREE("FreeIsolationInfo", 1),
    FREE("FreeIsolationInfoEx", 1),
    FREE("FreeNapComponentRegistrationInfoArray", 2),
    FREE("FreeNetworkSoH", 1),
    FREE("FreePrivateData", 1),
    FREE("FreeSoH", 1),
    FREE("FreeSoHAttributeValue", 2),
    FREE("FreeSystemHealthAgentState", 1),
    {"FreeNapComponentRegistrationInfoArray.2", tell_registration, 2,
     "FreeNapComponentRegistrationInfoArray"},
};

const struct parts function_parts = {parts, COUNT_OF(parts)};
