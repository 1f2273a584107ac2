/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * How the NAP headers declare interfaces and classes: once, for C++ as abstract classes, and for C
 * as structures with lpVtbl. The Windows SDK has no header of this name.
 */
#ifndef NAP_INTERFACE_H
#define NAP_INTERFACE_H

#include <unknwn.h>

/* __uuidof of C++ is the compiler's own, or what the toolchain's headers make of __CRT_UUID_DECL. */
#ifdef _MSC_VER
#define NAP_DECLSPEC_UUID(text) __declspec(uuid(text))
#else
#define NAP_DECLSPEC_UUID(text)
#endif
#ifdef __CRT_UUID_DECL
#define NAP_UUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                                  \
    __CRT_UUID_DECL(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)
#else
#define NAP_UUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)
#endif

/*
 * NAP_INTERFACE begins an interface, whose name has been declared as a type before.
 *
 * COM's own macro for C is not enough: with CONST_VTABLE, compilers warn of mingw-w64's. MIDL's
 * headers, and these, have a constant lpVtbl then, and a type for the table that is not.
 */
#if defined(__cplusplus) && !defined(CINTERFACE)
#define NAP_INTERFACE(name, base, iid)                                                             \
    struct NAP_DECLSPEC_UUID(iid) DECLSPEC_NOVTABLE name : public base
#else
#define NAP_INTERFACE(name, base, iid)                                                             \
    typedef struct name##Vtbl name##Vtbl;                                                          \
    struct name                                                                                    \
    {                                                                                              \
        CONST_VTBL name##Vtbl *lpVtbl;                                                             \
    };                                                                                             \
    struct name##Vtbl
#endif

/* NAPMETHOD begins a method, as MIDL's headers do. STDMETHOD of newer headers says besides that it
 * raises no C++ exception, and compilers warn where a program's class does not say it too. */
#if defined(__cplusplus) && !defined(CINTERFACE)
#define NAPMETHOD(name)        virtual HRESULT STDMETHODCALLTYPE name
#define NAPMETHOD_(type, name) virtual type STDMETHODCALLTYPE name
#else
#define NAPMETHOD(name)        HRESULT(STDMETHODCALLTYPE *name)
#define NAPMETHOD_(type, name) type(STDMETHODCALLTYPE *name)
#endif

/* NAP_IID declares, or with initguid.h defines, the IID of an interface. */
#define NAP_IID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                                   \
    DEFINE_GUID(IID_##name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8);                            \
    NAP_UUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)

/* NAP_CLASS declares the CLSID of a class, which the library napguid defines. */
#ifdef __cplusplus
#define NAP_CLASS(name, clsid, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                          \
    EXTERN_C const CLSID CLSID_##name;                                                             \
    class NAP_DECLSPEC_UUID(clsid) name;                                                           \
    NAP_UUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)
#else
#define NAP_CLASS(name, clsid, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                          \
    EXTERN_C const CLSID CLSID_##name;
#endif

#endif
