/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSoHConstructor: builds a Statement of Health, attribute by attribute.
 */
#include "qutil_private.h"

/*
 * There is room for the longest packet, so that appending never moves what is there. What is there
 * never changes either: whoever has read count under the lock may read that many attributes
 * without it.
 */
struct soh_constructor
{
    INapSoHConstructor INapSoHConstructor_iface;
    LONG ref;
    CRITICAL_SECTION lock; /* of count */
    UINT16 count;          /* 0 before Initialize */
    SoHAttribute attributes[maxSoHAttributeCount];
};

static struct soh_constructor *impl_from_INapSoHConstructor(INapSoHConstructor *iface)
{
    return CONTAINING_RECORD(iface, struct soh_constructor, INapSoHConstructor_iface);
}

static HRESULT soh_constructor_init(struct soh_constructor *constructor)
{
    /* Unlike InitializeCriticalSection, it does not raise an exception on XP without memory. */
    if (!InitializeCriticalSectionAndSpinCount(&constructor->lock, 0))
        return E_OUTOFMEMORY;
    constructor->ref = 1;
    return S_OK;
}

static void soh_constructor_destroy(struct soh_constructor *constructor)
{
    UINT16 i;

    for (i = 0; i < constructor->count; i++)
        CoTaskMemFree(constructor->attributes[i].value);
    DeleteCriticalSection(&constructor->lock);
    CoTaskMemFree(constructor);
}

/* With the lock held, and room for one more. */
static HRESULT soh_constructor_append(struct soh_constructor *constructor, SoHAttributeType type,
                                      const SoHAttributeValue *value)
{
    SoHAttribute *attribute = &constructor->attributes[constructor->count];
    struct soh_value coded = soh_value_get((uint32_t)type, value);
    enum soh_status status;
    BYTE *bytes = NULL;
    size_t size;

    if ((status = soh_encoded_size((uint32_t)type, &coded, &size)) != SOH_OK)
        return soh_packet_result(status);
    if (size != 0 && !(bytes = CoTaskMemAlloc(size)))
        return E_OUTOFMEMORY;
    if ((status = soh_encode((uint32_t)type, &coded, bytes, size)) != SOH_OK)
    {
        CoTaskMemFree(bytes);
        return soh_packet_result(status);
    }

    attribute->type = (UINT16)type;
    attribute->size = (UINT16)size;
    attribute->value = bytes;
    constructor->count++;
    return S_OK;
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

/* Requests and responses are built alike: what tells them apart is Validate. */
static HRESULT STDMETHODCALLTYPE soh_constructor_Initialize(INapSoHConstructor *iface,
                                                            SystemHealthEntityId id, BOOL isRequest)
{
    struct soh_constructor *constructor = impl_from_INapSoHConstructor(iface);
    const SoHAttributeValue value = {.idVal = id};
    HRESULT hr;

    (void)isRequest;

    EnterCriticalSection(&constructor->lock);
    if (constructor->count != 0)
        hr = HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);
    else
        hr = soh_constructor_append(constructor, sohAttributeTypeSystemHealthId, &value);
    LeaveCriticalSection(&constructor->lock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE soh_constructor_AppendAttribute(INapSoHConstructor *iface,
                                                                 SoHAttributeType type,
                                                                 const SoHAttributeValue *value)
{
    struct soh_constructor *constructor = impl_from_INapSoHConstructor(iface);
    HRESULT hr;

    if (!value)
        return E_POINTER;

    EnterCriticalSection(&constructor->lock);
    if (constructor->count == 0)
        hr = NAP_E_NOT_INITIALIZED;
    else if (type == sohAttributeTypeSystemHealthId)
        hr = E_INVALIDARG;
    else if (constructor->count == maxSoHAttributeCount)
        hr = NAP_E_INVALID_PACKET;
    else
        hr = soh_constructor_append(constructor, type, value);
    LeaveCriticalSection(&constructor->lock);
    return hr;
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

HRESULT soh_constructor_create(IUnknown *outer, REFIID iid, void **out)
{
    struct soh_constructor *constructor;
    HRESULT hr;

    *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    if (!(constructor = alloc_zeroed(1, sizeof(*constructor))))
        return E_OUTOFMEMORY;
    if (FAILED(hr = soh_constructor_init(constructor)))
    {
        CoTaskMemFree(constructor);
        return hr;
    }
    constructor->INapSoHConstructor_iface.lpVtbl = (INapSoHConstructorVtbl *)&soh_constructor_vtbl;
    module_lock();

    hr = INapSoHConstructor_QueryInterface(&constructor->INapSoHConstructor_iface, iid, out);
    INapSoHConstructor_Release(&constructor->INapSoHConstructor_iface);
    return hr;
}
