/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Compile-time check of the NAP headers for C. That it compiles is the result.
 */
#include <stddef.h>
#include <windows.h>
#include <napcertrelyingparty.h>
#include <napcommon.h>
#include <napmicrosoftvendorids.h>
#include <napsystemhealthagent.h>
#include <napsystemhealthvalidator.h>
#include <naputil.h>

#ifdef _WIN64
#define FOR_MACHINE(x64, x86) (x64)
#else
#define FOR_MACHINE(x64, x86) (x86)
#endif

#define SIZE(type, x64, x86) _Static_assert(sizeof(type) == FOR_MACHINE(x64, x86), #type)
#define SIZE_OF_MEMBER(type, member, x64, x86)                                                     \
    _Static_assert(sizeof(((type *)0)->member) == FOR_MACHINE(x64, x86), #type "." #member)
#define OFFSET(type, member, x64, x86)                                                             \
    _Static_assert(offsetof(type, member) == FOR_MACHINE(x64, x86), #type "." #member)
#define VALUE(name, number) _Static_assert((name) == (number), #name)

/* A variable has an address and leaves its name to members, as a macro does not. The value of one is
 * a constant expression in C++ only: abi.cpp compares it. */
#define NUMBER(name, number)                                                                       \
    struct with_member_##name                                                                      \
    {                                                                                              \
        UINT32 name;                                                                               \
    };                                                                                             \
    _Static_assert(sizeof(*&name) == 4, #name)

#define METHOD_TYPE(interface, slot, method, pointer)                                              \
    _Static_assert(offsetof(interface##Vtbl, method) == (slot) * sizeof(void *),                   \
                   #interface "::" #method " slot");                                               \
    _Static_assert(                                                                                \
        __builtin_types_compatible_p(__typeof__(((interface##Vtbl *)0)->method), pointer),         \
        #interface "::" #method " type")
#define METHOD(interface, slot, type, method, ...)                                                 \
    METHOD_TYPE(interface, slot, method, type(STDMETHODCALLTYPE *)(interface *, __VA_ARGS__))
#define METHOD0(interface, slot, type, method)                                                     \
    METHOD_TYPE(interface, slot, method, type(STDMETHODCALLTYPE *)(interface *))
#define SLOTS(interface, count)                                                                    \
    _Static_assert(sizeof(interface##Vtbl) == (count) * sizeof(void *), #interface)

/* C has no bases. */
#define BASE(interface, base) _Static_assert(sizeof(interface) == sizeof(base), #interface)

#define FUNCTION(type, name, ...)                                                                  \
    _Static_assert(__builtin_types_compatible_p(__typeof__(&name), type(WINAPI *)(__VA_ARGS__)),   \
                   #name)

/* The values of GUIDs are constant expressions in C++ only: abi.cpp compares them. */
#define IID(interface, ...) _Static_assert(sizeof(IID_##interface) == 16, #interface)
#define CLASS(name, ...)    _Static_assert(sizeof(CLSID_##name) == 16, #name)

#include "abi_facts.h"
