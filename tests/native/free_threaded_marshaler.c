/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The free-threaded marshaler for native programs. It has an IUnknown of its own, and an IMarshal
 * that belongs to the outer object. It marshals nothing.
 */
#define COBJMACROS
#include <windows.h>
#include <objbase.h>

struct marshaler
{
    IUnknown inner;
    IMarshal marshal;
    IUnknown *outer;
};

static struct marshaler *impl_from_inner(IUnknown *iface)
{
    return CONTAINING_RECORD(iface, struct marshaler, inner);
}

static IUnknown *outer_of(IMarshal *iface)
{
    return CONTAINING_RECORD(iface, struct marshaler, marshal)->outer;
}

static HRESULT STDMETHODCALLTYPE inner_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IMarshal))
        return E_NOINTERFACE;
    *out = &impl_from_inner(iface)->marshal;
    IUnknown_AddRef(impl_from_inner(iface)->outer);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE inner_Release(IUnknown *iface)
{
    CoTaskMemFree(impl_from_inner(iface));
    return 0;
}

static HRESULT STDMETHODCALLTYPE marshal_QueryInterface(IMarshal *iface, REFIID iid, void **out)
{
    return IUnknown_QueryInterface(outer_of(iface), iid, out);
}

static ULONG STDMETHODCALLTYPE marshal_AddRef(IMarshal *iface)
{
    return IUnknown_AddRef(outer_of(iface));
}

static ULONG STDMETHODCALLTYPE marshal_Release(IMarshal *iface)
{
    return IUnknown_Release(outer_of(iface));
}

/* The code under test calls no other method, and takes only one reference to the inner object. */
static IUnknownVtbl inner_vtbl = {
    .QueryInterface = inner_QueryInterface,
    .Release = inner_Release,
};

static IMarshalVtbl marshal_vtbl = {
    .QueryInterface = marshal_QueryInterface,
    .AddRef = marshal_AddRef,
    .Release = marshal_Release,
};

HRESULT WINAPI CoCreateFreeThreadedMarshaler(IUnknown *outer, IUnknown **inner)
{
    struct marshaler *marshaler = CoTaskMemAlloc(sizeof(*marshaler));

    *inner = NULL;
    if (!marshaler)
        return E_OUTOFMEMORY;
    *marshaler = (struct marshaler){{&inner_vtbl}, {&marshal_vtbl}, outer};
    *inner = &marshaler->inner;
    return S_OK;
}
