/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * NapSoHProcessor: reads a Statement of Health, attribute by attribute.
 */
#include "qutil_private.h"

/* Initialize stores the complete packet in soh, and the packet never changes afterwards. So no lock
 * is needed to read it. */
struct soh_processor
{
    INapSoHProcessor INapSoHProcessor_iface;
    LONG ref;
    IUnknown *marshaler; /* free-threaded: every apartment gets the object, not a proxy */
    void *volatile soh;  /* a SoH, or NULL before Initialize */
};

static struct soh_processor *impl_from_INapSoHProcessor(INapSoHProcessor *iface)
{
    return CONTAINING_RECORD(iface, struct soh_processor, INapSoHProcessor_iface);
}

static void soh_processor_destroy(struct soh_processor *processor)
{
    FreeSoH(processor->soh);
    IUnknown_Release(processor->marshaler);
    CoTaskMemFree(processor);
}

/* The interlocked call is a memory barrier: first the pointer is read, then the packet. */
static const SoH *soh_processor_packet(struct soh_processor *processor)
{
    return InterlockedCompareExchangePointer(&processor->soh, NULL, NULL);
}

/* If two threads call Initialize at once, one stores its packet, and the other gets the error. */
static HRESULT soh_processor_publish(struct soh_processor *processor, SoH *soh)
{
    return InterlockedCompareExchangePointer(&processor->soh, soh, NULL)
               ? HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED)
               : S_OK;
}

/* Validates the copy and reads the id from it: the caller's packet may have changed meanwhile. */
static HRESULT soh_processor_check(const SoH *copy, BOOL is_request, SystemHealthEntityId *id)
{
    SoHAttributeValue value = {0};
    HRESULT hr;

    if (FAILED(hr = soh_packet_validate(copy, is_request)))
        return hr;
    hr = soh_attribute_decode(&copy->attributes[0], &value);
    *id = value.idVal;
    return hr;
}

static HRESULT STDMETHODCALLTYPE soh_processor_QueryInterface(INapSoHProcessor *iface, REFIID iid,
                                                              void **out)
{
    if (!out)
        return E_POINTER;
    if (IsEqualIID(iid, &IID_INapSoHProcessor) || IsEqualIID(iid, &IID_IUnknown))
    {
        INapSoHProcessor_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    if (IsEqualIID(iid, &IID_IMarshal))
        return IUnknown_QueryInterface(impl_from_INapSoHProcessor(iface)->marshaler, iid, out);
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE soh_processor_AddRef(INapSoHProcessor *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_INapSoHProcessor(iface)->ref);
}

static ULONG STDMETHODCALLTYPE soh_processor_Release(INapSoHProcessor *iface)
{
    struct soh_processor *processor = impl_from_INapSoHProcessor(iface);
    LONG ref = InterlockedDecrement(&processor->ref);

    if (ref == 0)
    {
        soh_processor_destroy(processor);
        module_unlock();
    }
    return (ULONG)ref;
}

static HRESULT STDMETHODCALLTYPE soh_processor_Initialize(INapSoHProcessor *iface, const SoH *soh,
                                                          BOOL isRequest, SystemHealthEntityId *id)
{
    struct soh_processor *processor = impl_from_INapSoHProcessor(iface);
    SystemHealthEntityId copied_id;
    SoH *copy;
    HRESULT hr;

    if (!id)
        return E_POINTER;
    *id = 0;
    if (!soh)
        return E_POINTER;
    if (soh_processor_packet(processor))
        return HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED);

    if (FAILED(hr = soh_packet_copy(soh, &copy)))
        return hr;
    if (FAILED(hr = soh_processor_check(copy, isRequest, &copied_id)) ||
        FAILED(hr = soh_processor_publish(processor, copy)))
    {
        FreeSoH(copy);
        return hr;
    }
    *id = copied_id;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE soh_processor_FindNextAttribute(INapSoHProcessor *iface,
                                                                 UINT16 fromLocation,
                                                                 SoHAttributeType type,
                                                                 UINT16 *attributeLocation)
{
    const SoH *soh = soh_processor_packet(impl_from_INapSoHProcessor(iface));
    UINT16 i;

    if (!attributeLocation)
        return E_POINTER;
    *attributeLocation = 0;
    if (!soh)
        return NAP_E_NOT_INITIALIZED;

    for (i = fromLocation; i < soh->count; i++)
    {
        if (soh->attributes[i].type == (UINT32)type)
        {
            *attributeLocation = i;
            return S_OK;
        }
    }
    return HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
}

static HRESULT STDMETHODCALLTYPE soh_processor_GetAttribute(INapSoHProcessor *iface,
                                                            UINT16 attributeLocation,
                                                            SoHAttributeType *type,
                                                            SoHAttributeValue **value)
{
    const SoH *soh = soh_processor_packet(impl_from_INapSoHProcessor(iface));
    SoHAttributeValue *decoded;
    HRESULT hr;

    if (type)
        *type = 0;
    if (value)
        *value = NULL;
    if (!type || !value)
        return E_POINTER;
    if (!soh)
        return NAP_E_NOT_INITIALIZED;
    if (attributeLocation >= soh->count)
        return E_INVALIDARG;

    if (!(decoded = alloc_zeroed(1, sizeof(*decoded))))
        return E_OUTOFMEMORY;
    if (FAILED(hr = soh_attribute_decode(&soh->attributes[attributeLocation], decoded)))
    {
        CoTaskMemFree(decoded);
        return hr;
    }
    *type = (SoHAttributeType)soh->attributes[attributeLocation].type;
    *value = decoded;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE soh_processor_GetNumberOfAttributes(INapSoHProcessor *iface,
                                                                     UINT16 *attributeCount)
{
    const SoH *soh = soh_processor_packet(impl_from_INapSoHProcessor(iface));

    if (!attributeCount)
        return E_POINTER;
    *attributeCount = 0;
    if (!soh)
        return NAP_E_NOT_INITIALIZED;
    *attributeCount = soh->count;
    return S_OK;
}

static const INapSoHProcessorVtbl soh_processor_vtbl = {
    soh_processor_QueryInterface,
    soh_processor_AddRef,
    soh_processor_Release,
    soh_processor_Initialize,
    soh_processor_FindNextAttribute,
    soh_processor_GetAttribute,
    soh_processor_GetNumberOfAttributes,
};

HRESULT soh_processor_create(IUnknown **object)
{
    struct soh_processor *processor = alloc_zeroed(1, sizeof(*processor));
    IUnknown *iface;
    HRESULT hr;

    if (!processor)
        return E_OUTOFMEMORY;
    processor->INapSoHProcessor_iface.lpVtbl = (INapSoHProcessorVtbl *)&soh_processor_vtbl;
    processor->ref = 1;
    iface = (IUnknown *)&processor->INapSoHProcessor_iface;
    if (FAILED(hr = CoCreateFreeThreadedMarshaler(iface, &processor->marshaler)))
    {
        CoTaskMemFree(processor);
        return hr;
    }
    module_lock();
    *object = iface;
    return S_OK;
}
