/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What every DLL of this project has, and what each DLL brings along for it.
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

/* A block from CoTaskMemAlloc, all zero, or NULL. The product must not overflow: 16-bit counts of
 * small structures cannot. Inline, so that what has a fixed size is cleared without a call. */
static inline void *alloc_zeroed(size_t count, size_t size)
{
    void *block = CoTaskMemAlloc(count * size);

    if (block)
        memset(block, 0, count * size);
    return block;
}

/* module.c: the DLL itself. Live objects, references to factories and LockServer hold the lock; the
 * DLL may be unloaded while nothing does. */
extern HINSTANCE module_instance;
void module_lock(void);
void module_unlock(void);

/*
 * Makes an object of a class.
 *
 * object  Receives the object, with one reference. It holds the lock of the DLL until its last
 *         Release. Untouched on failure.
 *
 * S_OK; E_OUTOFMEMORY; what CoCreateFreeThreadedMarshaler says where the class has a marshaler.
 */
typedef HRESULT class_create(IUnknown **object);

/* A class that COM finds in the DLL, which is its factory too. */
struct class
{
    IClassFactory IClassFactory_iface;
    LONG ref; /* references to the factory, which is static: they keep nothing alive but the DLL */
    const CLSID *clsid;
    const WCHAR *name; /* in the registry */
    class_create *create;
};

/* factory.c */
extern const IClassFactoryVtbl class_factory_vtbl;

#define CLASS(name, create)                                                                        \
    {                                                                                              \
        {(IClassFactoryVtbl *)&class_factory_vtbl}, 0, &CLSID_##name, L## #name, create            \
    }

/* Each DLL defines these. */

/* DllMain calls them: when the DLL is loaded, and when it is unloaded while the process goes on. */
void module_attach(void);
void module_detach(void);

#define MAX_CLASSES 4

extern struct class classes[];
extern const size_t class_count; /* at most MAX_CLASSES */

/* Whether DllRegisterServer replaces what another file has registered, or fails there. */
extern const bool registers_over_others;

#endif
