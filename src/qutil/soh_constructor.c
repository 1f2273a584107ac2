/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSoHConstructor: builds a Statement of Health, attribute by attribute.
 */
#include "qutil_private.h"

/*
 * attributes has room for the longest packet, so that appending never moves an attribute. An
 * attribute never changes once it is appended. So a thread reads count under the lock, and may then
 * read that many attributes without the lock.
 */
struct soh_constructor
{
    INapSoHConstructor INapSoHConstructor_iface;
    LONG ref;
    IUnknown *marshaler;   /* free-threaded: every apartment gets the object, not a proxy */
    CRITICAL_SECTION lock; /* protects count */
    UINT16 count;          /* 0 before Initialize */
    SoHAttribute attributes[maxSoHAttributeCount];
};

static struct soh_constructor *impl_from_INapSoHConstructor(INapSoHConstructor *iface)
{
    return CONTAINING_RECORD(iface, struct soh_constructor, INapSoHConstructor_iface);
}

static void soh_constructor_destroy(struct soh_constructor *constructor)
{
    UINT16 i;

    for (i = 0; i < constructor->count; i++)
        CoTaskMemFree(constructor->attributes[i].value);
    IUnknown_Release(constructor->marshaler);
    DeleteCriticalSection(&constructor->lock);
    CoTaskMemFree(constructor);
}

/* Checks whether Initialize (is_first) or AppendAttribute may append. Called with the lock held. */
static HRESULT soh_constructor_check(const struct soh_constructor *constructor,
                                     SoHAttributeType type, BOOL is_first)
{
    if (is_first)
        return constructor->count == 0 ? S_OK : HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    if (constructor->count == 0)
        return NAP_E_NOT_INITIALIZED;
    if (type == sohAttributeTypeSystemHealthId)
        return E_INVALIDARG;
    return constructor->count < maxSoHAttributeCount ? S_OK : NAP_E_INVALID_PACKET;
}

/* Reads the caller's memory, and only then takes the lock. If the memory is not readable, and the
 * caller handles the exception, the lock is free. */
static HRESULT soh_constructor_append(struct soh_constructor *constructor, SoHAttributeType type,
                                      const SoHAttributeValue *value, BOOL is_first)
{
    SoHAttribute attribute = {0};
    HRESULT encoded = soh_attribute_encode(type, value, &attribute), hr;

    EnterCriticalSection(&constructor->lock);
    hr = soh_constructor_check(constructor, type, is_first);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = encoded))
        constructor->attributes[constructor->count++] = attribute;
    LeaveCriticalSection(&constructor->lock);
    if (FAILED(hr))
        CoTaskMemFree(attribute.value);
    return hr;
}

static HRESULT STDMETHODCALLTYPE soh_constructor_QueryInterface(INapSoHConstructor *iface,
                                                                REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, &IID_INapSoHConstructor) || IsEqualIID(iid, &IID_IUnknown))
    {
        INapSoHConstructor_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    if (IsEqualIID(iid, &IID_IMarshal))
        return IUnknown_QueryInterface(impl_from_INapSoHConstructor(iface)->marshaler, iid, out);
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE soh_constructor_AddRef(INapSoHConstructor *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_INapSoHConstructor(iface)->ref);
}

static ULONG STDMETHODCALLTYPE soh_constructor_Release(INapSoHConstructor *iface)
{
    struct soh_constructor *constructor = impl_from_INapSoHConstructor(iface);
    LONG ref = InterlockedDecrement(&constructor->ref);

    if (ref == 0)
    {
        soh_constructor_destroy(constructor);
        module_unlock();
    }
    return (ULONG)ref;
}

/* Requests and responses are built alike. Only Validate distinguishes them. */
static HRESULT STDMETHODCALLTYPE soh_constructor_Initialize(INapSoHConstructor *iface,
                                                            SystemHealthEntityId id, BOOL isRequest)
{
    const SoHAttributeValue value = {.idVal = id};

    (void)isRequest;

    return soh_constructor_append(impl_from_INapSoHConstructor(iface),
                                  sohAttributeTypeSystemHealthId, &value, TRUE);
}

static HRESULT STDMETHODCALLTYPE soh_constructor_AppendAttribute(INapSoHConstructor *iface,
                                                                 SoHAttributeType type,
                                                                 const SoHAttributeValue *value)
{
    if (!value)
        return E_POINTER;
    return soh_constructor_append(impl_from_INapSoHConstructor(iface), type, value, FALSE);
}

static HRESULT STDMETHODCALLTYPE soh_constructor_GetSoH(INapSoHConstructor *iface, SoH **soh)
{
    struct soh_constructor *constructor = impl_from_INapSoHConstructor(iface);
    SoH packet = {0, constructor->attributes};

    if (!soh)
        return E_POINTER;
    *soh = NULL;

    EnterCriticalSection(&constructor->lock);
    packet.count = constructor->count;
    LeaveCriticalSection(&constructor->lock);
    if (packet.count == 0)
        return NAP_E_NOT_INITIALIZED;
    return soh_packet_copy(&packet, soh);
}

static HRESULT STDMETHODCALLTYPE soh_constructor_Validate(INapSoHConstructor *iface, const SoH *soh,
                                                          BOOL isRequest)
{
    (void)iface;

    if (!soh)
        return E_POINTER;
    return soh_packet_validate(soh, isRequest);
}

static const INapSoHConstructorVtbl soh_constructor_vtbl = {
    soh_constructor_QueryInterface, soh_constructor_AddRef,          soh_constructor_Release,
    soh_constructor_Initialize,     soh_constructor_AppendAttribute, soh_constructor_GetSoH,
    soh_constructor_Validate,
};

HRESULT soh_constructor_create(IUnknown **object)
{
    struct soh_constructor *constructor = alloc_zeroed(1, sizeof(*constructor));
    IUnknown *iface;
    HRESULT hr;

    if (!constructor)
        return E_OUTOFMEMORY;
    constructor->INapSoHConstructor_iface.lpVtbl = (INapSoHConstructorVtbl *)&soh_constructor_vtbl;
    constructor->ref = 1;
    iface = (IUnknown *)&constructor->INapSoHConstructor_iface;
    if (FAILED(hr = CoCreateFreeThreadedMarshaler(iface, &constructor->marshaler)))
    {
        CoTaskMemFree(constructor);
        return hr;
    }
    InitializeCriticalSection(&constructor->lock);
    module_lock();
    *object = iface;
    return S_OK;
}
