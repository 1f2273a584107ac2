/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * How the NAP headers declare an interface: once, for C++ as an abstract class, and for C as a
 * structure with lpVtbl. The Windows SDK has no header of this name.
 *
 * COM's own macro for C is not enough: with CONST_VTABLE, mingw-w64's is one that compilers warn of.
 * MIDL's headers, and these, have a constant lpVtbl then, and a type for the table that is not.
 */
#ifndef NAP_INTERFACE_H
#define NAP_INTERFACE_H

#include <unknwn.h>

/* The name has been declared before: typedef interface INapName INapName. */
#if defined(__cplusplus) && !defined(CINTERFACE)
#define NAP_INTERFACE(name, base, iid) DECLARE_INTERFACE_IID_(name, base, iid)
#else
#define NAP_INTERFACE(name, base, iid)                                                             \
    typedef struct name##Vtbl name##Vtbl;                                                          \
    struct name                                                                                    \
    {                                                                                              \
        CONST_VTBL name##Vtbl *lpVtbl;                                                             \
    };                                                                                             \
    struct name##Vtbl
#endif

#endif
