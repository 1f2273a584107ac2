/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A health agent and an enforcement client in C++, and the other side of both: this program plays
 * the NAP agent and the server, and has the validator judge that is named on the command line.
 */
#include "object.h"

#include <napcertrelyingparty.h>
#include <napcommon.h>
#include <napmicrosoftvendorids.h>
#include <napsystemhealthagent.h>
#include <napsystemhealthvalidator.h>

#include <stdint.h>
#include <stdio.h>

namespace {
/* The exchange, as the agent sees it. */
struct agent_request : object<INapSystemHealthAgentRequest>
{
    agent_request() : object(__uuidof(INapSystemHealthAgentRequest))
    {
    }

    HRESULT STDMETHODCALLTYPE GetCorrelationId(CorrelationId *) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetStringCorrelationId(StringCorrelationId **) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE SetSoHRequest(const SoHRequest *soh, BOOL) override
    {
        checks = soh->attributes[1].value[soh->attributes[1].size - 1];
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE GetSoHRequest(SoHRequest **) override
    {
        return NAP_E_NO_CACHED_SOH;
    }
    HRESULT STDMETHODCALLTYPE GetSoHResponse(SoHResponse **, UINT8 *) override
    {
        return NAP_E_MISSING_SOH;
    }
    HRESULT STDMETHODCALLTYPE GetCacheSoHFlag(BOOL *) override
    {
        return E_NOTIMPL;
    }

    BYTE checks = 0;
};

HRESULT make_request(BYTE check, SoH **soh)
{
    SoHAttributeValue value = {};

    value.vendorSpecificVal.vendorId = health_id;
    value.vendorSpecificVal.size = 1;
    value.vendorSpecificVal.vendorSpecificData = &check;
    return make_packet(TRUE, sohAttributeTypeVendorSpecific, value, soh);
}

struct agent : object<INapSystemHealthAgentCallback>
{
    agent() : object(__uuidof(INapSystemHealthAgentCallback))
    {
    }

    HRESULT STDMETHODCALLTYPE GetSoHRequest(INapSystemHealthAgentRequest *request) override
    {
        SoH *soh;
        HRESULT hr = make_request(0xAA, &soh);

        if (FAILED(hr))
            return hr;
        hr = request->SetSoHRequest(soh, FALSE);
        FreeSoH(soh);
        return hr;
    }
    HRESULT STDMETHODCALLTYPE ProcessSoHResponse(INapSystemHealthAgentRequest *) override
    {
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE NotifySystemIsolationStateChange() override
    {
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE GetFixupInfo(FixupInfo **info) override
    {
        return AllocFixupInfo(info, 0);
    }
    HRESULT STDMETHODCALLTYPE CompareSoHRequests(const SoHRequest *, const SoHRequest *,
                                                 BOOL *) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE NotifyOrphanedSoHRequest(const CorrelationId *) override
    {
        return S_OK;
    }
};

struct client : object<INapEnforcementClientCallback>
{
    client() : object(__uuidof(INapEnforcementClientCallback))
    {
    }

    HRESULT STDMETHODCALLTYPE NotifySoHChange() override
    {
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE GetConnections(Connections **connections) override
    {
        return AllocConnections(connections, maxConnectionCountPerEnforcer);
    }
};

/* The exchange, as the validator sees it. */
struct validation_request : object<INapSystemHealthValidationRequest2>
{
    validation_request() : object(__uuidof(INapSystemHealthValidationRequest2))
    {
    }

    HRESULT STDMETHODCALLTYPE GetCorrelationId(CorrelationId *) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetStringCorrelationId(StringCorrelationId **) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetMachineName(CountedString **name) override
    {
        static const WCHAR text[] = {'N', 'A', 'P', 0};

        return AllocCountedString(name, text);
    }
    HRESULT STDMETHODCALLTYPE GetSoHRequest(SoHRequest **soh, BOOL *generated) override
    {
        *generated = FALSE;
        return make_request(check, soh);
    }
    HRESULT STDMETHODCALLTYPE SetSoHResponse(const SoHResponse *soh) override
    {
        SoHAttributeType type;
        SoHAttributeValue *value;
        HRESULT hr = read_packet(FALSE, soh, &type, &value);

        if (FAILED(hr))
            return hr;
        verdict = value->codesVal.results[0];
        FreeSoHAttributeValue(type, value);
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE GetSoHResponse(SoHResponse **) override
    {
        return NAP_E_MISSING_SOH;
    }
    HRESULT STDMETHODCALLTYPE SetPrivateData(const PrivateData *) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetPrivateData(PrivateData **) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetConfigID(UINT32 *) override
    {
        return NAP_E_SHV_CONFIG_NOT_FOUND;
    }

    BYTE check = 0xAA;
    HRESULT verdict = E_FAIL;
};

HRESULT create_validator(const char *path, INapSystemHealthValidator **validator)
{
    /* That of the example. */
    static const CLSID clsid = {
        0x5c5fe5f9, 0x43ca, 0x4d2d, {0x9b, 0x45, 0x93, 0xc8, 0x6e, 0xa8, 0x5e, 0x5b}};
    using function = HRESULT(WINAPI *)(REFCLSID, REFIID, void **);
    const FARPROC address = GetProcAddress(LoadLibraryA(path), "DllGetClassObject");
    IClassFactory *factory;

    if (!address)
        return E_NOINTERFACE;
    HRESULT hr = reinterpret_cast<function>(reinterpret_cast<uintptr_t>(address))(
        clsid, IID_IClassFactory, reinterpret_cast<void **>(&factory));
    if (FAILED(hr))
        return hr;
    hr = factory->CreateInstance(nullptr, __uuidof(INapSystemHealthValidator),
                                 reinterpret_cast<void **>(validator));
    factory->Release();
    return hr;
}

HRESULT run(const char *path)
{
    validation_request healthy, unhealthy;
    INapSystemHealthValidator *validator;
    agent_request request;
    Connections *list;
    client the_client;
    agent the_agent;
    HRESULT hr;

    if (FAILED(hr = the_client.GetConnections(&list)))
        return hr;
    printf("client: %u connections\n", list->count);
    FreeConnections(list);
    if (FAILED(hr = the_agent.GetSoHRequest(&request)))
        return hr;
    printf("agent: check %02X\n", request.checks);
    if (FAILED(hr = create_validator(path, &validator)))
        return hr;
    unhealthy.check = 0;
    if (SUCCEEDED(hr = validator->Validate(&healthy, 1000, nullptr)))
        hr = validator->Validate(&unhealthy, 1000, nullptr);
    validator->Release();
    printf("validator: %08lX, %08lX\n", static_cast<unsigned long>(healthy.verdict),
           static_cast<unsigned long>(unhealthy.verdict));
    return hr;
}
} // namespace

int main(int, char **argv)
{
    HRESULT hr = CoInitializeEx(nullptr, COINIT_MULTITHREADED);

    if (SUCCEEDED(hr))
        hr = run(argv[1]);
    CoUninitialize();
    printf("result: %08lX\n", static_cast<unsigned long>(hr));
    return FAILED(hr);
}
