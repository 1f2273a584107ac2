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

/* Returns a zeroed CoTaskMemAlloc block, or NULL. The caller passes a count up to 65535, so the
 * product does not overflow. Inline: if the size is constant, memset becomes a few stores. */
static inline void *alloc_zeroed(size_t count, size_t size)
{
    void *block = CoTaskMemAlloc(count * size);

    if (block)
        memset(block, 0, count * size);
    return block;
}

/* module.c: the DLL's handle, and the count of its locks. Each object, each reference to a class
 * factory and each LockServer(TRUE) is a lock. While there is none, COM may unload the DLL. */
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
    LONG ref; /* references to the class factory; it is static, so the last Release frees nothing */
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

/* DllMain calls these when the DLL is loaded and when it is unloaded, but not at process exit. */
void module_attach(void);
void module_detach(void);

#define MAX_CLASSES 4

extern struct class classes[];
extern const size_t class_count; /* at most MAX_CLASSES */

/* True: DllRegisterServer takes over classes that belong to another file. False: it then fails. */
extern const bool registers_over_others;

#endif
