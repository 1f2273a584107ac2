/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A small system health agent. It reports that one check of this machine has passed.
 *
 *   health_agent /register     registers the health agent with the NAP client
 *   health_agent /execute      binds to the NAP agent, and says that its health has changed
 *   health_agent /unregister   unregisters the health agent
 *
 * It creates the classes of qagent.dll. It prints the result of each call. The exit code is 0 if
 * all calls succeeded, 2 if calls failed only because the NAP agent does not run, and 1 if a call
 * failed for another reason.
 */
#include <stdio.h>
#include <string.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>
#include <napsystemhealthagent.h>

/* Vendor 0x000137, component 0xF0. */
#define HEALTH_ID 0x000137F0U

/* The vendor defines the format of the vendor-specific data. Here it is one byte for each check,
 * which has this value if the check passed. */
#define CHECK_PASSED 0xAA

static int exit_code;

static const char *meaning(HRESULT hr)
{
    switch (hr)
    {
    case REGDB_E_CLASSNOTREG:
        return ", the class is not registered";
    case RPC_E_DISCONNECTED:
        return ", the NAP agent does not run";
    case NAP_E_CONFLICTING_ID:
        return ", the id is registered already";
    case NAP_E_NOT_REGISTERED:
        return ", the id is not registered";
    case E_ACCESSDENIED:
        return ", this needs an administrator";
    default:
        return "";
    }
}

/* Prints the result of a call, and remembers the exit code. Returns whether the call succeeded. */
static BOOL report(const char *call, HRESULT hr)
{
    printf("%s: 0x%08lx%s\n", call, (unsigned long)hr, meaning(hr));
    if (FAILED(hr) && exit_code != 1)
        exit_code = hr == RPC_E_DISCONNECTED ? 2 : 1;
    return SUCCEEDED(hr);
}

/* The callback, whose methods the NAP agent calls. It is static and never freed. */
static LONG callback_references = 1;

static HRESULT STDMETHODCALLTYPE callback_QueryInterface(INapSystemHealthAgentCallback *iface,
                                                         REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, &IID_INapSystemHealthAgentCallback) || IsEqualIID(iid, &IID_IUnknown))
    {
        INapSystemHealthAgentCallback_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE callback_AddRef(INapSystemHealthAgentCallback *iface)
{
    (void)iface;
    return (ULONG)InterlockedIncrement(&callback_references);
}

static ULONG STDMETHODCALLTYPE callback_Release(INapSystemHealthAgentCallback *iface)
{
    (void)iface;
    return (ULONG)InterlockedDecrement(&callback_references);
}

/* Makes a SoH, which the caller releases with FreeSoH. */
static HRESULT make_request(SoH **soh)
{
    BYTE checks[] = {CHECK_PASSED};
    SoHAttributeValue value = {.vendorSpecificVal = {HEALTH_ID, sizeof(checks), checks}};
    INapSoHConstructor *constructor;
    HRESULT hr;

    hr = CoCreateInstance(&CLSID_NapSoHConstructor, NULL, CLSCTX_INPROC_SERVER,
                          &IID_INapSoHConstructor, (void **)&constructor);
    if (FAILED(hr))
        return hr;
    hr = INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE);
    if (SUCCEEDED(hr))
        hr =
            INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeVendorSpecific, &value);
    if (SUCCEEDED(hr))
        hr = INapSoHConstructor_GetSoH(constructor, soh);
    INapSoHConstructor_Release(constructor);
    return hr;
}

static HRESULT STDMETHODCALLTYPE callback_GetSoHRequest(INapSystemHealthAgentCallback *iface,
                                                        INapSystemHealthAgentRequest *request)
{
    SoH *soh;
    HRESULT hr;

    (void)iface;
    if (FAILED(hr = make_request(&soh)))
        return hr;
    hr = INapSystemHealthAgentRequest_SetSoHRequest(request, soh, FALSE);
    FreeSoH(soh);
    return hr;
}

static HRESULT STDMETHODCALLTYPE callback_ProcessSoHResponse(INapSystemHealthAgentCallback *iface,
                                                             INapSystemHealthAgentRequest *request)
{
    SoHResponse *response;
    UINT8 flags;
    HRESULT hr;

    (void)iface;
    hr = INapSystemHealthAgentRequest_GetSoHResponse(request, &response, &flags);
    if (FAILED(hr))
        return hr;
    printf("response: %u attributes%s\n", response->count,
           flags & shaFixup ? ", to be mended" : "");
    FreeSoH(response);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE
callback_NotifySystemIsolationStateChange(INapSystemHealthAgentCallback *iface)
{
    (void)iface;
    printf("the isolation state has changed\n");
    return S_OK;
}

/* This health agent repairs nothing. */
static HRESULT STDMETHODCALLTYPE callback_GetFixupInfo(INapSystemHealthAgentCallback *iface,
                                                       FixupInfo **info)
{
    HRESULT hr = AllocFixupInfo(info, 0);

    (void)iface;
    if (SUCCEEDED(hr))
        (*info)->percentage = percentageNotSupported;
    return hr;
}

/* After E_NOTIMPL the NAP agent compares the bytes. */
static HRESULT STDMETHODCALLTYPE callback_CompareSoHRequests(INapSystemHealthAgentCallback *iface,
                                                             const SoHRequest *lhs,
                                                             const SoHRequest *rhs, BOOL *equal)
{
    (void)iface, (void)lhs, (void)rhs;
    *equal = FALSE;
    return E_NOTIMPL;
}

static HRESULT STDMETHODCALLTYPE callback_NotifyOrphanedSoHRequest(
    INapSystemHealthAgentCallback *iface, const CorrelationId *correlation)
{
    (void)iface, (void)correlation;
    return S_OK;
}

static INapSystemHealthAgentCallbackVtbl callback_vtbl = {
    callback_QueryInterface,
    callback_AddRef,
    callback_Release,
    callback_GetSoHRequest,
    callback_ProcessSoHResponse,
    callback_NotifySystemIsolationStateChange,
    callback_GetFixupInfo,
    callback_CompareSoHRequests,
    callback_NotifyOrphanedSoHRequest,
};

static INapSystemHealthAgentCallback callback = {&callback_vtbl};

static INapClientManagement *create_management(void)
{
    INapClientManagement *management;
    HRESULT hr = CoCreateInstance(&CLSID_NapClientManagement, NULL, CLSCTX_INPROC_SERVER,
                                  &IID_INapClientManagement, (void **)&management);

    return report("creating NapClientManagement", hr) ? management : NULL;
}

static CountedString counted(WCHAR *text)
{
    const CountedString string = {(UINT16)lstrlenW(text), text};

    return string;
}

static void register_agent(void)
{
    static WCHAR name[] = L"Example health agent", description[] = L"Says that all is well",
                 version[] = L"1.0", vendor[] = L"Example";
    const NapComponentRegistrationInfo info = {
        .id = HEALTH_ID,
        .friendlyName = counted(name),
        .description = counted(description),
        .version = counted(version),
        .vendorName = counted(vendor),
    };
    INapClientManagement *management = create_management();

    if (!management)
        return;
    report("RegisterSystemHealthAgent",
           INapClientManagement_RegisterSystemHealthAgent(management, &info));
    INapClientManagement_Release(management);
}

static void unregister_agent(void)
{
    INapClientManagement *management = create_management();

    if (!management)
        return;
    report("UnregisterSystemHealthAgent",
           INapClientManagement_UnregisterSystemHealthAgent(management, HEALTH_ID));
    INapClientManagement_Release(management);
}

static void show_isolation(INapSystemHealthAgentBinding *binding)
{
    IsolationInfo *info;
    BOOL unknown;

    if (!report("GetSystemIsolationInfo",
                INapSystemHealthAgentBinding_GetSystemIsolationInfo(binding, &info, &unknown)))
        return;
    printf("isolation state: %d\n", (int)info->isolationState);
    FreeIsolationInfo(info);
}

/* Goes on if the NAP agent does not run: the binding keeps the callback until the agent starts. */
static void execute(void)
{
    INapSystemHealthAgentBinding *binding;
    HRESULT hr = CoCreateInstance(&CLSID_NapSystemHealthAgentBinding, NULL, CLSCTX_INPROC_SERVER,
                                  &IID_INapSystemHealthAgentBinding, (void **)&binding);

    if (!report("creating NapSystemHealthAgentBinding", hr))
        return;
    hr = INapSystemHealthAgentBinding_Initialize(binding, HEALTH_ID, &callback);
    if (report("Initialize", hr) || hr == RPC_E_DISCONNECTED)
    {
        report("NotifySoHChange", INapSystemHealthAgentBinding_NotifySoHChange(binding));
        show_isolation(binding);
        report("Uninitialize", INapSystemHealthAgentBinding_Uninitialize(binding));
    }
    INapSystemHealthAgentBinding_Release(binding);
    printf("references to the callback: %ld\n", (long)callback_references);
}

int main(int argc, char **argv)
{
    const char *option = argc == 2 ? argv[1] : "";
    HRESULT hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);

    if (FAILED(hr))
    {
        report("CoInitializeEx", hr);
        return exit_code;
    }
    if (strcmp(option, "/register") == 0)
        register_agent();
    else if (strcmp(option, "/execute") == 0)
        execute();
    else if (strcmp(option, "/unregister") == 0)
        unregister_agent();
    else
        exit_code = fprintf(stderr, "usage: health_agent /register | /execute | /unregister\n") > 0;
    CoUninitialize();
    return exit_code;
}
