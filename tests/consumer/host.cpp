/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A NAP server in C++. The argument is a DLL with a validator. The program passes it the packets of
 * two clients and prints the verdicts. It keeps qutil.dll loaded until its standard input ends.
 * Without an argument it only does that.
 */
#include <windows.h>
#include <objbase.h>
#include <naputil.h>
#include <napsystemhealthvalidator.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

namespace {
constexpr SystemHealthEntityId health_id = 0x000137F0;

void require(HRESULT hr)
{
    if (SUCCEEDED(hr))
        return;
    printf("failed: %08lX\n", static_cast<unsigned long>(hr));
    exit(1);
}

template <class Class, class Interface> void create(Interface **object)
{
    require(CoCreateInstance(__uuidof(Class), nullptr, CLSCTX_INPROC_SERVER, __uuidof(Interface),
                             reinterpret_cast<void **>(object)));
}

/* Makes the packet in which a client reports its check. The caller frees it with FreeSoH. */
SoH *make_request(BYTE check)
{
    INapSoHConstructor *constructor;
    SoHAttributeValue value = {};
    SoH *soh;

    value.vendorSpecificVal = {health_id, 1, &check};
    create<NapSoHConstructor>(&constructor);
    require(constructor->Initialize(health_id, TRUE));
    require(constructor->AppendAttribute(sohAttributeTypeVendorSpecific, &value));
    require(constructor->GetSoH(&soh));
    constructor->Release();
    return soh;
}

HRESULT read_verdict(const SoH *soh)
{
    INapSoHProcessor *processor;
    SystemHealthEntityId id;
    SoHAttributeType type;
    SoHAttributeValue *value;

    create<NapSoHProcessor>(&processor);
    require(processor->Initialize(soh, FALSE, &id));
    require(processor->GetAttribute(1, &type, &value));
    processor->Release();
    const HRESULT verdict = value->codesVal.results[0];
    FreeSoHAttributeValue(type, value);
    return verdict;
}

/* The exchange with one client, which the validator gets. */
struct validation_request : INapSystemHealthValidationRequest
{
    BYTE check = 0;
    HRESULT verdict = E_FAIL;

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
        *soh = make_request(check);
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE SetSoHResponse(const SoHResponse *soh) override
    {
        verdict = read_verdict(soh);
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
};

INapSystemHealthValidator *create_validator(const char *path)
{
    /* The class of the example health_validator.c. */
    static const CLSID clsid = {
        0x5c5fe5f9, 0x43ca, 0x4d2d, {0x9b, 0x45, 0x93, 0xc8, 0x6e, 0xa8, 0x5e, 0x5b}};
    const FARPROC address = GetProcAddress(LoadLibraryA(path), "DllGetClassObject");
    IClassFactory *factory;
    void *validator;

    require(address ? S_OK : E_NOINTERFACE);
    require(reinterpret_cast<decltype(&DllGetClassObject)>(reinterpret_cast<uintptr_t>(address))(
        clsid, IID_IClassFactory, reinterpret_cast<void **>(&factory)));
    require(factory->CreateInstance(nullptr, __uuidof(INapSystemHealthValidator), &validator));
    factory->Release();
    return static_cast<INapSystemHealthValidator *>(validator);
}

void validate(INapSystemHealthValidator *validator, BYTE check)
{
    validation_request request;

    request.check = check;
    require(validator->Validate(&request, 1000, nullptr));
    printf("check %02X: %08lX\n", check, static_cast<unsigned long>(request.verdict));
}
} // namespace

int main(int argc, char **argv)
{
    require(CoInitializeEx(nullptr, COINIT_MULTITHREADED));
    if (argc > 1)
    {
        INapSystemHealthValidator *validator = create_validator(argv[1]);

        validate(validator, 0xAA);
        validate(validator, 0);
        validator->Release();
    }
    CoUninitialize();
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF)
        ;
}
