/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A health agent and a health validator exchange packets. The agent builds a request with
 * NapSoHConstructor. The validator reads it with NapSoHProcessor and builds a response, which the
 * agent reads. The program prints each packet as a table, and as the bytes that would go over the
 * network. The first lines say which qutil.dll is in use, and whether COM finds the classes.
 *
 * The program creates the classes through COM. If qutil.dll is not registered, it calls the
 * DllGetClassObject of the qutil.dll that it is linked with. The GUIDs are in the library napguid.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

/* Vendor 0x000137, component 0xF0. The agent and the validator have the same id. */
#define HEALTH_ID 0x000137F0U

/* The vendor defines the format of the vendor-specific data. Here it is one byte for each check,
 * which has this value if the check passed. */
#define CHECK_PASSED 0xAA

/* A result code of the vendor: a check failed. */
#define CHECK_FAILED ((HRESULT)0x80270050)

static void require(const char *call, HRESULT hr)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "%s failed: 0x%08lx\n", call, (unsigned long)hr);
    exit(1);
}

static HRESULT create_unregistered(REFCLSID clsid, REFIID iid, void **out)
{
    typedef HRESULT(WINAPI * get_class_object_function)(REFCLSID, REFIID, void **);
    FARPROC function = GetProcAddress(GetModuleHandleA("qutil.dll"), "DllGetClassObject");
    IClassFactory *factory;
    HRESULT hr;

    if (!function)
        return CLASS_E_CLASSNOTAVAILABLE;
    hr = ((get_class_object_function)(uintptr_t)function)(clsid, &IID_IClassFactory,
                                                          (void **)&factory);
    if (FAILED(hr))
        return hr;
    hr = IClassFactory_CreateInstance(factory, NULL, iid, out);
    IClassFactory_Release(factory);
    return hr;
}

static void *create_object(const char *call, REFCLSID clsid, REFIID iid)
{
    void *object = NULL;
    HRESULT hr = CoCreateInstance(clsid, NULL, CLSCTX_INPROC_SERVER, iid, &object);

    if (hr == REGDB_E_CLASSNOTREG)
        hr = create_unregistered(clsid, iid, &object);
    require(call, hr);
    return object;
}

static INapSoHConstructor *create_constructor(BOOL is_request)
{
    INapSoHConstructor *constructor =
        create_object("creating a constructor", &CLSID_NapSoHConstructor, &IID_INapSoHConstructor);

    require("Initialize", INapSoHConstructor_Initialize(constructor, HEALTH_ID, is_request));
    return constructor;
}

static INapSoHProcessor *create_processor(const SoH *soh, BOOL is_request)
{
    INapSoHProcessor *processor =
        create_object("creating a processor", &CLSID_NapSoHProcessor, &IID_INapSoHProcessor);
    SystemHealthEntityId id;

    require("Initialize", INapSoHProcessor_Initialize(processor, soh, is_request, &id));
    return processor;
}

/* Releases the constructor and returns its packet, which the caller frees with FreeSoH. */
static SoH *finish_packet(INapSoHConstructor *constructor)
{
    SoH *soh;

    require("GetSoH", INapSoHConstructor_GetSoH(constructor, &soh));
    INapSoHConstructor_Release(constructor);
    return soh;
}

/* Returns the first value of a type, which the caller frees with FreeSoHAttributeValue. */
static SoHAttributeValue *find_attribute(INapSoHProcessor *processor, SoHAttributeType type)
{
    SoHAttributeValue *value;
    SoHAttributeType found;
    UINT16 location;

    require("FindNextAttribute", INapSoHProcessor_FindNextAttribute(processor, 0, type, &location));
    require("GetAttribute", INapSoHProcessor_GetAttribute(processor, location, &found, &value));
    return value;
}

static const char *type_name(SoHAttributeType type)
{
    switch (type)
    {
    case sohAttributeTypeSystemHealthId:
        return "SystemHealthId";
    case sohAttributeTypeComplianceResultCodes:
        return "ComplianceResultCodes";
    case sohAttributeTypeVendorSpecific:
        return "VendorSpecific";
    default:
        return "other";
    }
}

static void print_bytes(const BYTE *bytes, UINT16 size)
{
    UINT16 i;

    for (i = 0; i < size; i++)
        printf("%02X", bytes[i]);
}

static void print_value(SoHAttributeType type, const SoHAttributeValue *value)
{
    UINT16 i;

    switch (type)
    {
    case sohAttributeTypeSystemHealthId:
        printf("vendor 0x%06x, component 0x%02x", value->idVal >> 8, value->idVal & 0xff);
        break;
    case sohAttributeTypeComplianceResultCodes:
        for (i = 0; i < value->codesVal.count; i++)
            printf("%s0x%08lx", i ? ", " : "", (unsigned long)value->codesVal.results[i]);
        break;
    case sohAttributeTypeVendorSpecific:
        printf("vendor 0x%08x, data ", value->vendorSpecificVal.vendorId);
        print_bytes(value->vendorSpecificVal.vendorSpecificData, value->vendorSpecificVal.size);
        break;
    default:
        printf("not printed");
        break;
    }
}

static void print_table(INapSoHProcessor *processor, const SoH *soh)
{
    SoHAttributeValue *value;
    SoHAttributeType type;
    UINT16 i, count;

    require("GetNumberOfAttributes", INapSoHProcessor_GetNumberOfAttributes(processor, &count));
    printf("    #  type                      size  value\n");
    for (i = 0; i < count; i++)
    {
        require("GetAttribute", INapSoHProcessor_GetAttribute(processor, i, &type, &value));
        printf("    %u  %2d %-22s %4u  ", i, (int)type, type_name(type), soh->attributes[i].size);
        print_value(type, value);
        printf("\n");
        FreeSoHAttributeValue(type, value);
    }
}

/* In the bytes that go over the network, each value follows its type and its size. */
static void print_hex(const SoH *soh)
{
    UINT16 i;

    printf("    hex");
    for (i = 0; i < soh->count; i++)
    {
        printf(" %04X %04X ", soh->attributes[i].type, soh->attributes[i].size);
        print_bytes(soh->attributes[i].value, soh->attributes[i].size);
    }
    printf("\n");
}

static void print_packet(const char *title, INapSoHProcessor *processor, const SoH *soh)
{
    printf("  %s\n", title);
    print_table(processor, soh);
    print_hex(soh);
}

static SoH *agent_ask(BOOL healthy)
{
    INapSoHConstructor *constructor = create_constructor(TRUE);
    BYTE checks[] = {CHECK_PASSED, healthy ? CHECK_PASSED : 0};
    SoHAttributeValue value = {.vendorSpecificVal = {HEALTH_ID, sizeof(checks), checks}};

    require("AppendAttribute", INapSoHConstructor_AppendAttribute(
                                   constructor, sohAttributeTypeVendorSpecific, &value));
    return finish_packet(constructor);
}

static BOOL validator_judge(INapSoHProcessor *request)
{
    SoHAttributeValue *value = find_attribute(request, sohAttributeTypeVendorSpecific);
    BOOL healthy = TRUE;
    UINT16 i;

    for (i = 0; i < value->vendorSpecificVal.size; i++)
        healthy = healthy && value->vendorSpecificVal.vendorSpecificData[i] == CHECK_PASSED;
    FreeSoHAttributeValue(sohAttributeTypeVendorSpecific, value);
    return healthy;
}

static SoH *validator_answer(const SoH *request)
{
    INapSoHProcessor *processor = create_processor(request, TRUE);
    INapSoHConstructor *constructor = create_constructor(FALSE);
    HRESULT code;
    SoHAttributeValue value = {.codesVal = {1, &code}};

    print_packet("request", processor, request);
    code = validator_judge(processor) ? S_OK : CHECK_FAILED;
    INapSoHProcessor_Release(processor);
    require("AppendAttribute", INapSoHConstructor_AppendAttribute(
                                   constructor, sohAttributeTypeComplianceResultCodes, &value));
    return finish_packet(constructor);
}

/* Returns the first result code. */
static HRESULT agent_read(const SoH *response)
{
    INapSoHProcessor *processor = create_processor(response, FALSE);
    SoHAttributeValue *value = find_attribute(processor, sohAttributeTypeComplianceResultCodes);
    HRESULT code = value->codesVal.results[0];

    print_packet("response", processor, response);
    FreeSoHAttributeValue(sohAttributeTypeComplianceResultCodes, value);
    INapSoHProcessor_Release(processor);
    return code;
}

static void exchange(BOOL healthy)
{
    SoH *request, *response;
    HRESULT code;

    printf("%s client\n", healthy ? "healthy" : "unhealthy");
    request = agent_ask(healthy);
    response = validator_answer(request);
    code = agent_read(response);
    FreeSoH(response);
    FreeSoH(request);

    printf("  the agent learns: %s (0x%08lx)\n", code == S_OK ? "compliant" : "not compliant",
           (unsigned long)code);
    if ((code == S_OK) != (healthy != FALSE))
    {
        fprintf(stderr, "the answer does not fit the question\n");
        exit(1);
    }
}

static void print_origin(void)
{
    IUnknown *object;
    char path[MAX_PATH];
    HRESULT hr;

    /* Before COM is called, which may load another qutil.dll: the one that is registered. */
    if (!GetModuleFileNameA(GetModuleHandleA("qutil.dll"), path, sizeof(path)))
        require("GetModuleFileName", HRESULT_FROM_WIN32(GetLastError()));
    hr = CoCreateInstance(&CLSID_NapSoHProcessor, NULL, CLSCTX_INPROC_SERVER, &IID_INapSoHProcessor,
                          (void **)&object);
    if (SUCCEEDED(hr))
        IUnknown_Release(object);
    printf("%u-bit program with %s\n", (unsigned)sizeof(void *) * 8, path);
    printf("COM %s the classes\n", SUCCEEDED(hr) ? "knows" : "does not know");
}

int main(void)
{
    require("CoInitializeEx", CoInitializeEx(NULL, COINIT_MULTITHREADED));
    print_origin();
    exchange(TRUE);
    exchange(FALSE);
    CoUninitialize();
    return 0;
}
