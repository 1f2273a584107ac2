/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Watches the COM task allocator through IMallocSpy.
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <objbase.h>

#include "allocations.h"

static SIZE_T requested;
static bool failing;
/* A list of the blocks that were withheld. Each block begins with the address of the next. */
static void **withheld;
static bool freeing_withheld;

static HRESULT STDMETHODCALLTYPE spy_QueryInterface(IMallocSpy *iface, REFIID iid, void **out)
{
    if (IsEqualGUID(iid, &IID_IMallocSpy) || IsEqualGUID(iid, &IID_IUnknown))
    {
        *out = iface;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE spy_AddRef(IMallocSpy *iface)
{
    return 2;
}

static ULONG STDMETHODCALLTYPE spy_Release(IMallocSpy *iface)
{
    return 1;
}

static SIZE_T STDMETHODCALLTYPE spy_PreAlloc(IMallocSpy *iface, SIZE_T size)
{
    requested = size;
    failing = allocations_fails_now();
    return failing && size < sizeof(*withheld) ? sizeof(*withheld) : size;
}

static void *STDMETHODCALLTYPE spy_PostAlloc(IMallocSpy *iface, void *block)
{
    /* The allocator cannot be told to fail: the block is withheld until the test ends. */
    if (block && failing)
    {
        *(void **)block = withheld;
        withheld = block;
        return NULL;
    }
    if (block)
        allocations_record(block, requested);
    return block;
}

static void *STDMETHODCALLTYPE spy_PreFree(IMallocSpy *iface, void *block, BOOL spied)
{
    if (block && spied && !freeing_withheld)
        allocations_forget(block);
    return block;
}

static void STDMETHODCALLTYPE spy_PostFree(IMallocSpy *iface, BOOL spied)
{
}

/* The DLL neither resizes a block nor asks for its size: these functions change nothing. */
static SIZE_T STDMETHODCALLTYPE spy_PreRealloc(IMallocSpy *iface, void *block, SIZE_T size,
                                               void **new_request, BOOL spied)
{
    *new_request = block;
    return size;
}

static void *STDMETHODCALLTYPE spy_pass_block(IMallocSpy *iface, void *block, BOOL spied)
{
    return block;
}

static SIZE_T STDMETHODCALLTYPE spy_PostGetSize(IMallocSpy *iface, SIZE_T size, BOOL spied)
{
    return size;
}

static int STDMETHODCALLTYPE spy_PostDidAlloc(IMallocSpy *iface, void *block, BOOL spied,
                                              int actual)
{
    return actual;
}

static void STDMETHODCALLTYPE spy_HeapMinimize(IMallocSpy *iface)
{
}

static IMallocSpyVtbl spy_vtbl = {
    .QueryInterface = spy_QueryInterface,
    .AddRef = spy_AddRef,
    .Release = spy_Release,
    .PreAlloc = spy_PreAlloc,
    .PostAlloc = spy_PostAlloc,
    .PreFree = spy_PreFree,
    .PostFree = spy_PostFree,
    .PreRealloc = spy_PreRealloc,
    .PostRealloc = spy_pass_block,
    .PreGetSize = spy_pass_block,
    .PostGetSize = spy_PostGetSize,
    .PreDidAlloc = spy_pass_block,
    .PostDidAlloc = spy_PostDidAlloc,
    .PreHeapMinimize = spy_HeapMinimize,
    .PostHeapMinimize = spy_HeapMinimize,
};

static IMallocSpy spy = {&spy_vtbl};

/* After a test that leaks blocks, the spy is still registered, and the next test uses it. */
void allocations_watch(void)
{
    HRESULT hr = CoRegisterMallocSpy(&spy);

    if (FAILED(hr) && hr != CO_E_OBJISREG)
    {
        fprintf(stderr, "CoRegisterMallocSpy failed with 0x%08lx\n", (unsigned long)hr);
        exit(1);
    }
}

void allocations_unwatch(void)
{
    freeing_withheld = true;
    while (withheld)
    {
        void *block = withheld;

        withheld = *withheld;
        CoTaskMemFree(block);
    }
    freeing_withheld = false;
    CoRevokeMallocSpy();
}
