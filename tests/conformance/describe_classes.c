/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about the class objects, and about what all objects have.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "classes.h"
#include "describe.h"
#include "describe_objects.h"
#include "packets.h"

/* Younger than the headers of some compilers. */
DEFINE_GUID(iid_agile_object, 0x94ea2b94, 0xe9cc, 0x49e0, 0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b,
            0x90);

static void tell_interfaces_of(const char *key, const char *name, IUnknown *object)
{
    static const struct
    {
        const char *name;
        const IID *iid;
    } interfaces[] = {
        {"IUnknown", &IID_IUnknown},
        {"IClassFactory", &IID_IClassFactory},
        {"IMarshal", &IID_IMarshal},
        {"IAgileObject", &iid_agile_object},
        {"ISupportErrorInfo", &IID_ISupportErrorInfo},
        {"INapSoHConstructor", &IID_INapSoHConstructor},
        {"INapSoHProcessor", &IID_INapSoHProcessor},
    };
    size_t i;

    for (i = 0; i < COUNT_OF(interfaces); i++)
    {
        void *out_pointer = SENTINEL;
        HRESULT hr = IUnknown_QueryInterface(object, interfaces[i].iid, &out_pointer);

        fact(key, text_of("%s.QueryInterface.%s", name, interfaces[i].name), "%s, %s", code_of(hr),
             state_of(out_pointer));
    }
}

static const struct
{
    const char *name;
    const CLSID *clsid;
} classes[] = {
    {"constructor", &CLSID_NapSoHConstructor},
    {"processor", &CLSID_NapSoHProcessor},
};

static void tell_interfaces(const char *key, unsigned index)
{
    IClassFactory *factory;
    IUnknown *object;
    void *pointer = SENTINEL;
    HRESULT hr;

    classes_open(NULL);
    hr = classes_get_object(classes[index].clsid, &IID_IClassFactory, (void **)&factory);
    fact(key, "DllGetClassObject", "%s", code_of(hr));
    if (FAILED(hr))
        return;
    fact(key, "factory.AddRef", "%lu", IClassFactory_AddRef(factory));
    fact(key, "factory.Release", "%lu", IClassFactory_Release(factory));
    tell_interfaces_of(key, "factory", (IUnknown *)factory);
    hr = IClassFactory_CreateInstance(factory, (IUnknown *)factory, &IID_IUnknown, &pointer);
    fact(key, "aggregated", "%s, %s", code_of(hr), state_of(pointer));
    if (FAILED(IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, (void **)&object)))
        return;
    fact(key, "object.AddRef", "%lu", IUnknown_AddRef(object));
    fact(key, "object.Release", "%lu", IUnknown_Release(object));
    tell_interfaces_of(key, "object", object);
}

static void tell_class_object(const char *key, unsigned argument)
{
    void *pointer = SENTINEL;
    HRESULT hr;

    (void)argument;
    classes_open(NULL);
    hr = classes_get_object(&IID_IUnknown, &IID_IClassFactory, &pointer);
    fact(key, "unknown-class", "%s, %s", code_of(hr), state_of(pointer));
    pointer = SENTINEL;
    hr = classes_get_object(&CLSID_NapSoHConstructor, &IID_IMarshal, &pointer);
    fact(key, "unknown-interface", "%s, %s", code_of(hr), state_of(pointer));
}

static void tell_class_object_null(const char *key, unsigned argument)
{
    (void)argument;
    classes_open(NULL);
    fact(key, "", "%s",
         code_of(classes_get_object(&CLSID_NapSoHConstructor, &IID_IClassFactory, NULL)));
}

static void tell_unload(const char *key, unsigned argument)
{
    IClassFactory *factory;
    IUnknown *object;

    (void)argument;
    classes_open(NULL);
    fact(key, "1-fresh", "%s", code_of(classes_can_unload_now()));
    classes_get_object(&CLSID_NapSoHProcessor, &IID_IClassFactory, (void **)&factory);
    fact(key, "2-factory", "%s", code_of(classes_can_unload_now()));
    IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, (void **)&object);
    fact(key, "3-object-and-factory", "%s", code_of(classes_can_unload_now()));
    IClassFactory_LockServer(factory, TRUE);
    IClassFactory_Release(factory);
    IUnknown_Release(object);
    fact(key, "4-lock", "%s", code_of(classes_can_unload_now()));
    classes_get_object(&CLSID_NapSoHProcessor, &IID_IClassFactory, (void **)&factory);
    IClassFactory_LockServer(factory, FALSE);
    IClassFactory_Release(factory);
    fact(key, "5-nothing", "%s", code_of(classes_can_unload_now()));
}

static const struct part parts[] = {
    {"constructor", tell_interfaces, 0, NEEDS},
    {"processor", tell_interfaces, 1, NEEDS},
    {"DllGetClassObject", tell_class_object, 0, NEEDS},
    {"DllGetClassObject.null", tell_class_object_null, 0, NEEDS},
    {"unload", tell_unload, 0, "DllCanUnloadNow"},
};

const struct parts class_parts = {parts, COUNT_OF(parts)};
