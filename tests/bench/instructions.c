/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Native: calls an operation as often as it is told, for callgrind to count instructions. The task
 * allocator and the critical sections are as little as they can be, so that what is counted is our
 * code, and does not depend on the machine.
 *
 *   instructions               prints the names of the operations
 *   instructions NAME CALLS    calls one
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum
{
    ARENA = 64 * 1024 * 1024
};

static unsigned char arena[ARENA] __attribute__((aligned(16)));
static size_t used;

LPVOID WINAPI CoTaskMemAlloc(SIZE_T size)
{
    void *block = arena + used;

    used += (size + 15) & ~(size_t)15;
    if (used > sizeof(arena))
        abort();
    return block;
}

void WINAPI CoTaskMemFree(LPVOID block)
{
    (void)block;
}

static WCHAR text[256 + 1];
static INapSoHConstructor *constructor;
static INapSoHProcessor *processor;
static SoH *packet;

static void require(HRESULT hr)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "a call failed: 0x%08x\n", (unsigned)hr);
    exit(1);
}

static void *create(REFCLSID clsid, REFIID iid)
{
    IClassFactory *factory;
    void *object;

    require(DllGetClassObject(clsid, &IID_IClassFactory, (void **)&factory));
    require(IClassFactory_CreateInstance(factory, NULL, iid, &object));
    IClassFactory_Release(factory);
    return object;
}

static void connections(UINT16 count)
{
    Connections *list;

    require(AllocConnections(&list, count));
    FreeConnections(list);
}

static void fixup(UINT16 count)
{
    FixupInfo *info;

    require(AllocFixupInfo(&info, count));
    FreeFixupInfo(info);
}

static void string(UINT16 length)
{
    CountedString *counted;

    require(AllocCountedString(&counted, text + COUNT_OF(text) - 1 - length));
    FreeCountedString(counted);
}

static void make_constructor(UINT16 count)
{
    static BYTE data[32];
    static const SoHAttributeValue value = {.vendorSpecificVal = {1, sizeof(data), data}};
    unsigned i;

    constructor = create(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor);
    require(INapSoHConstructor_Initialize(constructor, 1, TRUE));
    for (i = 1; i < count; i++)
        require(INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeVendorSpecific,
                                                   &value));
}

static void new_constructor(UINT16 count)
{
    make_constructor(count);
    INapSoHConstructor_Release(constructor);
}

static void get_soh(UINT16 unused)
{
    SoH *soh;

    (void)unused;
    require(INapSoHConstructor_GetSoH(constructor, &soh));
    FreeSoH(soh);
}

static void make_processor(void)
{
    SystemHealthEntityId id;

    processor = create(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor);
    require(INapSoHProcessor_Initialize(processor, packet, TRUE, &id));
}

static void new_processor(UINT16 unused)
{
    (void)unused;
    make_processor();
    INapSoHProcessor_Release(processor);
}

static void find(UINT16 from)
{
    UINT16 location;

    require(INapSoHProcessor_FindNextAttribute(processor, from, sohAttributeTypeVendorSpecific,
                                               &location));
}

static void get(UINT16 location)
{
    SoHAttributeType type;
    SoHAttributeValue *value;

    require(INapSoHProcessor_GetAttribute(processor, location, &type, &value));
    FreeSoHAttributeValue(type, value);
}

static const struct row
{
    const char *name;
    void (*call)(UINT16 argument);
    UINT16 argument;
    UINT16 attributes; /* of the packet, with the id */
} rows[] = {
    {"AllocConnections-0", connections, 0, 1},
    {"AllocConnections-1", connections, 1, 1},
    {"AllocConnections-20", connections, 20, 1},
    {"AllocFixupInfo-20", fixup, 20, 1},
    {"AllocCountedString-8", string, 8, 1},
    {"AllocCountedString-256", string, 256, 1},
    {"NapSoHConstructor-10", new_constructor, 10, 10},
    {"NapSoHConstructor-100", new_constructor, 100, 100},
    {"GetSoH-10", get_soh, 0, 10},
    {"GetSoH-100", get_soh, 0, 100},
    {"NapSoHProcessor-10", new_processor, 0, 10},
    {"NapSoHProcessor-100", new_processor, 0, 100},
    {"FindNextAttribute", find, 0, 10},
    {"FindNextAttribute-100", find, 98, 100},
    {"GetAttribute", get, 9, 10},
    {"GetAttribute-100", get, 99, 100},
};

int main(int argc, char **argv)
{
    const struct row *row = rows;
    size_t i;
    long calls;

    if (argc != 3)
    {
        for (i = 0; i < COUNT_OF(rows); i++)
            printf("%s\n", rows[i].name);
        return 0;
    }
    while (strcmp(row->name, argv[1]) != 0)
    {
        if (++row == rows + COUNT_OF(rows))
            return 2;
    }
    for (i = 0; i < COUNT_OF(text) - 1; i++)
        text[i] = 'q';
    make_constructor(row->attributes);
    require(INapSoHConstructor_GetSoH(constructor, &packet));
    make_processor();
    for (calls = strtol(argv[2], NULL, 10); calls > 0; calls--)
        row->call(row->argument);
    return 0;
}
