/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A small system health validator for the health agent in health_agent.c. It is a DLL with a class
 * factory. A client is compliant if all of its checks have passed.
 *
 * A NAP server creates the class by the CLSID that was passed to RegisterSystemHealthValidator. The
 * example does not show how the COM class is registered.
 */
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>
#include <napsystemhealthvalidator.h>

#define HEALTH_ID    0x000137F0U
#define CHECK_PASSED 0xAA
#define CHECK_FAILED ((HRESULT)0x80270050)

/* {5C5FE5F9-43CA-4D2D-9B45-93C86EA85E5B} */
static const CLSID class_id = {
    0x5c5fe5f9, 0x43ca, 0x4d2d, {0x9b, 0x45, 0x93, 0xc8, 0x6e, 0xa8, 0x5e, 0x5b}};

/* The validator and its factory have no state. Both are static, and references to them only keep
 * the DLL loaded. */
static LONG references;

static ULONG add_reference(void)
{
    return (ULONG)InterlockedIncrement(&references);
}

static ULONG release_reference(void)
{
    return (ULONG)InterlockedDecrement(&references);
}

static HRESULT query_interface(void *object, REFIID own, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, own) || IsEqualIID(iid, &IID_IUnknown))
    {
        add_reference();
        *out = object;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

static HRESULT STDMETHODCALLTYPE validator_QueryInterface(INapSystemHealthValidator *iface,
                                                          REFIID iid, void **out)
{
    return query_interface(iface, &IID_INapSystemHealthValidator, iid, out);
}

static ULONG STDMETHODCALLTYPE validator_AddRef(INapSystemHealthValidator *iface)
{
    (void)iface;
    return add_reference();
}

static ULONG STDMETHODCALLTYPE validator_Release(INapSystemHealthValidator *iface)
{
    (void)iface;
    return release_reference();
}

static HRESULT judge_checks(INapSoHProcessor *processor, HRESULT *verdict)
{
    SoHAttributeValue *value;
    SoHAttributeType type;
    UINT16 location, i;
    HRESULT hr;

    hr =
        INapSoHProcessor_FindNextAttribute(processor, 0, sohAttributeTypeVendorSpecific, &location);
    if (SUCCEEDED(hr))
        hr = INapSoHProcessor_GetAttribute(processor, location, &type, &value);
    if (FAILED(hr))
        return hr;
    *verdict = S_OK;
    for (i = 0; i < value->vendorSpecificVal.size; i++)
    {
        if (value->vendorSpecificVal.vendorSpecificData[i] != CHECK_PASSED)
            *verdict = CHECK_FAILED;
    }
    FreeSoHAttributeValue(type, value);
    return S_OK;
}

static HRESULT judge(const SoH *request, HRESULT *verdict)
{
    INapSoHProcessor *processor;
    SystemHealthEntityId id;
    HRESULT hr;

    hr = CoCreateInstance(&CLSID_NapSoHProcessor, NULL, CLSCTX_INPROC_SERVER, &IID_INapSoHProcessor,
                          (void **)&processor);
    if (FAILED(hr))
        return hr;
    hr = INapSoHProcessor_Initialize(processor, request, TRUE, &id);
    if (SUCCEEDED(hr))
        hr = judge_checks(processor, verdict);
    INapSoHProcessor_Release(processor);
    return hr;
}

/* Makes the response, which the caller releases with FreeSoH. */
static HRESULT make_response(HRESULT verdict, SoH **response)
{
    const SoHAttributeValue value = {.codesVal = {1, &verdict}};
    INapSoHConstructor *constructor;
    HRESULT hr;

    hr = CoCreateInstance(&CLSID_NapSoHConstructor, NULL, CLSCTX_INPROC_SERVER,
                          &IID_INapSoHConstructor, (void **)&constructor);
    if (FAILED(hr))
        return hr;
    hr = INapSoHConstructor_Initialize(constructor, HEALTH_ID, FALSE);
    if (SUCCEEDED(hr))
        hr = INapSoHConstructor_AppendAttribute(constructor, sohAttributeTypeComplianceResultCodes,
                                                &value);
    if (SUCCEEDED(hr))
        hr = INapSoHConstructor_GetSoH(constructor, response);
    INapSoHConstructor_Release(constructor);
    return hr;
}

/* Sets the response before it returns, so it does not need the callback. */
static HRESULT STDMETHODCALLTYPE validator_Validate(INapSystemHealthValidator *iface,
                                                    INapSystemHealthValidationRequest *request,
                                                    UINT32 hint, INapServerCallback *callback)
{
    SoH *soh, *response;
    HRESULT hr, verdict;
    BOOL generated;

    (void)iface, (void)hint, (void)callback;
    hr = INapSystemHealthValidationRequest_GetSoHRequest(request, &soh, &generated);
    if (FAILED(hr))
        return hr;
    hr = judge(soh, &verdict);
    FreeSoH(soh);
    if (FAILED(hr) || FAILED(hr = make_response(verdict, &response)))
        return hr;
    hr = INapSystemHealthValidationRequest_SetSoHResponse(request, response);
    FreeSoH(response);
    return hr;
}

static INapSystemHealthValidatorVtbl validator_vtbl = {
    validator_QueryInterface,
    validator_AddRef,
    validator_Release,
    validator_Validate,
};

static INapSystemHealthValidator validator = {&validator_vtbl};

static HRESULT STDMETHODCALLTYPE factory_QueryInterface(IClassFactory *iface, REFIID iid,
                                                        void **out)
{
    return query_interface(iface, &IID_IClassFactory, iid, out);
}

static ULONG STDMETHODCALLTYPE factory_AddRef(IClassFactory *iface)
{
    (void)iface;
    return add_reference();
}

static ULONG STDMETHODCALLTYPE factory_Release(IClassFactory *iface)
{
    (void)iface;
    return release_reference();
}

static HRESULT STDMETHODCALLTYPE factory_CreateInstance(IClassFactory *iface, IUnknown *outer,
                                                        REFIID iid, void **out)
{
    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    return outer ? CLASS_E_NOAGGREGATION : validator_QueryInterface(&validator, iid, out);
}

static HRESULT STDMETHODCALLTYPE factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;
    if (lock)
        add_reference();
    else
        release_reference();
    return S_OK;
}

static IClassFactoryVtbl factory_vtbl = {
    factory_QueryInterface, factory_AddRef,     factory_Release,
    factory_CreateInstance, factory_LockServer,
};

static IClassFactory factory = {&factory_vtbl};

STDAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualCLSID(clsid, &class_id))
        return CLASS_E_CLASSNOTAVAILABLE;
    return factory_QueryInterface(&factory, iid, out);
}

STDAPI DllCanUnloadNow(void)
{
    return references == 0 ? S_OK : S_FALSE;
}
