/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * How a NAP enforcement client uses qutil.dll. It answers GetConnections for 0, 1 and 20
 * connections, describes itself in a NapComponentRegistrationInfo, reports a fixup, and frees each
 * structure. No NAP agent is needed: the program makes the agent's calls itself.
 */
#include <stdio.h>
#include <stdlib.h>
#define COBJMACROS
#include <windows.h>
#include <naputil.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static void require(const char *call, HRESULT hr)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "%s failed: 0x%08lx\n", call, (unsigned long)hr);
    exit(1);
}

/* A connection. In a real client it comes from the NAP agent, and the client only keeps a
 * reference. */
struct connection
{
    INapEnforcementClientConnection iface;
    LONG ref;
};

static struct connection *impl_from_connection(INapEnforcementClientConnection *iface)
{
    return CONTAINING_RECORD(iface, struct connection, iface);
}

static ULONG STDMETHODCALLTYPE connection_AddRef(INapEnforcementClientConnection *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_connection(iface)->ref);
}

static ULONG STDMETHODCALLTYPE connection_Release(INapEnforcementClientConnection *iface)
{
    return (ULONG)InterlockedDecrement(&impl_from_connection(iface)->ref);
}

static INapEnforcementClientConnectionVtbl connection_vtbl = {
    .AddRef = connection_AddRef,
    .Release = connection_Release,
};

/* The client: the callback that the NAP agent calls, and the open connections. */
struct client
{
    INapEnforcementClientCallback iface;
    struct connection connections[maxConnectionCountPerEnforcer];
    UINT16 count;
};

static struct client *impl_from_callback(INapEnforcementClientCallback *iface)
{
    return CONTAINING_RECORD(iface, struct client, iface);
}

/* The list owns a reference to each connection in it. The caller frees both with
 * FreeConnections. */
static HRESULT STDMETHODCALLTYPE client_GetConnections(INapEnforcementClientCallback *iface,
                                                       Connections **connections)
{
    struct client *client = impl_from_callback(iface);
    HRESULT hr;
    UINT16 i;

    if (FAILED(hr = AllocConnections(connections, client->count)))
        return hr;
    for (i = 0; i < client->count; i++)
    {
        (*connections)->connections[i] = &client->connections[i].iface;
        INapEnforcementClientConnection_AddRef((*connections)->connections[i]);
    }
    return S_OK;
}

static INapEnforcementClientCallbackVtbl client_vtbl = {
    .GetConnections = client_GetConnections,
};

static void client_open_connections(struct client *client, UINT16 count)
{
    UINT16 i;

    client->iface.lpVtbl = &client_vtbl;
    client->count = count;
    for (i = 0; i < count; i++)
    {
        client->connections[i].iface.lpVtbl = &connection_vtbl;
        client->connections[i].ref = 1;
    }
}

static LONG client_references(const struct client *client)
{
    LONG references = 0;
    UINT16 i;

    for (i = 0; i < client->count; i++)
        references += client->connections[i].ref;
    return references;
}

static void answer_get_connections(UINT16 count)
{
    static struct client client;
    Connections *list;
    LONG held;

    client_open_connections(&client, count);
    require("GetConnections", INapEnforcementClientCallback_GetConnections(&client.iface, &list));
    held = client_references(&client);
    printf("  %2u open: the list has %2u, references go from %2u to %2ld", count, list->count,
           count, (long)held);
    FreeConnections(list);
    printf(", and back to %2ld\n", (long)client_references(&client));
    if (held != 2 * count || client_references(&client) != count)
    {
        fprintf(stderr, "the references do not add up\n");
        exit(1);
    }
}

/* Returns a counted string whose characters the registration info owns. The block of the structure
 * itself is freed here. */
static CountedString describe(const WCHAR *text)
{
    CountedString *counted, string;

    require("AllocCountedString", AllocCountedString(&counted, text));
    string = *counted;
    CoTaskMemFree(counted);
    return string;
}

static void describe_client(void)
{
    NapComponentRegistrationInfo *info = CoTaskMemAlloc(sizeof(*info));

    require("CoTaskMemAlloc", info ? S_OK : E_OUTOFMEMORY);
    ZeroMemory(info, sizeof(*info));
    info->id = 0x00013799;
    info->friendlyName = describe(L"Example enforcement client");
    info->description = describe(L"Shows what a client does with qutil.dll");
    info->version = describe(L"1.0");
    info->vendorName = describe(L"Example");
    info->componentType = ComponentTypeEnforcementClientSoH;

    printf("  id 0x%08x, version %ls, by %ls\n", (unsigned)info->id, info->version.string,
           info->vendorName.string);
    printf("  name \"%ls\", %u characters\n", info->friendlyName.string, info->friendlyName.length);
    FreeNapComponentRegistrationInfoArray(1, &info);
    printf("  freed, pointer is %s\n", info ? "still there" : "NULL");
}

static void report_fixup(void)
{
    static const HRESULT results[] = {S_OK, NAP_E_NOT_INITIALIZED, NAP_E_MISSING_SOH};
    FixupInfo *fixup;
    size_t i;

    require("AllocFixupInfo", AllocFixupInfo(&fixup, COUNT_OF(results)));
    fixup->state = fixupStateInProgress;
    fixup->percentage = 40;
    for (i = 0; i < COUNT_OF(results); i++)
        fixup->resultCodes.results[i] = results[i];

    printf("  in progress, %u %%, %u results:", fixup->percentage, fixup->resultCodes.count);
    for (i = 0; i < fixup->resultCodes.count; i++)
        printf(" 0x%08lx", (unsigned long)fixup->resultCodes.results[i]);
    FreeFixupInfo(fixup);
    printf("\n  freed\n");
}

static void print_origin(void)
{
    char path[MAX_PATH];
    DWORD length = GetModuleFileNameA(GetModuleHandleA("qutil.dll"), path, sizeof(path));

    printf("%u-bit program, with %s\n", (unsigned)sizeof(void *) * 8,
           length ? path : "no qutil.dll");
}

int main(void)
{
    print_origin();
    printf("GetConnections\n");
    answer_get_connections(0);
    answer_get_connections(1);
    answer_get_connections(maxConnectionCountPerEnforcer);
    printf("NapComponentRegistrationInfo\n");
    describe_client();
    printf("FixupInfo\n");
    report_fixup();
    return 0;
}
