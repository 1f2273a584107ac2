/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Declarations of the code that both DLLs share, and of what each DLL has to define for it.
 */
#ifndef COMMON_H
#define COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <olectl.h>

/* Returns a zeroed block from CoTaskMemAlloc, or NULL. count is at most 65535, so that count * size
 * does not overflow. Inline, so that the compiler clears a block of fixed size without a call. */
static inline void *alloc_zeroed(size_t count, size_t size)
{
    void *block = CoTaskMemAlloc(count * size);

    if (block)
        memset(block, 0, count * size);
    return block;
}

/* module.c: the DLL itself. Each object, each reference to a class factory and each
 * LockServer(TRUE) locks the module. COM may unload the DLL when nothing locks the module. */
extern HINSTANCE module_instance;
void module_lock(void);
void module_unlock(void);

/*
 * Creates an object of a class.
 *
 * object  Receives the object, with one reference. The object locks the module until its last
 *         Release. Not written on failure.
 *
 * S_OK; E_OUTOFMEMORY; the error of CoCreateFreeThreadedMarshaler if the class has a marshaler.
 */
typedef HRESULT class_create(IUnknown **object);

/* A class of the DLL, and its class factory. */
struct class
{
    IClassFactory IClassFactory_iface;
    LONG ref; /* to the class factory, which is static and never freed */
    const CLSID *clsid;
    const WCHAR *name; /* written to the registry */
    class_create *create;
};

/* factory.c */
extern const IClassFactoryVtbl class_factory_vtbl;

#define CLASS(name, create)                                                                        \
    {                                                                                              \
        {(IClassFactoryVtbl *)&class_factory_vtbl}, 0, &CLSID_##name, L## #name, create            \
    }

/* Each DLL defines the following. */

/* DllMain calls these when the DLL is loaded, and when it is unloaded before the process exits. */
void module_attach(void);
void module_detach(void);

#define MAX_CLASSES 4

extern struct class classes[];
extern const size_t class_count; /* at most MAX_CLASSES */

/* Whether DllRegisterServer replaces the registration of another file, or fails if there is one. */
extern const bool registers_over_others;

#endif
