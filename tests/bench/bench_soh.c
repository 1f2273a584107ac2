/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What an attribute costs in packets of 10 and of 100 attributes, and the ratio of the two.
 *
 * Each operation works through the same number of attributes, in as many packets as that takes, and
 * is timed in one go; making and freeing objects and results is not. The best of several runs
 * counts, since everything that disturbs a run makes it slower. Prints, tab-separated, nanoseconds
 * for an attribute of 100, the ratio, and no range and no goal.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

enum
{
    ATTRIBUTES = 10000, /* of one run */
    RUNS = 25,
    DATA = 32, /* bytes of vendor data in each attribute */
    MOST_PACKETS = ATTRIBUTES / 10
};

static INapSoHConstructor *constructors[MOST_PACKETS];
static INapSoHProcessor *processors[MOST_PACKETS];
static SoH *packets[MOST_PACKETS];
static SoHAttributeType types[ATTRIBUTES];
static SoHAttributeValue *values[ATTRIBUTES];

static void require(HRESULT hr)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "a call failed: 0x%08lx\n", (unsigned long)hr);
    exit(1);
}

static void *create(REFCLSID clsid, REFIID iid)
{
    typedef HRESULT(WINAPI * get_class_object_function)(REFCLSID, REFIID, void **);
    FARPROC function = GetProcAddress(GetModuleHandleA("qutil.dll"), "DllGetClassObject");
    IClassFactory *factory;
    void *object;

    require(((get_class_object_function)(uintptr_t)function)(clsid, &IID_IClassFactory,
                                                             (void **)&factory));
    require(IClassFactory_CreateInstance(factory, NULL, iid, &object));
    IClassFactory_Release(factory);
    return object;
}

static double now(void)
{
    LARGE_INTEGER counter, frequency;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return (double)counter.QuadPart * 1e9 / (double)frequency.QuadPart;
}

static void append_all(unsigned packet_count, unsigned length)
{
    static BYTE data[DATA];
    const SoHAttributeValue value = {.vendorSpecificVal = {1, sizeof(data), data}};
    unsigned i, j;

    for (i = 0; i < packet_count; i++)
    {
        require(INapSoHConstructor_Initialize(constructors[i], 1, TRUE));
        for (j = 1; j < length; j++)
            require(INapSoHConstructor_AppendAttribute(constructors[i],
                                                       sohAttributeTypeVendorSpecific, &value));
    }
}

static void get_all_packets(unsigned packet_count, unsigned length)
{
    unsigned i;

    (void)length;
    for (i = 0; i < packet_count; i++)
        require(INapSoHConstructor_GetSoH(constructors[i], &packets[i]));
}

static void initialize_all(unsigned packet_count, unsigned length)
{
    SystemHealthEntityId id;
    unsigned i;

    (void)length;
    for (i = 0; i < packet_count; i++)
        require(INapSoHProcessor_Initialize(processors[i], packets[i], TRUE, &id));
}

static void find_all(unsigned packet_count, unsigned length)
{
    unsigned i, found;
    UINT16 location;

    for (i = 0; i < packet_count; i++)
    {
        location = 0;
        found = 0;
        while (SUCCEEDED(INapSoHProcessor_FindNextAttribute(
            processors[i], location, sohAttributeTypeVendorSpecific, &location)))
        {
            location = (UINT16)(location + 1);
            found++;
        }
        require(found == length - 1 ? S_OK : E_FAIL);
    }
}

static void get_all_attributes(unsigned packet_count, unsigned length)
{
    unsigned i, j, next = 0;

    for (i = 0; i < packet_count; i++)
    {
        for (j = 0; j < length; j++, next++)
            require(INapSoHProcessor_GetAttribute(processors[i], (UINT16)j, &types[next],
                                                  &values[next]));
    }
}

static const struct
{
    const char *name;
    void (*call)(unsigned packet_count, unsigned length);
} operations[] = {
    {"AppendAttribute", append_all},
    {"GetSoH", get_all_packets},
    {"Initialize (processor)", initialize_all},
    {"FindNextAttribute", find_all},
    {"GetAttribute", get_all_attributes},
};

enum
{
    OPERATIONS = sizeof(operations) / sizeof(operations[0])
};

/* Keeps the best time of each operation, in nanoseconds per attribute. */
static void run(unsigned length, double best[OPERATIONS])
{
    const unsigned packet_count = ATTRIBUTES / length;
    double start, cost;
    unsigned i;

    for (i = 0; i < packet_count; i++)
    {
        constructors[i] = create(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor);
        processors[i] = create(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor);
    }

    for (i = 0; i < OPERATIONS; i++)
    {
        start = now();
        operations[i].call(packet_count, length);
        cost = (now() - start) / ATTRIBUTES;
        if (best[i] == 0 || cost < best[i])
            best[i] = cost;
    }
    for (i = 0; i < ATTRIBUTES; i++)
        FreeSoHAttributeValue(types[i], values[i]);
    for (i = 0; i < packet_count; i++)
    {
        FreeSoH(packets[i]);
        INapSoHProcessor_Release(processors[i]);
        INapSoHConstructor_Release(constructors[i]);
    }
}

int main(void)
{
    double short_packet[OPERATIONS] = {0}, long_packet[OPERATIONS] = {0};
    unsigned i;

    for (i = 0; i < RUNS; i++)
    {
        run(10, short_packet);
        run(100, long_packet);
    }
    for (i = 0; i < OPERATIONS; i++)
        printf("%s\t%.1f\t%.2f\t\t\tnone\n", operations[i].name, long_packet[i],
               long_packet[i] / short_packet[i]);
    return 0;
}
