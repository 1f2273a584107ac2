/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Gets the classes from the DLL that TESTED_DLL names: loaded by name without registration, or as COM
 * finds them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>

#include "classes.h"

static bool registered;
static DWORD apartment = COINIT_MULTITHREADED;
static HMODULE module;

static FARPROC export(const char *name)
{
    FARPROC function = GetProcAddress(module, name);

    if (!function)
        fail_msg(TESTED_DLL " does not export %s", name);
    return function;
}

void classes_select(int argc, char **argv)
{
    int i;

    for (i = 1; i < argc; i++)
    {
        if (strcmp(argv[i], "--registered") == 0)
            registered = true;
        if (strcmp(argv[i], "--sta") == 0)
            apartment = COINIT_APARTMENTTHREADED;
    }
    /* The messages of the tests do not say which of the two runs. */
    printf("classes: %s\n", registered ? "registered" : "not registered");
    fflush(stdout);
}

int classes_open(void **state)
{
    (void)state;
    module = LoadLibraryA(TESTED_DLL);
    return module && SUCCEEDED(CoInitializeEx(NULL, apartment)) ? 0 : -1;
}

int classes_close(void **state)
{
    (void)state;
    CoUninitialize();
    FreeLibrary(module);
    return 0;
}

HRESULT classes_get_object(REFCLSID clsid, REFIID iid, void **out)
{
    HRESULT(WINAPI * get_class_object)
    (REFCLSID, REFIID, void **) =
        (HRESULT(WINAPI *)(REFCLSID, REFIID, void **))(uintptr_t) export("DllGetClassObject");

    if (registered)
        return CoGetClassObject(clsid, CLSCTX_INPROC_SERVER, NULL, iid, out);
    return get_class_object(clsid, iid, out);
}

HRESULT classes_can_unload_now(void)
{
    return ((HRESULT(WINAPI *)(void))(uintptr_t) export("DllCanUnloadNow"))();
}

void *new_object(REFCLSID clsid, REFIID iid)
{
    void *object = NULL;
    IClassFactory *factory;

    if (registered)
    {
        assert_int_equal(CoCreateInstance(clsid, NULL, CLSCTX_INPROC_SERVER, iid, &object), S_OK);
    }
    else
    {
        assert_int_equal(classes_get_object(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
        assert_int_equal(IClassFactory_CreateInstance(factory, NULL, iid, &object), S_OK);
        IClassFactory_Release(factory);
    }
    assert_non_null(object);
    return object;
}
