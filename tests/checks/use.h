/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * compare_headers.sh calls one of these macros with each name of the NAP headers, in C and in C++.
 * The macro defines a constant, whose value is a fact.
 */
#ifdef __cplusplus
#define CONSTANT            extern "C" constexpr
#define USE_INTERFACE(name) CONSTANT GUID uuid_of_##name = __uuidof(name);
#else
#define CONSTANT const
#define USE_INTERFACE(name)
#endif

/* A macro or an enumerator. */
#define USE_NUMBER(name) CONSTANT long long value_of_##name = (name);

/* A function. The value is its name for the linker. */
#define USE_FUNCTION(name) CONSTANT __typeof__(&(name)) address_of_##name = &(name);

/* The id of a component is a variable: it has an address, and a member may have the same name. */
#define USE_ID(name)                                                                               \
    CONSTANT __typeof__(&(name)) address_of_##name = &(name);                                      \
    struct with_##name                                                                             \
    {                                                                                              \
        UINT32 name;                                                                               \
    };                                                                                             \
    USE_ID_IN_CXX(name)

/* In C++, the ids in our headers and the SDK's are constant expressions, whose names may be used in
 * other namespaces, and classes have a __uuidof. In mingw-w64's headers neither is so. */
#if !defined(__cplusplus)
#define USE_ID_IN_CXX(name)
#define USE_CLASS(name) CONSTANT CLSID *address_of_##name = &CLSID_##name;
#elif !defined(NAP_INTERFACE_H)
#define USE_ID_IN_CXX(name)
#define USE_CLASS(name)
#else
#define USE_ID_IN_CXX(name)                                                                        \
    static_assert(name != 0, #name);                                                               \
    namespace namespace_with_##name                                                                \
    {                                                                                              \
        constexpr UINT32 name = 1;                                                                 \
        static_assert(name == 1, "another variable");                                              \
    }
#define USE_CLASS(name) const CLSID CLSID_##name = __uuidof(name);
#endif
