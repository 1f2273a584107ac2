/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The class factories, and DllGetClassObject, through which COM gets them.
 */
#include "common.h"

static struct class *impl_from_IClassFactory(IClassFactory *iface)
{
    return CONTAINING_RECORD(iface, struct class, IClassFactory_iface);
}

static HRESULT STDMETHODCALLTYPE class_factory_QueryInterface(IClassFactory *iface, REFIID iid,
                                                              void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, &IID_IClassFactory) || IsEqualIID(iid, &IID_IUnknown))
    {
        IClassFactory_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE class_factory_AddRef(IClassFactory *iface)
{
    module_lock();
    return (ULONG)InterlockedIncrement(&impl_from_IClassFactory(iface)->ref);
}

static ULONG STDMETHODCALLTYPE class_factory_Release(IClassFactory *iface)
{
    LONG ref = InterlockedDecrement(&impl_from_IClassFactory(iface)->ref);

    module_unlock();
    return (ULONG)ref;
}

static HRESULT STDMETHODCALLTYPE class_factory_CreateInstance(IClassFactory *iface, IUnknown *outer,
                                                              REFIID iid, void **out)
{
    IUnknown *object;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    if (FAILED(hr = impl_from_IClassFactory(iface)->create(&object)))
        return hr;
    hr = IUnknown_QueryInterface(object, iid, out);
    IUnknown_Release(object);
    return hr;
}

static HRESULT STDMETHODCALLTYPE class_factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;

    if (lock)
        module_lock();
    else
        module_unlock();
    return S_OK;
}

const IClassFactoryVtbl class_factory_vtbl = {
    class_factory_QueryInterface, class_factory_AddRef,     class_factory_Release,
    class_factory_CreateInstance, class_factory_LockServer,
};

STDAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    size_t i;

    if (!out)
        return E_POINTER;
    for (i = 0; i < class_count; i++)
    {
        if (IsEqualCLSID(clsid, classes[i].clsid))
            return IClassFactory_QueryInterface(&classes[i].IClassFactory_iface, iid, out);
    }
    *out = NULL;
    return CLASS_E_CLASSNOTAVAILABLE;
}
