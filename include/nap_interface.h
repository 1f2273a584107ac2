/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The macros with which the NAP headers declare interfaces and classes. One declaration gives an
 * abstract class in C++, and a structure with lpVtbl in C. The Windows SDK has no header of this
 * name.
 */
#ifndef NAP_INTERFACE_H
#define NAP_INTERFACE_H

#include <unknwn.h>

/* __uuidof in C++ needs __declspec(uuid) with MSVC, and __CRT_UUID_DECL with mingw-w64. */
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
 * NAP_INTERFACE begins the declaration of an interface. The name must be declared as a type before.
 *
 * DECLARE_INTERFACE is not used in C, because compilers warn about mingw-w64's with CONST_VTABLE.
 * With CONST_VTABLE, in these headers as in MIDL's, lpVtbl points to a constant table, and the type
 * of the table itself is not constant.
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

/* NAPMETHOD begins a method, as MIDL's headers do. In newer headers STDMETHOD also declares that
 * the method throws no C++ exception, and compilers warn if a program's class does not declare
 * that. */
#if defined(__cplusplus) && !defined(CINTERFACE)
#define NAPMETHOD(name)        virtual HRESULT STDMETHODCALLTYPE name
#define NAPMETHOD_(type, name) virtual type STDMETHODCALLTYPE name
#else
#define NAPMETHOD(name)        HRESULT(STDMETHODCALLTYPE *name)
#define NAPMETHOD_(type, name) type(STDMETHODCALLTYPE *name)
#endif

/* NAP_IID declares the IID of an interface, or defines it after initguid.h. */
#define NAP_IID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                                   \
    DEFINE_GUID(IID_##name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8);                            \
    NAP_UUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)

/* NAP_CLASS declares the CLSID of a class. The library napguid defines it. */
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
