/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Fuzz target: the two classes, one after the other. The input is a packet as the network has it,
 * as in fuzz_soh_validate.c. It goes to a processor as it is; and its bytes are taken for values,
 * which a constructor is given, whose packet goes through a processor into a second constructor.
 */
#include "soh_fuzz.h"

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

STDAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out);
STDAPI DllCanUnloadNow(void);

enum
{
    MOST = maxSoHAttributeCount + 2 /* enough to go over the limit */
};

/* What the classes need of Windows. There is one thread: a critical section has nothing to do. */
LPVOID WINAPI CoTaskMemAlloc(SIZE_T size)
{
    return malloc(size);
}

void WINAPI CoTaskMemFree(LPVOID block)
{
    free(block);
}

static void *create(REFCLSID clsid, REFIID iid)
{
    IClassFactory *factory;
    void *object;

    CHECK(DllGetClassObject(clsid, &IID_IClassFactory, (void **)&factory) == S_OK);
    CHECK(IClassFactory_CreateInstance(factory, NULL, iid, &object) == S_OK);
    IClassFactory_Release(factory);
    return object;
}

static INapSoHConstructor *create_constructor(SystemHealthEntityId id)
{
    INapSoHConstructor *constructor = create(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor);

    CHECK(INapSoHConstructor_Initialize(constructor, id, TRUE) == S_OK);
    return constructor;
}

static SoH read_packet(const uint8_t *data, size_t size)
{
    SoH soh = {0, allocate_exactly(MOST * sizeof(*soh.attributes))};
    struct soh_attribute attribute;

    while (soh.count < MOST && read_attribute(&attribute, &data, &size))
    {
        soh.attributes[soh.count].type = attribute.type;
        soh.attributes[soh.count].size = attribute.size;
        soh.attributes[soh.count].value = (BYTE *)attribute.value;
        soh.count++;
    }
    return soh;
}

/* The bytes of an attribute as a value: in a number as they are, in a list as many as they fill. */
static SoHAttributeValue value_of(const SoHAttribute *attribute)
{
    const size_t size = attribute->value ? attribute->size : 0;
    SoHAttributeValue value;

    memset(&value, 0, sizeof(value));
    switch (soh_kind_of(attribute->type))
    {
    case SOH_KIND_IPV4:
        value.v4AddressesVal.count = (UINT16)(attribute->size / sizeof(Ipv4Address));
        value.v4AddressesVal.addresses = (Ipv4Address *)attribute->value;
        break;
    case SOH_KIND_IPV6:
        value.v6AddressesVal.count = (UINT16)(attribute->size / sizeof(Ipv6Address));
        value.v6AddressesVal.addresses = (Ipv6Address *)attribute->value;
        break;
    case SOH_KIND_CODES:
        value.codesVal.count = (UINT16)(attribute->size / sizeof(HRESULT));
        value.codesVal.results = (HRESULT *)(void *)attribute->value;
        break;
    case SOH_KIND_VENDOR:
        value.vendorSpecificVal.vendorId = attribute->size;
        value.vendorSpecificVal.size = attribute->size;
        value.vendorSpecificVal.vendorSpecificData = attribute->value;
        break;
    case SOH_KIND_OCTETS:
        value.octetStringVal.size = attribute->size;
        value.octetStringVal.data = attribute->value;
        break;
    default:
        if (size != 0)
            memcpy(&value, attribute->value, size < sizeof(FILETIME) ? size : sizeof(FILETIME));
        break;
    }
    return value;
}

/* A packet that a processor takes gives each of its attributes, to be freed as any other. */
static void read_all(INapSoHProcessor *processor, INapSoHConstructor *constructor, UINT16 expected)
{
    UINT16 i, count, found;

    CHECK(INapSoHProcessor_GetNumberOfAttributes(processor, &count) == S_OK && count == expected);
    for (i = 0; i < count; ++i)
    {
        SoHAttributeType type;
        SoHAttributeValue *value;

        CHECK(INapSoHProcessor_GetAttribute(processor, i, &type, &value) == S_OK);
        CHECK(INapSoHProcessor_FindNextAttribute(processor, i, type, &found) == S_OK && found == i);
        if (i != 0)
            CHECK(INapSoHConstructor_AppendAttribute(constructor, type, value) == S_OK);
        FreeSoHAttributeValue(type, value);
    }
    CHECK(INapSoHProcessor_FindNextAttribute(processor, count, 2, &found) ==
          HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
}

/* What a constructor builds from a processor's values has the bytes of the processor's packet. */
static void check_round_trip(const SoH *soh, BOOL is_request)
{
    INapSoHProcessor *processor = create(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor);
    INapSoHConstructor *constructor;
    SystemHealthEntityId id = 1;
    SoH *copy;
    HRESULT hr;
    UINT16 i;

    hr = INapSoHProcessor_Initialize(processor, soh, is_request, &id);
    CHECK(hr == S_OK || (hr == NAP_E_INVALID_PACKET && id == 0));
    constructor = create_constructor(id);
    CHECK(INapSoHConstructor_Validate(constructor, soh, is_request) == hr);
    if (hr == S_OK)
    {
        read_all(processor, constructor, soh->count);
        CHECK(INapSoHConstructor_GetSoH(constructor, &copy) == S_OK && copy->count == soh->count);
        for (i = 0; i < copy->count; ++i)
        {
            const SoHAttribute *left = &copy->attributes[i], *right = &soh->attributes[i];

            CHECK(left->type == right->type && left->size == right->size);
            CHECK(left->size == 0 || memcmp(left->value, right->value, left->size) == 0);
        }
        FreeSoH(copy);
    }
    INapSoHConstructor_Release(constructor);
    INapSoHProcessor_Release(processor);
}

static void check_values(const SoH *soh)
{
    INapSoHConstructor *constructor = create_constructor(0x000137F0);
    UINT16 i, accepted = 1;
    SoH *built;

    for (i = 0; i < soh->count; ++i)
    {
        const SoHAttributeValue value = value_of(&soh->attributes[i]);
        const HRESULT hr = INapSoHConstructor_AppendAttribute(
            constructor, (SoHAttributeType)soh->attributes[i].type, &value);

        CHECK(hr == S_OK || hr == E_INVALIDARG ||
              (hr == NAP_E_INVALID_PACKET && accepted == maxSoHAttributeCount));
        accepted = (UINT16)(accepted + (hr == S_OK));
    }
    CHECK(INapSoHConstructor_GetSoH(constructor, &built) == S_OK && built->count == accepted);
    CHECK(INapSoHConstructor_Validate(constructor, built, TRUE) == S_OK);
    INapSoHConstructor_Release(constructor);
    check_round_trip(built, TRUE);
    check_round_trip(built, FALSE);
    FreeSoH(built);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SoH soh = read_packet(data, size);
    UINT16 i;

    check_round_trip(&soh, TRUE);
    check_round_trip(&soh, FALSE);
    check_values(&soh);
    CHECK(DllCanUnloadNow() == S_OK);

    for (i = 0; i < soh.count; ++i)
        free(soh.attributes[i].value);
    free(soh.attributes);
    return 0;
}
