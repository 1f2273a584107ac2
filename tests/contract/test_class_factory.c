/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllGetClassObject, DllCanUnloadNow and the class objects of both classes do what COM documents.
 * Runs natively with the sources, and in Windows with any qutil.dll.
 */
#include "test.h"

#include <stdio.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"
#include "rows.h"

enum
{
    CLASSES = 2
};

static const struct class {
    const char *name;
    const CLSID *clsid;
    const IID *iid;
} classes[CLASSES] = {
    {"NapSoHConstructor", &CLSID_NapSoHConstructor, &IID_INapSoHConstructor},
    {"NapSoHProcessor", &CLSID_NapSoHProcessor, &IID_INapSoHProcessor},
};

/* The headers of some compilers do not have this. */
static const IID iid_agile_object = {
    0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}};
/* The native tests have no library with this. */
static const IID iid_support_error_info = {
    0xdf0b3d60, 0x548f, 0x101b, {0x8e, 0x65, 0x08, 0x00, 0x2b, 0x2b, 0xd1, 0x19}};

static IClassFactory *new_factory(const struct class *class)
{
    IClassFactory *factory = SENTINEL;

    assert_int_equal(classes_get_object(class->clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    assert_non_null(factory);
    return factory;
}

static IUnknown *create(const struct class *class, const IID *iid)
{
    IClassFactory *factory = new_factory(class);
    IUnknown *object = SENTINEL;

    assert_int_equal(IClassFactory_CreateInstance(factory, NULL, iid, (void **)&object), S_OK);
    assert_non_null(object);
    IClassFactory_Release(factory);
    return object;
}

/* No object is left, and DllCanUnloadNow says so. */
static int end(void **state)
{
    assert_int_equal(classes_can_unload_now(), S_OK);
    return allocations_end(state);
}

/* DllGetClassObject */

static void expect_no_class_object(const CLSID *clsid, const IID *iid, HRESULT expected,
                                   const char *key)
{
    void *out = SENTINEL;

    expect_result(expected, classes_get_object(clsid, iid, &out), "%s", key);
    expect_size(0, (uintptr_t)out, "%s, pointer after a failure", key);
    expect_result(E_POINTER, classes_get_object(clsid, iid, NULL), "%s, to NULL", key);
}

static void test_DllGetClassObject(void **state)
{
    size_t i;

    (void)state;
    rows_begin();
    for (i = 0; i < CLASSES; i++)
    {
        const struct class *class = &classes[i];
        IUnknown *object = create(class, class->iid);

        expect_size(0, IUnknown_Release(object), "%s, references", class->name);
        expect_no_class_object(class->clsid, class->iid, E_NOINTERFACE, class->name);
        expect_result(E_POINTER, classes_get_object(class->clsid, &IID_IClassFactory, NULL),
                      "%s, IClassFactory to NULL", class->name);
        expect_no_class_object(class->iid, &IID_IClassFactory, CLASS_E_CLASSNOTAVAILABLE,
                               "unknown class");
    }
    rows_end();
}

/* IUnknown: the interfaces of the objects and of the class objects. The objects have a marshaler,
 * and no other interface that COM or the runtime of a language asks for. */
static const struct
{
    const char *name;
    const IID *iid;
    bool of_constructor, of_processor, of_class_object;
} interfaces[] = {
    {"IUnknown", &IID_IUnknown, true, true, true},
    {"INapSoHConstructor", &IID_INapSoHConstructor, true, false, false},
    {"INapSoHProcessor", &IID_INapSoHProcessor, false, true, false},
    {"IClassFactory", &IID_IClassFactory, false, false, true},
    {"IMarshal", &IID_IMarshal, true, true, false},
    {"IAgileObject", &iid_agile_object, false, false, false},
    {"ISupportErrorInfo", &iid_support_error_info, false, false, false},
};

static void expect_interface(IUnknown *object, const IID *iid, bool is_there, const char *key)
{
    IUnknown *other = SENTINEL, *unknown = SENTINEL, *same = SENTINEL;

    if (!expect_result(is_there ? S_OK : E_NOINTERFACE,
                       IUnknown_QueryInterface(object, iid, (void **)&other), "%s", key))
        return;
    if (!is_there)
    {
        expect_size(0, (uintptr_t)other, "%s, pointer after a failure", key);
        return;
    }
    assert_int_equal(IUnknown_QueryInterface(other, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_QueryInterface(object, &IID_IUnknown, (void **)&same), S_OK);
    assert_ptr_equal(same, unknown);
    expect_size(5, IUnknown_AddRef(other), "%s, references", key);
    expect_size(4, IUnknown_Release(other), "%s, references", key);
    expect_size(3, IUnknown_Release(same), "%s, references", key);
    expect_size(2, IUnknown_Release(unknown), "%s, references", key);
    expect_size(1, IUnknown_Release(other), "%s, references", key);
}

static void test_QueryInterface_each_interface(void **state)
{
    IUnknown *constructor = create(&classes[0], &IID_IUnknown);
    IUnknown *processor = create(&classes[1], &IID_IUnknown);
    IUnknown *class_objects[CLASSES];
    size_t i, j;

    (void)state;
    rows_begin();
    for (j = 0; j < CLASSES; j++)
        class_objects[j] = (IUnknown *)new_factory(&classes[j]);
    for (i = 0; i < COUNT_OF(interfaces); i++)
    {
        const IID *iid = interfaces[i].iid;
        char key[64];

        snprintf(key, sizeof(key), "constructor, %s", interfaces[i].name);
        expect_interface(constructor, iid, interfaces[i].of_constructor, key);
        snprintf(key, sizeof(key), "processor, %s", interfaces[i].name);
        expect_interface(processor, iid, interfaces[i].of_processor, key);
        snprintf(key, sizeof(key), "class object, %s", interfaces[i].name);
        for (j = 0; j < CLASSES; j++)
            expect_interface(class_objects[j], iid, interfaces[i].of_class_object, key);
    }
    rows_end();
    assert_int_equal(IUnknown_QueryInterface(constructor, &IID_IUnknown, NULL), E_POINTER);
    assert_int_equal(IUnknown_QueryInterface(processor, &IID_IUnknown, NULL), E_POINTER);
    assert_int_equal(IUnknown_Release(constructor), 0);
    assert_int_equal(IUnknown_Release(processor), 0);
    for (j = 0; j < CLASSES; j++)
    {
        assert_int_equal(IUnknown_QueryInterface(class_objects[j], &IID_IUnknown, NULL), E_POINTER);
        assert_int_equal(IUnknown_Release(class_objects[j]), 0);
    }
}

/* CreateInstance */

static void expect_no_instance(const struct class *class, IUnknown *outer, const IID *iid,
                               HRESULT expected)
{
    IClassFactory *factory = new_factory(class);
    void *out = SENTINEL;

    expect_result(expected, IClassFactory_CreateInstance(factory, outer, iid, &out), "%s%s",
                  class->name, outer ? ", aggregated" : "");
    expect_size(0, (uintptr_t)out, "%s, pointer after a failure", class->name);
    expect_size(0, allocations_live(), "%s, blocks left", class->name);
    IClassFactory_Release(factory);
    expect_result(S_OK, classes_can_unload_now(), "%s, can unload", class->name);
}

/* The object is created before its interface turns out to be missing, and has to be freed. */
static void test_CreateInstance_failures(void **state)
{
    IUnknown outer = {NULL}; /* a call of it would crash the test */
    size_t i;

    (void)state;
    rows_begin();
    for (i = 0; i < CLASSES; i++)
    {
        IClassFactory *factory;
        unsigned taken;

        expect_no_instance(&classes[i], &outer, &IID_IUnknown, CLASS_E_NOAGGREGATION);
        expect_no_instance(&classes[i], NULL, &IID_IClassFactory, E_NOINTERFACE);
        factory = new_factory(&classes[i]);
        taken = allocations_taken();
        expect_result(E_POINTER, IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, NULL),
                      "%s, to NULL", classes[i].name);
        expect_size(taken, allocations_taken(), "%s, blocks for NULL", classes[i].name);
        IClassFactory_Release(factory);
    }
    rows_end();
}

/* The first object shows how many allocations there are. Then each of them fails in turn. */
static void test_CreateInstance_out_of_memory(void **state)
{
    unsigned blocks, nth;
    size_t i;

    (void)state;
    rows_begin();
    for (i = 0; i < CLASSES; i++)
    {
        IUnknown *object = create(&classes[i], &IID_IUnknown);

        blocks = allocations_live();
        assert_int_equal(IUnknown_Release(object), 0);
        assert_in_range(blocks, 1, 3);
        for (nth = 1; nth <= blocks; nth++)
        {
            allocations_fail(nth);
            expect_no_instance(&classes[i], NULL, &IID_IUnknown, E_OUTOFMEMORY);
        }
    }
    rows_end();
}

/* DllCanUnloadNow */

/* The references that keep the DLL loaded. */
static void release_reference(unsigned index, IUnknown *object, IClassFactory *factory)
{
    if (index == 0)
        assert_int_equal(IUnknown_Release(object), 0);
    else if (index == 1)
        assert_int_equal(IClassFactory_Release(factory), 0);
    else
        assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
}

/* The references whose bit is set in combination are released after the others. */
static void assert_each_keeps_loaded(const struct class *class, unsigned combination)
{
    IClassFactory *factory = new_factory(class);
    IUnknown *object = create(class, &IID_IUnknown);
    unsigned i, held = 7;

    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    for (i = 0; i < 6; i++)
    {
        if ((combination >> i % 3 & 1) != (i >= 3))
            continue;
        assert_int_equal(classes_can_unload_now(), S_FALSE);
        release_reference(i % 3, object, factory);
        held &= ~(1u << i % 3);
        assert_int_equal(classes_can_unload_now(), held ? S_FALSE : S_OK);
    }
}

static void test_DllCanUnloadNow_each_combination(void **state)
{
    unsigned combination;

    (void)state;
    for (combination = 0; combination < CLASSES * 8; combination++)
        assert_each_keeps_loaded(&classes[combination / 8], combination % 8);
}

/* Each lock and each object keeps the DLL loaded; the number of references does not matter. */
static void test_DllCanUnloadNow_in_use(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < CLASSES; i++)
    {
        IClassFactory *factory = new_factory(&classes[i]);
        IUnknown *object = create(&classes[i], &IID_IUnknown);
        IUnknown *other = create(&classes[i], &IID_IUnknown);

        assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
        assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
        assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
        assert_int_equal(IUnknown_Release(other), 0);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(IClassFactory_Release(factory), 0);
        assert_int_equal(classes_can_unload_now(), S_FALSE);
        object = create(&classes[i], &IID_IUnknown);
        factory = new_factory(&classes[i]);
        assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
        assert_int_equal(IClassFactory_Release(factory), 0);
        assert_int_equal(IUnknown_AddRef(object), 2);
        assert_int_equal(IUnknown_Release(object), 1);
        assert_int_equal(classes_can_unload_now(), S_FALSE);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(classes_can_unload_now(), S_OK);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, allocations_begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_DllGetClassObject),
    TEST(test_QueryInterface_each_interface),
    TEST(test_CreateInstance_failures),
    TEST(test_CreateInstance_out_of_memory),
    TEST(test_DllCanUnloadNow_each_combination),
    TEST(test_DllCanUnloadNow_in_use),
};

const struct test_group test_class_factory = {
    .name = "class_factory",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
    .dll = "qutil.dll",
};
