/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Compile-time check of the NAP headers for C++17. That it compiles is the result.
 */
#include <cstddef>
#include <type_traits>
#include <windows.h>
#include <ole2.h>
#include <ocidl.h>

/* Makes the IID_ constants of the headers below usable in constant expressions. */
#undef DEFINE_GUID
#define DEFINE_GUID(name, ...) constexpr GUID name = make_guid(__VA_ARGS__)

constexpr GUID make_guid(unsigned l, unsigned short w1, unsigned short w2, unsigned char b1,
                         unsigned char b2, unsigned char b3, unsigned char b4, unsigned char b5,
                         unsigned char b6, unsigned char b7, unsigned char b8)
{
    return {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}};
}

#include <napcertrelyingparty.h>
#include <napcommon.h>
#include <napmicrosoftvendorids.h>
#include <napsystemhealthagent.h>
#include <napsystemhealthvalidator.h>
#include <naputil.h>

constexpr bool equal(const GUID &a, const GUID &b)
{
    bool same = a.Data1 == b.Data1 && a.Data2 == b.Data2 && a.Data3 == b.Data3;

    for (int i = 0; i < 8; i++)
        same = same && a.Data4[i] == b.Data4[i];
    return same;
}

#ifdef _WIN64
#define FOR_MACHINE(x64, x86) (x64)
#else
#define FOR_MACHINE(x64, x86) (x86)
#endif

#define SIZE(type, x64, x86) static_assert(sizeof(type) == FOR_MACHINE(x64, x86), #type)
#define SIZE_OF_MEMBER(type, member, x64, x86)                                                     \
    static_assert(sizeof(type::member) == FOR_MACHINE(x64, x86), #type "." #member)
#define OFFSET(type, member, x64, x86)                                                             \
    static_assert(offsetof(type, member) == FOR_MACHINE(x64, x86), #type "." #member)
#define VALUE(name, number) static_assert((name) == (number), #name)

/* A variable has an address and leaves its name to members and to other namespaces, as a macro does
 * not. */
#define VARIABLE(name, number)                                                                     \
    namespace namespace_with_##name                                                                \
    {                                                                                              \
        constexpr UINT32 name = number;                                                            \
        struct with_member                                                                         \
        {                                                                                          \
            UINT32 name;                                                                           \
        };                                                                                         \
    }                                                                                              \
    static_assert(sizeof(*&name) == 4, #name)

/* check_complete.cmake compares the values of mingw-w64's variables, most of which are not const. It
 * has no __uuidof for its classes either. */
#ifdef NAP_INTERFACE_H
#define NUMBER(name, number)                                                                       \
    VARIABLE(name, number);                                                                        \
    VALUE(name, number)
#define CLASS(name, ...)                                                                           \
    static_assert(sizeof(CLSID_##name) == 16, #name);                                              \
    static_assert(equal(__uuidof(name), make_guid(__VA_ARGS__)), "uuidof " #name)
#else
#define NUMBER(name, number) VARIABLE(name, number)
#define CLASS(name, ...)     static_assert(sizeof(CLSID_##name) == 16, #name)
#endif

/* The conversion checks the signature: an inherited method's pointer has its base's type. */
template <class Interface, class Result, class... Arguments>
using method = Result (STDMETHODCALLTYPE Interface::*)(Arguments...);

#define METHOD(interface, slot, result, name, ...)                                                 \
    constexpr method<interface, result, __VA_ARGS__> interface##_##name = &interface::name;        \
    static_assert(interface##_##name != nullptr, #interface "::" #name)
#define METHOD0(interface, slot, result, name)                                                     \
    constexpr method<interface, result> interface##_##name = &interface::name;                     \
    static_assert(interface##_##name != nullptr, #interface "::" #name)
#define SLOTS(interface, count)                                                                    \
    static_assert(sizeof(interface) == sizeof(void *) && std::is_abstract<interface>::value,       \
                  #interface)

#define BASE(interface, base)                                                                      \
    static_assert(std::is_base_of<base, interface>::value, #interface " is a " #base)

#define FUNCTION(result, name, ...)                                                                \
    static_assert(std::is_same<decltype(&name), result(WINAPI *)(__VA_ARGS__)>::value, #name)

#define IID(interface, ...)                                                                        \
    static_assert(equal(IID_##interface, make_guid(__VA_ARGS__)), "IID_" #interface);              \
    static_assert(equal(__uuidof(interface), make_guid(__VA_ARGS__)), "uuidof " #interface)

#include "abi_facts.h"
