/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * DllGetClassObject, the class objects, and DllCanUnloadNow, as COM documents them. Runs natively
 * against the sources, and as a Windows program against any qutil.dll.
 */
#include "test.h"

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "allocations.h"
#include "classes.h"

static const struct class {
    const CLSID *clsid;
    const IID *iid, *iid_of_the_other;
} constructor_class = {&CLSID_NapSoHConstructor, &IID_INapSoHConstructor, &IID_INapSoHProcessor},
  processor_class = {&CLSID_NapSoHProcessor, &IID_INapSoHProcessor, &IID_INapSoHConstructor};

/* Younger than the headers of some compilers. */
static const IID iid_agile_object = {
    0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}};
/* In no library of the native tests. */
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

/* Nothing is left, and the DLL knows it. */
static int end(void **state)
{
    assert_int_equal(classes_can_unload_now(), S_OK);
    return allocations_end(state);
}

/* DllGetClassObject */

static void test_DllGetClassObject(void **state)
{
    const struct class *class = *state;
    IUnknown *object = create(class, class->iid);

    assert_int_equal(IUnknown_Release(object), 0);
}

static void test_DllGetClassObject_unknown_class(void **state)
{
    void *out = SENTINEL;

    (void)state;
    assert_int_equal(classes_get_object(&IID_INapSoHConstructor, &IID_IClassFactory, &out),
                     CLASS_E_CLASSNOTAVAILABLE);
    assert_null(out);
}

static void test_DllGetClassObject_unknown_interface(void **state)
{
    const struct class *class = *state;
    void *out = SENTINEL;

    assert_int_equal(classes_get_object(class->clsid, class->iid, &out), E_NOINTERFACE);
    assert_null(out);
}

static void test_DllGetClassObject_null_out_parameter(void **state)
{
    const struct class *class = *state;

    assert_int_equal(classes_get_object(class->clsid, &IID_IClassFactory, NULL), E_POINTER);
    assert_int_equal(classes_get_object(&IID_INapSoHConstructor, &IID_IClassFactory, NULL),
                     E_POINTER);
}

/* IUnknown, of an object of each class and of its class object */

static void assert_identity(IUnknown *object, const IID *iid)
{
    IUnknown *other = SENTINEL, *unknown = SENTINEL, *same = SENTINEL;

    assert_int_equal(IUnknown_QueryInterface(object, iid, (void **)&other), S_OK);
    assert_int_equal(IUnknown_QueryInterface(other, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_QueryInterface(object, &IID_IUnknown, (void **)&same), S_OK);
    assert_ptr_equal(same, unknown);
    IUnknown_Release(same);
    IUnknown_Release(unknown);
    IUnknown_Release(other);
    IUnknown_Release(object);
}

static void assert_references(IUnknown *object, const IID *iid)
{
    IUnknown *other = SENTINEL;

    assert_int_equal(IUnknown_QueryInterface(object, iid, (void **)&other), S_OK);
    assert_int_equal(IUnknown_AddRef(other), 3);
    assert_int_equal(IUnknown_Release(object), 2);
    assert_int_equal(IUnknown_Release(other), 1);
    assert_int_equal(IUnknown_Release(other), 0);
}

/* What is not there is refused, and what has no place to go. */
static void assert_QueryInterface_fails(IUnknown *object, const IID *iid)
{
    void *out = SENTINEL;

    assert_int_equal(IUnknown_QueryInterface(object, iid, &out), E_NOINTERFACE);
    assert_null(out);
    assert_int_equal(IUnknown_QueryInterface(object, &IID_IUnknown, NULL), E_POINTER);
    IUnknown_Release(object);
}

static void test_object_identity(void **state)
{
    const struct class *class = *state;

    assert_identity(create(class, class->iid), class->iid);
}

static void test_object_references(void **state)
{
    const struct class *class = *state;

    assert_references(create(class, &IID_IUnknown), class->iid);
}

static void test_object_QueryInterface_failures(void **state)
{
    const struct class *class = *state;

    assert_QueryInterface_fails(create(class, &IID_IUnknown), class->iid_of_the_other);
    assert_QueryInterface_fails(create(class, &IID_IUnknown), &IID_IClassFactory);
}

/* decided: none that COM or a runtime of a language asks for */
static void test_object_other_interfaces(void **state)
{
    const struct class *class = *state;

    assert_QueryInterface_fails(create(class, &IID_IUnknown), &iid_agile_object);
    assert_QueryInterface_fails(create(class, &IID_IUnknown), &iid_support_error_info);
}

/* decided: the free-threaded marshaler is a part of the object */
static void test_object_IMarshal(void **state)
{
    assert_identity(create(*state, &IID_IUnknown), &IID_IMarshal);
    assert_references(create(*state, &IID_IUnknown), &IID_IMarshal);
}

static void test_class_object_identity(void **state)
{
    assert_identity((IUnknown *)new_factory(*state), &IID_IClassFactory);
}

static void test_class_object_QueryInterface_failures(void **state)
{
    assert_QueryInterface_fails((IUnknown *)new_factory(*state), &IID_INapSoHProcessor);
}

static void test_class_object_other_interfaces(void **state)
{
    assert_QueryInterface_fails((IUnknown *)new_factory(*state), &IID_IMarshal);
    assert_QueryInterface_fails((IUnknown *)new_factory(*state), &iid_agile_object);
    assert_QueryInterface_fails((IUnknown *)new_factory(*state), &iid_support_error_info);
}

/* CreateInstance */

static void assert_CreateInstance_fails(const struct class *class, bool aggregate, const IID *iid,
                                        HRESULT expected)
{
    IClassFactory *factory = new_factory(class);
    IUnknown *outer = aggregate ? (IUnknown *)factory : NULL;
    void *out = SENTINEL;

    assert_int_equal(IClassFactory_CreateInstance(factory, outer, iid, &out), expected);
    assert_null(out);
    assert_int_equal(allocations_live(), 0);
    IClassFactory_Release(factory);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void test_CreateInstance_aggregation(void **state)
{
    assert_CreateInstance_fails(*state, true, &IID_IUnknown, CLASS_E_NOAGGREGATION);
}

/* The object is there already when the interface turns out not to be. */
static void test_CreateInstance_unknown_interface(void **state)
{
    assert_CreateInstance_fails(*state, false, &IID_IClassFactory, E_NOINTERFACE);
}

static void test_CreateInstance_null_out_parameter(void **state)
{
    IClassFactory *factory = new_factory(*state);

    assert_int_equal(IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, NULL), E_POINTER);
    assert_int_equal(allocations_taken(), 0);
    IClassFactory_Release(factory);
}

/* Each allocation in turn fails: as many as there are when none does. */
static void test_CreateInstance_out_of_memory(void **state)
{
    IUnknown *object = create(*state, &IID_IUnknown);
    unsigned blocks = allocations_live(), nth;

    assert_int_equal(IUnknown_Release(object), 0);
    assert_in_range(blocks, 1, 3);
    for (nth = 1; nth <= blocks; nth++)
    {
        allocations_fail(nth);
        assert_CreateInstance_fails(*state, false, &IID_IUnknown, E_OUTOFMEMORY);
    }
}

/* DllCanUnloadNow */

/* What keeps the DLL loaded, in the order in which it is given up. */
static void give_up(unsigned what, IUnknown *object, IClassFactory *factory)
{
    if (what == 0)
        assert_int_equal(IUnknown_Release(object), 0);
    else if (what == 1)
        assert_int_equal(IClassFactory_Release(factory), 0);
    else
        assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
}

/* The bits of the combination are those that outlive the others. */
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
        give_up(i % 3, object, factory);
        held &= ~(1u << i % 3);
        assert_int_equal(classes_can_unload_now(), held ? S_FALSE : S_OK);
    }
}

static void test_DllCanUnloadNow_each_combination(void **state)
{
    unsigned combination;

    for (combination = 0; combination < 8; combination++)
        assert_each_keeps_loaded(*state, combination);
}

/* An object holds one lock, whatever the number of references to it. */
static void test_DllCanUnloadNow_in_use(void **state)
{
    IClassFactory *factory = new_factory(*state);
    IUnknown *object = create(*state, &IID_IUnknown), *other = create(*state, &IID_IUnknown);

    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    IUnknown_Release(other);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
    IClassFactory_Release(factory);
    assert_int_equal(IUnknown_AddRef(object), 2);
    assert_int_equal(IUnknown_Release(object), 1);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IUnknown_Release(object), 0);
}

/* decided: a class object's references are its caller's alone */
static void test_DllCanUnloadNow_every_reference_counts(void **state)
{
    IClassFactory *factory;

    assert_references((IUnknown *)new_factory(*state), &IID_IClassFactory);
    factory = new_factory(*state);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    assert_int_equal(IClassFactory_LockServer(factory, TRUE), S_OK);
    assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
    assert_int_equal(IClassFactory_Release(factory), 0);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    assert_int_equal(IClassFactory_LockServer(factory, FALSE), S_OK);
}

static int begin_constructor(void **state)
{
    *state = (void *)&constructor_class;
    return allocations_begin(state);
}

static int begin_processor(void **state)
{
    *state = (void *)&processor_class;
    return allocations_begin(state);
}

#define ON(name, class)                                                                            \
    {                                                                                              \
        "test_" #name "_" #class, test_##name, begin_##class, end, NULL                            \
    }
#define BOTH(name) ON(name, constructor), ON(name, processor)

static const struct CMUnitTest tests[] = {
    BOTH(DllGetClassObject),
    cmocka_unit_test_setup_teardown(test_DllGetClassObject_unknown_class, allocations_begin, end),
    BOTH(DllGetClassObject_unknown_interface),
    BOTH(DllGetClassObject_null_out_parameter),
    BOTH(object_identity),
    BOTH(object_references),
    BOTH(object_QueryInterface_failures),
    BOTH(object_other_interfaces),
    BOTH(object_IMarshal),
    BOTH(class_object_identity),
    BOTH(class_object_QueryInterface_failures),
    BOTH(class_object_other_interfaces),
    BOTH(CreateInstance_aggregation),
    BOTH(CreateInstance_unknown_interface),
    BOTH(CreateInstance_null_out_parameter),
    BOTH(CreateInstance_out_of_memory),
    BOTH(DllCanUnloadNow_each_combination),
    BOTH(DllCanUnloadNow_in_use),
    BOTH(DllCanUnloadNow_every_reference_counts),
};

const struct test_group test_class_factory = {
    .name = "class_factory",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
    .dll = "qutil.dll",
};
