/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A NAP server in C++. The argument is a DLL with a validator. The program passes it the packets of
 * two clients and prints the verdicts. It keeps qutil.dll loaded until its standard input ends.
 */
#include <windows.h>
#include <objbase.h>
#include <naputil.h>
#include <napsystemhealthvalidator.h>

#include <stdint.h>
#include <stdio.h>

namespace {
constexpr SystemHealthEntityId health_id = 0x000137F0;

template <class Class, class Interface> HRESULT create(Interface **object)
{
    return CoCreateInstance(__uuidof(Class), nullptr, CLSCTX_INPROC_SERVER, __uuidof(Interface),
                            reinterpret_cast<void **>(object));
}

/* Makes the packet in which a client reports its check. The caller frees it with FreeSoH. */
HRESULT make_request(BYTE check, SoH **soh)
{
    INapSoHConstructor *constructor;
    SoHAttributeValue value = {};
    HRESULT hr = create<NapSoHConstructor>(&constructor);

    if (FAILED(hr))
        return hr;
    value.vendorSpecificVal.vendorId = health_id;
    value.vendorSpecificVal.size = 1;
    value.vendorSpecificVal.vendorSpecificData = &check;
    hr = constructor->Initialize(health_id, TRUE);
    if (SUCCEEDED(hr))
        hr = constructor->AppendAttribute(sohAttributeTypeVendorSpecific, &value);
    if (SUCCEEDED(hr))
        hr = constructor->GetSoH(soh);
    constructor->Release();
    return hr;
}

HRESULT read_verdict(const SoH *soh, HRESULT *verdict)
{
    INapSoHProcessor *processor;
    SystemHealthEntityId id;
    SoHAttributeType type;
    SoHAttributeValue *value;
    HRESULT hr = create<NapSoHProcessor>(&processor);

    if (FAILED(hr))
        return hr;
    hr = processor->Initialize(soh, FALSE, &id);
    if (SUCCEEDED(hr))
        hr = processor->GetAttribute(1, &type, &value);
    processor->Release();
    if (FAILED(hr))
        return hr;
    *verdict = value->codesVal.results[0];
    FreeSoHAttributeValue(type, value);
    return S_OK;
}

/* The exchange with one client, which the validator gets. */
struct validation_request : INapSystemHealthValidationRequest2
{
    explicit validation_request(BYTE client_check) : check(client_check)
    {
    }

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID, void **out) override
    {
        *out = nullptr;
        return E_NOINTERFACE;
    }
    ULONG STDMETHODCALLTYPE AddRef() override
    {
        return 2;
    }
    ULONG STDMETHODCALLTYPE Release() override
    {
        return 1;
    }
    HRESULT STDMETHODCALLTYPE GetCorrelationId(CorrelationId *) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetStringCorrelationId(StringCorrelationId **) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetMachineName(CountedString **) override
    {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetSoHRequest(SoHRequest **soh, BOOL *generated) override
    {
        *generated = FALSE;
        return make_request(check, soh);
    }
    HRESULT STDMETHODCALLTYPE SetSoHResponse(const SoHResponse *soh) override
    {
        return read_verdict(soh, &verdict);
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

    const BYTE check;
    HRESULT verdict = E_FAIL;
};

HRESULT create_validator(const char *path, INapSystemHealthValidator **validator)
{
    /* The class of the example health_validator.c. */
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
    static const BYTE checks[] = {0xAA, 0};
    INapSystemHealthValidator *validator;
    HRESULT hr = create_validator(path, &validator);

    if (FAILED(hr))
        return hr;
    for (BYTE check : checks)
    {
        validation_request request(check);

        if (FAILED(hr = validator->Validate(&request, 1000, nullptr)))
            break;
        printf("check %02X: %08lX\n", check, static_cast<unsigned long>(request.verdict));
    }
    validator->Release();
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
    fflush(stdout);
    while (getchar() != EOF)
        ;
    return FAILED(hr);
}
