/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllGetClassObject, DllCanUnloadNow and the class objects do what COM documents.
 */
#include "test.h"

#include <stdio.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <napenforcementclient.h>
#include <napmanagement.h>
#include <napsystemhealthagent.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"
#include "rows.h"

/* The classes of the DLL under test. */
static const struct com_class *classes;
static size_t class_count;

/* The headers of some compilers do not have this. */
static const IID iid_agile_object = {
    0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}};
/* The native tests have no library with this. */
static const IID iid_support_error_info = {
    0xdf0b3d60, 0x548f, 0x101b, {0x8e, 0x65, 0x08, 0x00, 0x2b, 0x2b, 0xd1, 0x19}};

static IClassFactory *new_factory(const struct com_class *class)
{
    IClassFactory *factory = SENTINEL;

    assert_int_equal(classes_get_object(class->clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    assert_non_null(factory);
    return factory;
}

static int begin(void **state)
{
    classes = dll_classes(&class_count);
    return allocations_begin(state);
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

    for (i = 0; i < class_count; i++)
    {
        const struct com_class *class = &classes[i];
        IUnknown *object = new_object(class->clsid, class->iid);

        expect_size(0, IUnknown_Release(object), "%s, references", class->name);
        expect_no_class_object(class->clsid, class->iid, E_NOINTERFACE, class->name);
        expect_result(E_POINTER, classes_get_object(class->clsid, &IID_IClassFactory, NULL),
                      "%s, IClassFactory to NULL", class->name);
        expect_no_class_object(class->iid, &IID_IClassFactory, CLASS_E_CLASSNOTAVAILABLE,
                               "unknown class");
    }
}

/* IUnknown: the interfaces of the objects and of the class objects. There is no other interface
 * that COM or the runtime of a language asks for. A binding belongs to the apartment of its
 * callback, and the other objects have a marshaler. */
enum
{
    CLASS_OBJECT = CLASSES,
    OBJECTS = CLASS_OBJECT + 1
};

static const struct
{
    const char *name;
    const IID *iid;
    bool is_there[OBJECTS];
} interfaces[] = {
    {"IUnknown", &IID_IUnknown, {true, true, true, true, true, true}},
    {"INapSoHConstructor", &IID_INapSoHConstructor, {[CONSTRUCTOR] = true}},
    {"INapSoHProcessor", &IID_INapSoHProcessor, {[PROCESSOR] = true}},
    {"INapClientManagement", &IID_INapClientManagement, {[MANAGEMENT] = true}},
    {"INapClientManagement2", &IID_INapClientManagement2, {[MANAGEMENT] = true}},
    {"INapSystemHealthAgentBinding", &IID_INapSystemHealthAgentBinding, {[HEALTH_AGENT] = true}},
    {"INapSystemHealthAgentBinding2", &IID_INapSystemHealthAgentBinding2, {[HEALTH_AGENT] = true}},
    {"INapEnforcementClientBinding",
     &IID_INapEnforcementClientBinding,
     {[ENFORCEMENT_CLIENT] = true}},
    {"INapSystemHealthAgentCallback", &IID_INapSystemHealthAgentCallback, {false}},
    {"IClassFactory", &IID_IClassFactory, {[CLASS_OBJECT] = true}},
    {"IMarshal", &IID_IMarshal, {[CONSTRUCTOR] = true, [PROCESSOR] = true, [MANAGEMENT] = true}},
    {"IAgileObject", &iid_agile_object, {false}},
    {"ISupportErrorInfo", &iid_support_error_info, {false}},
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

/* Releases the object. */
static void expect_interfaces(IUnknown *object, size_t index, const char *name)
{
    char key[80];
    size_t i;

    for (i = 0; i < COUNT_OF(interfaces); i++)
    {
        snprintf(key, sizeof(key), "%s, %s", name, interfaces[i].name);
        expect_interface(object, interfaces[i].iid, interfaces[i].is_there[index], key);
    }
    expect_result(E_POINTER, IUnknown_QueryInterface(object, &IID_IUnknown, NULL), "%s, to NULL",
                  name);
    expect_size(0, IUnknown_Release(object), "%s, references", name);
}

static void test_QueryInterface_each_interface(void **state)
{
    size_t i;

    for (i = 0; i < class_count; i++)
    {
        expect_interfaces(new_object(classes[i].clsid, &IID_IUnknown),
                          (size_t)(&classes[i] - com_classes), classes[i].name);
        expect_interfaces((IUnknown *)new_factory(&classes[i]), CLASS_OBJECT, "class object");
    }
}

/* CreateInstance */

static void expect_no_instance(const struct com_class *class, IUnknown *outer, const IID *iid,
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

    for (i = 0; i < class_count; i++)
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
}

/* The first object shows how many allocations there are. Then each of them fails in turn. */
static void test_CreateInstance_out_of_memory(void **state)
{
    unsigned blocks, nth;
    size_t i;

    for (i = 0; i < class_count; i++)
    {
        IUnknown *object = new_object(classes[i].clsid, &IID_IUnknown);

        blocks = allocations_live();
        assert_int_equal(IUnknown_Release(object), 0);
        assert_in_range(blocks, 1, 3);
        for (nth = 1; nth <= blocks; nth++)
        {
            allocations_fail(nth);
            expect_no_instance(&classes[i], NULL, &IID_IUnknown, E_OUTOFMEMORY);
        }
    }
}

/* DllCanUnloadNow */

enum
{
    OF_OBJECTS,
    OF_CLASS_OBJECT,
    OF_LOCKS,
    REFERENCES /* kinds of them */
};

static void release_reference(unsigned kind, IUnknown *object, const struct com_class *class)
{
    IClassFactory *factory = new_factory(class);

    if (kind == OF_OBJECTS)
        assert_int_equal(IUnknown_Release(object), 0);
    else if (kind == OF_CLASS_OBJECT)
        IClassFactory_Release(factory);
    else
        assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
    IClassFactory_Release(factory);
}

/* Two objects, two references to the class object, and two locks keep the DLL loaded. They are
 * released one kind after the other. */
static void assert_each_keeps_loaded(const struct com_class *class, unsigned first)
{
    IUnknown *objects[] = {new_object(class->clsid, &IID_IUnknown),
                           new_object(class->clsid, &IID_IUnknown)};
    IClassFactory *factory = new_factory(class);
    unsigned i;

    assert_ptr_equal(new_factory(class), factory);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    /* The number of references to an object does not matter. */
    assert_int_equal(IUnknown_AddRef(objects[0]), 2);
    assert_int_equal(IUnknown_Release(objects[0]), 1);
    for (i = 0; i < 2 * REFERENCES; i++)
    {
        assert_int_equal(classes_can_unload_now(), S_FALSE);
        release_reference((first + i / 2) % REFERENCES, objects[i % 2], class);
    }
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void test_DllCanUnloadNow_each_combination(void **state)
{
    unsigned first;
    size_t i;

    for (i = 0; i < class_count; i++)
    {
        for (first = 0; first < REFERENCES; first++)
            assert_each_keeps_loaded(&classes[i], first);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_DllGetClassObject),
    TEST(test_QueryInterface_each_interface),
    TEST(test_CreateInstance_failures),
    TEST(test_CreateInstance_out_of_memory),
    TEST(test_DllCanUnloadNow_each_combination),
};

TEST_GROUP(class_factory, .setup = classes_open, .teardown = classes_close);
