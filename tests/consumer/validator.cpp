/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The example health_validator.c in C++.
 */
#include "object.h"

#include <napsystemhealthvalidator.h>

namespace {
struct validator : object<INapSystemHealthValidator>
{
    validator() : object(__uuidof(INapSystemHealthValidator))
    {
    }

    HRESULT STDMETHODCALLTYPE Validate(INapSystemHealthValidationRequest *request, UINT32,
                                       INapServerCallback *) override
    {
        HRESULT code = S_OK;
        SoHAttributeValue verdict = {}, *checks;
        SoHAttributeType type;
        SoH *soh, *response;
        BOOL generated;
        HRESULT hr = request->GetSoHRequest(&soh, &generated);

        if (FAILED(hr))
            return hr;
        hr = read_packet(TRUE, soh, &type, &checks);
        FreeSoH(soh);
        if (FAILED(hr))
            return hr;
        if (checks->vendorSpecificVal.vendorSpecificData[0] != 0xAA)
            code = static_cast<HRESULT>(0x80270050);
        FreeSoHAttributeValue(type, checks);
        verdict.codesVal.count = 1;
        verdict.codesVal.results = &code;
        hr = make_packet(FALSE, sohAttributeTypeComplianceResultCodes, verdict, &response);
        if (FAILED(hr))
            return hr;
        hr = request->SetSoHResponse(response);
        FreeSoH(response);
        return hr;
    }
} the_validator;

struct class_factory : object<IClassFactory>
{
    class_factory() : object(IID_IClassFactory)
    {
    }

    HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown *, REFIID iid, void **out) override
    {
        return the_validator.QueryInterface(iid, out);
    }

    HRESULT STDMETHODCALLTYPE LockServer(BOOL lock) override
    {
        lock ? AddRef() : Release();
        return S_OK;
    }
} the_factory;
} // namespace

STDAPI DllGetClassObject(REFCLSID, REFIID iid, void **out)
{
    return the_factory.QueryInterface(iid, out);
}

STDAPI DllCanUnloadNow()
{
    return the_factory.references + the_validator.references == 0 ? S_OK : S_FALSE;
}
