/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllGetClassObject, the class objects, and DllCanUnloadNow, as COM documents them. Runs natively
 * against the sources, and as a Windows program against any qutil.dll.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"
#include "tags.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define SENTINEL        ((void *)(uintptr_t)0x5e47)

static const struct
{
    const CLSID *clsid;
    const IID *iid;
} classes[] = {
    {&CLSID_NapSoHConstructor, &IID_INapSoHConstructor},
    {&CLSID_NapSoHProcessor, &IID_INapSoHProcessor},
};

static IClassFactory *new_factory(const CLSID *clsid)
{
    IClassFactory *factory = SENTINEL;

    assert_int_equal(classes_get_object(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    assert_non_null(factory);
    return factory;
}

static IUnknown *new_object(IClassFactory *factory)
{
    IUnknown *object = SENTINEL;

    assert_int_equal(IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, (void **)&object),
                     S_OK);
    assert_non_null(object);
    return object;
}

/* DllGetClassObject */

static void test_DllGetClassObject_each_class(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IClassFactory *factory = new_factory(classes[i].clsid);
        IUnknown *object = SENTINEL;

        assert_int_equal(
            IClassFactory_CreateInstance(factory, NULL, classes[i].iid, (void **)&object), S_OK);
        assert_non_null(object);
        assert_int_equal(IUnknown_Release(object), 0);
        IClassFactory_Release(factory);
    }
}

static void test_DllGetClassObject_unknown_class(void **state)
{
    void *out = SENTINEL;

    (void)state;
    assert_int_equal(classes_get_object(&IID_INapSoHConstructor, &IID_IClassFactory, &out),
                     CLASS_E_CLASSNOTAVAILABLE);
    assert_null(out);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void test_DllGetClassObject_unknown_interface(void **state)
{
    void *out = SENTINEL;

    (void)state;
    assert_int_equal(classes_get_object(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor, &out),
                     E_NOINTERFACE);
    assert_null(out);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void test_DllGetClassObject_null_out_parameter(void **state)
{
    (void)state;
    assert_int_equal(classes_get_object(&CLSID_NapSoHConstructor, &IID_IClassFactory, NULL),
                     E_POINTER);
    assert_int_equal(classes_get_object(&IID_INapSoHConstructor, &IID_IClassFactory, NULL),
                     E_POINTER);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

/* IUnknown of a class object */

static void test_class_object_identity(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IClassFactory *factory = new_factory(classes[i].clsid), *again = SENTINEL;
        IUnknown *unknown = SENTINEL, *same = SENTINEL;

        assert_int_equal(IClassFactory_QueryInterface(factory, &IID_IUnknown, (void **)&unknown),
                         S_OK);
        assert_int_equal(IUnknown_QueryInterface(unknown, &IID_IClassFactory, (void **)&again),
                         S_OK);
        assert_int_equal(IClassFactory_QueryInterface(again, &IID_IUnknown, (void **)&same), S_OK);
        assert_ptr_equal(same, unknown);
        IUnknown_Release(same);
        IClassFactory_Release(again);
        IUnknown_Release(unknown);
        IClassFactory_Release(factory);
    }
}

static void test_class_object_QueryInterface_failures(void **state)
{
    IClassFactory *factory = new_factory(&CLSID_NapSoHProcessor);
    void *out = SENTINEL;

    (void)state;
    assert_int_equal(IClassFactory_QueryInterface(factory, &IID_INapSoHProcessor, &out),
                     E_NOINTERFACE);
    assert_null(out);
    assert_int_equal(IClassFactory_QueryInterface(factory, &IID_IUnknown, NULL), E_POINTER);
    IClassFactory_Release(factory);
}

/* CreateInstance */

static void test_CreateInstance_aggregation(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IClassFactory *factory = new_factory(classes[i].clsid);
        void *out = SENTINEL;

        assert_int_equal(
            IClassFactory_CreateInstance(factory, (IUnknown *)factory, &IID_IUnknown, &out),
            CLASS_E_NOAGGREGATION);
        assert_null(out);
        assert_int_equal(allocations_live(), 0);
        IClassFactory_Release(factory);
    }
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void test_CreateInstance_null_out_parameter(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IClassFactory *factory = new_factory(classes[i].clsid);

        assert_int_equal(IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, NULL),
                         E_POINTER);
        assert_int_equal(allocations_taken(), 0);
        IClassFactory_Release(factory);
    }
}

/* The object is there already when the interface turns out not to be. */
static void test_CreateInstance_unknown_interface(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IClassFactory *factory = new_factory(classes[i].clsid);
        void *out = SENTINEL;

        assert_int_equal(IClassFactory_CreateInstance(factory, NULL, &IID_IClassFactory, &out),
                         E_NOINTERFACE);
        assert_null(out);
        assert_int_equal(allocations_live(), 0);
        IClassFactory_Release(factory);
    }
    assert_int_equal(classes_can_unload_now(), S_OK);
}

/* Each allocation in turn fails, until there is none left to fail. */
static void test_CreateInstance_out_of_memory(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IClassFactory *factory = new_factory(classes[i].clsid);
        IUnknown *object = NULL;
        unsigned nth = 0;

        while (!object)
        {
            HRESULT hr;

            object = SENTINEL;
            allocations_fail(++nth);
            hr = IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, (void **)&object);
            if (hr == S_OK)
                break;
            assert_int_equal(hr, E_OUTOFMEMORY);
            assert_null(object);
            assert_int_equal(allocations_live(), 0);
        }
        allocations_fail(0);
        assert_in_range(nth, 2, 4);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(IClassFactory_Release(factory), 0);
        assert_int_equal(classes_can_unload_now(), S_OK);
    }
}

/* DllCanUnloadNow */

/* The bits of the combination are the object, the factory and the lock that outlive the others. */
static void assert_each_keeps_loaded(const CLSID *clsid, unsigned combination)
{
    IClassFactory *factory = new_factory(clsid);
    IUnknown *object = new_object(factory);

    if (combination & 4)
        assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    if (!(combination & 1))
        assert_int_equal(IUnknown_Release(object), 0);
    if (!(combination & 2))
        assert_int_equal(IClassFactory_Release(factory), 0);
    assert_int_equal(classes_can_unload_now(), combination ? S_FALSE : S_OK);

    if (combination & 1)
        assert_int_equal(IUnknown_Release(object), 0);
    assert_int_equal(classes_can_unload_now(), combination & 6 ? S_FALSE : S_OK);
    if (combination & 2)
        assert_int_equal(IClassFactory_Release(factory), 0);
    assert_int_equal(classes_can_unload_now(), combination & 4 ? S_FALSE : S_OK);
    if (combination & 4)
        assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void test_DllCanUnloadNow_each_combination(void **state)
{
    unsigned combination;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        for (combination = 0; combination < 8; combination++)
            assert_each_keeps_loaded(classes[i].clsid, combination);
    }
}

static void test_DllCanUnloadNow_in_use(void **state)
{
    IClassFactory *factory = new_factory(&CLSID_NapSoHConstructor);
    IUnknown *object = new_object(factory);

    (void)state;
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    IUnknown_Release(object);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
    IClassFactory_Release(factory);
}

/* decided: the factory's references are its caller's alone */
static void test_DllCanUnloadNow_every_reference_counts(void **state)
{
    IClassFactory *factory = new_factory(&CLSID_NapSoHConstructor);
    IUnknown *unknown = SENTINEL;

    (void)state;
    assert_int_equal(IClassFactory_QueryInterface(factory, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_int_equal(IClassFactory_AddRef(factory), 3);
    assert_int_equal(IClassFactory_Release(factory), 2);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
    assert_int_equal(IClassFactory_Release(factory), 0);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

/* An object holds one lock, whatever the number of references to it. */
static void test_DllCanUnloadNow_until_the_last_release(void **state)
{
    IClassFactory *factory = new_factory(&CLSID_NapSoHProcessor);
    IUnknown *object = new_object(factory), *other = new_object(factory);

    (void)state;
    IClassFactory_Release(factory);
    assert_int_equal(IUnknown_AddRef(object), 2);
    assert_int_equal(IUnknown_Release(object), 1);
    assert_int_equal(IUnknown_Release(other), 0);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IUnknown_Release(object), 0);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

#define TEST(tag, test) TAGGED_TEST(tag, test, allocations_begin, allocations_end)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        TEST(DOCUMENTED, test_DllGetClassObject_each_class),
        TEST(DOCUMENTED, test_DllGetClassObject_unknown_class),
        TEST(DOCUMENTED, test_DllGetClassObject_unknown_interface),
        TEST(DECIDED, test_DllGetClassObject_null_out_parameter),
        TEST(DOCUMENTED, test_class_object_identity),
        TEST(DOCUMENTED, test_class_object_QueryInterface_failures),
        TEST(DOCUMENTED, test_CreateInstance_aggregation),
        TEST(DECIDED, test_CreateInstance_null_out_parameter),
        TEST(DOCUMENTED, test_CreateInstance_unknown_interface),
        TEST(DECIDED, test_CreateInstance_out_of_memory),
        TEST(DECIDED, test_DllCanUnloadNow_each_combination),
        TEST(DOCUMENTED, test_DllCanUnloadNow_in_use),
        TEST(DECIDED, test_DllCanUnloadNow_every_reference_counts),
        TEST(DOCUMENTED, test_DllCanUnloadNow_until_the_last_release),
    };

    classes_select(argc, argv);
    return cmocka_run_group_tests_name("class factory", tests, classes_open, classes_close);
}
