/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Builds requests with NapSoHConstructor and prints them, a line each: the name, and the bytes as
 * they would travel. What FreeRADIUS makes of them is in the file expected.
 *
 * Each request has at most 223 bytes, which is what a RADIUS attribute takes with what is around it.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The vendor is Microsoft, 0x000137, which FreeRADIUS knows components of. */
#define SYSTEM_ID       0x00013700U
#define HEALTH_AGENT_ID 0x00013780U
#define OTHER_ID        0x000137F0U

/* The classes of [MS-WSH], which are not those of the enumeration HealthClassValue. */
enum windows_class
{
    FIREWALL,
    ANTIVIRUS,
    ANTISPYWARE,
    UPDATES,
    SECURITY_UPDATES
};

struct attribute
{
    SoHAttributeType type;
    SoHAttributeValue value;
};

struct request
{
    const char *name;
    SystemHealthEntityId id;
    size_t count;
    const struct attribute *attributes;
};

/* The values are not changed, whatever the structure's type says. */
#define OCTETS(type, bytes)                                                                        \
    {                                                                                              \
        type,                                                                                      \
        {                                                                                          \
            .octetStringVal = { sizeof(bytes) - 1, (BYTE *)(bytes) }                               \
        }                                                                                          \
    }
#define VENDOR(id, bytes)                                                                          \
    {                                                                                              \
        sohAttributeTypeVendorSpecific,                                                            \
        {                                                                                          \
            .vendorSpecificVal = { id, sizeof(bytes) - 1, (BYTE *)(bytes) }                        \
        }                                                                                          \
    }
#define CODES(type, codes)                                                                         \
    {                                                                                              \
        type,                                                                                      \
        {                                                                                          \
            .codesVal = { COUNT_OF(codes), codes }                                                 \
        }                                                                                          \
    }
#define BYTE_OF(type, byte)                                                                        \
    {                                                                                              \
        type,                                                                                      \
        {                                                                                          \
            .uint8Val = (byte)                                                                     \
        }                                                                                          \
    }
#define STATUS(class, code)                                                                        \
    BYTE_OF(sohAttributeTypeHealthClass, class), OCTETS(sohAttributeTypeHealthClassStatus, code)

/* The packet of Microsoft's own health agent that is known byte by byte. */
static const struct attribute windows_agent[] = {
    VENDOR(HEALTH_AGENT_ID, "\1\0\0\0"),
    STATUS(FIREWALL, "\0\0\0\5"),
    STATUS(ANTIVIRUS, "\xC0\xFF\0\2"),
    STATUS(UPDATES, "\0\0\0\4"),
};

static const struct attribute windows_classes[] = {
    STATUS(FIREWALL, "\0\0\0\x0D"),
    STATUS(ANTIVIRUS, "\0\0\0\7"),
    STATUS(ANTISPYWARE, "\0\0\0\3"),
    STATUS(ANTISPYWARE, "\xC0\xFF\0\3"),
    STATUS(UPDATES, "\0\0\0\2"),
    STATUS(UPDATES, "\0\0\0\3"),
    STATUS(UPDATES, "\0\0\0\1"),
    STATUS(SECURITY_UPDATES, "\0\xFF\0\5"),
    STATUS(SECURITY_UPDATES, "\xC0\xFF\0\x0C"),
    STATUS(SECURITY_UPDATES, "\xC0\xFF\0\x0E"),
};

/* A version of 6.0.6000 with service pack 1.2 on x64, and the name of the machine. */
static const struct attribute system_state[] = {
    VENDOR(SYSTEM_ID, "\1\0\0\0\6\0\0\0\0\0\0\x17\x70\0\1\0\2\0\x09"
                      "\5\0\6client"),
};

static const struct attribute vendor_data[] = {
    VENDOR(OTHER_ID, "\xAA\xAA"),
    VENDOR(0x00ABCDEF, ""),
};

static Ipv4Address v4_servers[] = {{{192, 168, 0, 1}}, {{10, 0, 0, 2}}};
static Ipv6Address v6_servers[] = {{{0x20, 0x01, 0x0d, 0xb8, [15] = 1}}};
static const struct attribute servers[] = {
    {sohAttributeTypeIpv4FixupServers, {.v4AddressesVal = {COUNT_OF(v4_servers), v4_servers}}},
    {sohAttributeTypeIpv6FixupServers, {.v6AddressesVal = {COUNT_OF(v6_servers), v6_servers}}},
};

static HRESULT one_code[] = {NAP_E_NOT_INITIALIZED};
static HRESULT three_codes[] = {S_OK, NAP_E_INVALID_PACKET, E_FAIL};
static const struct attribute codes[] = {
    CODES(sohAttributeTypeComplianceResultCodes, three_codes),
    {sohAttributeTypeComplianceResultCodes, {.codesVal = {0, NULL}}},
    CODES(sohAttributeTypeErrorCodes, one_code),
    CODES(sohAttributeTypeErrorCodes, three_codes),
};

static const struct attribute times[] = {
    {sohAttributeTypeTimeOfLastUpdate, {.dateTimeVal = {0x58ee1ef0, 0x01ca78d8}}},
    {sohAttributeTypeSoHGenerationTime, {.dateTimeVal = {0x58ee1ef0, 0x01ca78d8}}},
};

static const struct attribute octets[] = {
    OCTETS(sohAttributeTypeClientId, "client"),
    OCTETS(sohAttributeTypeSoftwareVersion, "\7\1"),
    OCTETS(sohAttributeTypeProductName, "A product"),
    OCTETS(sohAttributeTypeProductName, ""),
    OCTETS(sohAttributeTypeHealthClassStatus, "\0\0\0\1"),
};

static const struct attribute bytes[] = {
    BYTE_OF(sohAttributeTypeHealthClass, healthClassCriticalUpdate),
    BYTE_OF(sohAttributeTypeFailureCategory, failureCategoryClientComponent),
    BYTE_OF(sohAttributeTypeExtendedIsolationState, extendedIsolationStateInfected),
};

/* Types that nobody recognises, the largest there is, and a length of more than a decimal digit. */
static const struct attribute others[] = {
    OCTETS((SoHAttributeType)1, "one"),
    OCTETS((SoHAttributeType)17, ""),
    OCTETS((SoHAttributeType)0x3fff,
           "0123456789012345678901234567890123456789012345678901234567890123456789"
           "0123456789012345678901234567890123456789012345678901234567890123456789"),
};

#define REQUEST(name, id, attributes)                                                              \
    {                                                                                              \
        name, id, COUNT_OF(attributes), attributes                                                 \
    }
static const struct request requests[] = {
    REQUEST("windows-agent", HEALTH_AGENT_ID, windows_agent),
    REQUEST("windows-classes", HEALTH_AGENT_ID, windows_classes),
    REQUEST("system-state", SYSTEM_ID, system_state),
    REQUEST("vendor-data", OTHER_ID, vendor_data),
    REQUEST("servers", OTHER_ID, servers),
    REQUEST("codes", OTHER_ID, codes),
    REQUEST("times", OTHER_ID, times),
    REQUEST("octets", OTHER_ID, octets),
    REQUEST("bytes", OTHER_ID, bytes),
    REQUEST("others", OTHER_ID, others),
    {"nothing", 0xFEDCBA98, 0, NULL},
};

static void require(const char *what, HRESULT hr)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "%s failed: 0x%08lx\n", what, (unsigned long)hr);
    exit(1);
}

static INapSoHConstructor *new_constructor(void)
{
    typedef HRESULT(WINAPI * get_class_object_function)(REFCLSID, REFIID, void **);
    FARPROC function = GetProcAddress(GetModuleHandleA("qutil.dll"), "DllGetClassObject");
    INapSoHConstructor *constructor = NULL;
    IClassFactory *factory = NULL;

    require("GetProcAddress", function ? S_OK : E_NOINTERFACE);
    require("DllGetClassObject",
            ((get_class_object_function)(uintptr_t)function)(
                &CLSID_NapSoHConstructor, &IID_IClassFactory, (void **)&factory));
    require("CreateInstance", IClassFactory_CreateInstance(factory, NULL, &IID_INapSoHConstructor,
                                                           (void **)&constructor));
    IClassFactory_Release(factory);
    return constructor;
}

static void print_value(const SoHAttribute *attribute)
{
    UINT16 i;

    printf("%04x%04x", attribute->type, attribute->size);
    for (i = 0; i < attribute->size; i++)
        printf("%02x", attribute->value[i]);
}

static void print_request(const struct request *request)
{
    INapSoHConstructor *constructor = new_constructor();
    SoH *soh = NULL;
    size_t i;

    require("Initialize", INapSoHConstructor_Initialize(constructor, request->id, TRUE));
    for (i = 0; i < request->count; i++)
        require("AppendAttribute",
                INapSoHConstructor_AppendAttribute(constructor, request->attributes[i].type,
                                                   &request->attributes[i].value));
    require("GetSoH", INapSoHConstructor_GetSoH(constructor, &soh));
    INapSoHConstructor_Release(constructor);

    printf("%s ", request->name);
    for (i = 0; i < soh->count; i++)
        print_value(&soh->attributes[i]);
    printf("\n");
    FreeSoH(soh);
}

int main(void)
{
    size_t i;

    require("CoInitializeEx", CoInitializeEx(NULL, COINIT_MULTITHREADED));
    for (i = 0; i < COUNT_OF(requests); i++)
        print_request(&requests[i]);
    CoUninitialize();
    return 0;
}
