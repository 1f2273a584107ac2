/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: the results of its methods when no NAP agent runs, and how bindings hold the
 * callback. test_store.c tests the registration of components.
 */
#include "test.h"

#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <napenforcementclient.h>
#include <naperror.h>
#include <napmanagement.h>
#include <napsystemhealthagent.h>

#include "allocations.h"
#include "callback.h"
#include "classes.h"
#include "rows.h"

enum
{
    MOST_ARGUMENTS = 4,
    ODD_BYTE = 0x5e
};

enum
{
    MANAGEMENT,
    HEALTH_AGENT,
    ENFORCEMENT_CLIENT,
    CLASSES,
    FIRST_BINDING = HEALTH_AGENT
};

static const struct class {
    const CLSID *clsid;
    const IID *iid;
} classes[CLASSES] = {
    [MANAGEMENT] = {&CLSID_NapClientManagement, &IID_INapClientManagement2},
    [HEALTH_AGENT] = {&CLSID_NapSystemHealthAgentBinding, &IID_INapSystemHealthAgentBinding2},
    [ENFORCEMENT_CLIENT] = {&CLSID_NapEnforcementClientBinding, &IID_INapEnforcementClientBinding},
};

static void *new_object_of(size_t class)
{
    return new_object(classes[class].clsid, classes[class].iid);
}

#define METHOD(class, interface, name, count, ...)                                                 \
    {                                                                                              \
        class, #name, offsetof(interface##Vtbl, name) / sizeof(void *), count,                     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define MANAGEMENT_METHOD(name, count, ...)                                                        \
    METHOD(MANAGEMENT, INapClientManagement2, name, count, __VA_ARGS__)
#define HEALTH_AGENT_METHOD(name, count, ...)                                                      \
    METHOD(HEALTH_AGENT, INapSystemHealthAgentBinding2, name, count, __VA_ARGS__)
#define ENFORCEMENT_CLIENT_METHOD(name, count, ...)                                                \
    METHOD(ENFORCEMENT_CLIENT, INapEnforcementClientBinding, name, count, __VA_ARGS__)

/* The methods whose arguments are pointers. */
static const struct method
{
    size_t class;
    const char *name;
    size_t slot; /* in the vtable */
    unsigned count;
    /* Number of bytes that are set to zero if the pointer is not NULL, whatever the result is. */
    size_t cleared[MOST_ARGUMENTS];
} methods[] = {
    MANAGEMENT_METHOD(GetNapClientInfo, 4, sizeof(BOOL), sizeof(void *), sizeof(void *),
                      sizeof(void *)),
    MANAGEMENT_METHOD(GetSystemIsolationInfo, 2, sizeof(void *), sizeof(BOOL)),
    MANAGEMENT_METHOD(GetSystemIsolationInfoEx, 2, sizeof(void *), sizeof(BOOL)),
    MANAGEMENT_METHOD(GetRegisteredSystemHealthAgents, 2, sizeof(UINT16), sizeof(void *)),
    MANAGEMENT_METHOD(GetRegisteredEnforcementClients, 2, sizeof(UINT16), sizeof(void *)),
    HEALTH_AGENT_METHOD(NotifySoHChange, 0, 0),
    HEALTH_AGENT_METHOD(GetSystemIsolationInfo, 2, sizeof(void *), sizeof(BOOL)),
    HEALTH_AGENT_METHOD(FlushCache, 0, 0),
    HEALTH_AGENT_METHOD(GetSystemIsolationInfoEx, 2, sizeof(void *), sizeof(BOOL)),
    ENFORCEMENT_CLIENT_METHOD(CreateConnection, 1, sizeof(void *)),
    ENFORCEMENT_CLIENT_METHOD(GetSoHRequest, 2, 0, sizeof(BOOL)),
    ENFORCEMENT_CLIENT_METHOD(ProcessSoHResponse, 1, 0),
    ENFORCEMENT_CLIENT_METHOD(NotifyConnectionStateDown, 1, 0),
    ENFORCEMENT_CLIENT_METHOD(NotifySoHChangeFailure, 0, 0),
};

static HRESULT call(void *object, const struct method *method, void *const *arguments)
{
    const uintptr_t function = (*(uintptr_t **)object)[method->slot];

    switch (method->count)
    {
    case 0:
        return ((HRESULT(STDMETHODCALLTYPE *)(void *))function)(object);
    case 1:
        return ((HRESULT(STDMETHODCALLTYPE *)(void *, void *))function)(object, arguments[0]);
    case 2:
        return ((HRESULT(STDMETHODCALLTYPE *)(void *, void *, void *))function)(
            object, arguments[0], arguments[1]);
    default:
        return ((HRESULT(STDMETHODCALLTYPE *)(void *, void *, void *, void *, void *))function)(
            object, arguments[0], arguments[1], arguments[2], arguments[3]);
    }
}

/* Calls a method with NULL for the arguments whose bits are set in missing. */
static void expect_answer(void *object, const struct method *method, unsigned missing,
                          HRESULT expected)
{
    void *values[MOST_ARGUMENTS], *arguments[MOST_ARGUMENTS];
    size_t i, byte;

    memset(values, ODD_BYTE, sizeof(values));
    for (i = 0; i < MOST_ARGUMENTS; i++)
        arguments[i] = missing & 1u << i ? NULL : &values[i];
    expect_result(expected, call(object, method, arguments), "%s with arguments %#x missing",
                  method->name, missing);
    for (i = 0; i < method->count; i++)
    {
        for (byte = 0; byte < sizeof(values[i]); byte++)
            expect_size(arguments[i] && byte < method->cleared[i] ? 0 : ODD_BYTE,
                        ((BYTE *)&values[i])[byte],
                        "%s with arguments %#x missing: byte %u of argument %u", method->name,
                        missing, (unsigned)byte, (unsigned)i);
    }
}

/* Calls each method with every set of arguments missing. A missing argument is the first error. */
static void assert_answers(size_t class, void *object, HRESULT expected)
{
    unsigned missing;
    size_t i;

    rows_begin();
    for (i = 0; i < COUNT_OF(methods); i++)
    {
        if (methods[i].class != class)
            continue;
        for (missing = 0; missing < 1u << methods[i].count; missing++)
            expect_answer(object, &methods[i], missing, missing ? E_INVALIDARG : expected);
    }
    rows_end();
}

static void test_management_without_an_agent(void **state)
{
    IUnknown *management = new_object_of(MANAGEMENT);

    (void)state;
    assert_answers(MANAGEMENT, management, RPC_E_DISCONNECTED);
    assert_int_equal(IUnknown_Release(management), 0);
}

/* Bindings. */

static void assert_state(size_t class, void *object, HRESULT answer)
{
    assert_answers(class, object, answer);
    assert_int_equal(binding_initialize(object, NULL), E_INVALIDARG);
    assert_answers(class, object, answer);
}

static void test_binding_in_each_state(void **state)
{
    size_t i;

    (void)state;
    for (i = FIRST_BINDING; i < CLASSES; i++)
    {
        IUnknown *object = new_object_of(i);
        struct callback callback;

        callback_init(&callback);
        assert_state(i, object, NAP_E_NOT_INITIALIZED);
        assert_int_equal(binding_uninitialize(object), NAP_E_NOT_INITIALIZED);
        assert_state(i, object, NAP_E_NOT_INITIALIZED);

        assert_int_equal(binding_initialize(object, &callback), RPC_E_DISCONNECTED);
        assert_state(i, object, RPC_E_DISCONNECTED);
        assert_int_equal(binding_initialize(object, &callback), RPC_E_DISCONNECTED);
        assert_state(i, object, RPC_E_DISCONNECTED);

        assert_int_equal(binding_uninitialize(object), RPC_E_DISCONNECTED);
        assert_state(i, object, NAP_E_NOT_INITIALIZED);
        assert_int_equal(binding_uninitialize(object), NAP_E_NOT_INITIALIZED);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(callback.ref, 1);
    }
}

static void test_binding_keeps_the_callback(void **state)
{
    size_t i;

    (void)state;
    for (i = FIRST_BINDING; i < CLASSES; i++)
    {
        IUnknown *object = new_object_of(i);
        struct callback first, second;

        callback_init(&first);
        callback_init(&second);
        binding_initialize(object, &first);
        assert_int_equal(first.ref, 2);
        binding_initialize(object, &first);
        assert_int_equal(first.ref, 2);
        binding_initialize(object, NULL);
        assert_int_equal(first.ref, 2);
        binding_initialize(object, &second);
        assert_int_equal(first.ref, 1);
        assert_int_equal(second.ref, 2);
        binding_uninitialize(object);
        assert_int_equal(second.ref, 1);
        binding_uninitialize(object);
        assert_int_equal(second.ref, 1);

        binding_initialize(object, &second);
        IUnknown_AddRef(object);
        assert_int_equal(IUnknown_Release(object), 1);
        assert_int_equal(second.ref, 2);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(second.ref, 1);
    }
}

/* The binding has the only reference to callback. Its last Release calls a function below. */
struct last_release
{
    struct callback callback;
    size_t class;
    IUnknown *object;
    unsigned calls;
    struct callback *next;
};

static void use_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    IUnknown_AddRef(release->object);
    assert_int_equal(binding_uninitialize(release->object), NAP_E_NOT_INITIALIZED);
    assert_state(release->class, release->object, NAP_E_NOT_INITIALIZED);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    IUnknown_Release(release->object);
}

static void release_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    assert_int_equal(IUnknown_Release(release->object), 0);
}

static void initialize_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    assert_int_equal(binding_initialize(release->object, release->next), RPC_E_DISCONNECTED);
}

static IUnknown *new_initialized(struct last_release *release, size_t class,
                                 void (*on_last_release)(void *context))
{
    callback_init(&release->callback);
    release->callback.on_last_release = on_last_release;
    release->callback.context = release;
    release->class = class;
    release->calls = 0;
    release->object = new_object_of(class);
    binding_initialize(release->object, &release->callback);
    IUnknown_Release(&release->callback.iface);
    return release->object;
}

static void test_binding_and_the_last_release_of_its_callback(void **state)
{
    struct last_release release;
    struct callback next;
    IUnknown *object;
    size_t i;

    (void)state;
    for (i = FIRST_BINDING; i < CLASSES; i++)
    {
        object = new_initialized(&release, i, release_binding);
        assert_int_equal(binding_uninitialize(object), RPC_E_DISCONNECTED);
        assert_int_equal(release.calls, 1);
        object = new_initialized(&release, i, release_binding);
        callback_init(&next);
        assert_int_equal(binding_initialize(object, &next), RPC_E_DISCONNECTED);
        assert_int_equal(release.calls, 1);
        assert_int_equal(next.ref, 1);

        object = new_initialized(&release, i, use_binding);
        assert_int_equal(binding_uninitialize(object), RPC_E_DISCONNECTED);
        assert_int_equal(release.calls, 1);
        assert_int_equal(IUnknown_Release(object), 0);
        object = new_initialized(&release, i, use_binding);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(release.calls, 1);
        assert_int_equal(classes_can_unload_now(), S_OK);
    }
}

/* The callback initializes the binding again when the binding's last Release releases it: with
 * another callback, and with itself. No reference is taken. */
static void test_binding_initialized_in_its_last_release(void **state)
{
    struct last_release release;
    struct callback other;
    IUnknown *object;
    size_t i;

    (void)state;
    for (i = FIRST_BINDING; i < CLASSES; i++)
    {
        callback_init(&other);
        release.next = &other;
        object = new_initialized(&release, i, initialize_binding);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(release.calls, 1);
        assert_int_equal(other.ref, 1);

        release.next = &release.callback;
        object = new_initialized(&release, i, initialize_binding);
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(release.calls, 1);
        assert_int_equal(release.callback.ref, 0);
        assert_int_equal(classes_can_unload_now(), S_OK);
    }
}

static void test_QueryInterface_of_each_class(void **state)
{
    static const struct
    {
        const IID *iid;
        unsigned classes; /* has a bit for each class with the interface */
    } interfaces[] = {
        {&IID_IUnknown, 7},
        {&IID_INapClientManagement, 1},
        {&IID_INapClientManagement2, 1},
        {&IID_INapSystemHealthAgentBinding, 2},
        {&IID_INapSystemHealthAgentBinding2, 2},
        {&IID_INapEnforcementClientBinding, 4},
        /* A binding belongs to the apartment of its callback. */
        {&IID_IMarshal, 1},
        {&IID_INapSystemHealthAgentCallback, 0},
        {&IID_IClassFactory, 0},
    };
    size_t i, j;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IUnknown *object = new_object(classes[i].clsid, &IID_IUnknown);

        assert_int_equal(IUnknown_QueryInterface(object, &IID_IUnknown, NULL), E_POINTER);
        for (j = 0; j < COUNT_OF(interfaces); j++)
        {
            const BOOL has = (interfaces[j].classes >> i & 1) != 0;
            IUnknown *other = SENTINEL, *identity = SENTINEL;

            assert_int_equal(IUnknown_QueryInterface(object, interfaces[j].iid, (void **)&other),
                             has ? S_OK : E_NOINTERFACE);
            if (!has)
            {
                assert_null(other);
                continue;
            }
            assert_int_equal(IUnknown_QueryInterface(other, &IID_IUnknown, (void **)&identity),
                             S_OK);
            assert_ptr_equal(identity, object);
            assert_int_equal(IUnknown_Release(identity), 2);
            assert_int_equal(IUnknown_Release(other), 1);
        }
        assert_int_equal(IUnknown_Release(object), 0);
    }
}

static void test_CreateInstance_of_each_class(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IClassFactory *factory = SENTINEL;
        IUnknown *object = SENTINEL;
        HRESULT hr = E_OUTOFMEMORY;
        unsigned nth;

        assert_int_equal(
            classes_get_object(classes[i].clsid, &IID_IClassFactory, (void **)&factory), S_OK);
        assert_int_equal(IClassFactory_CreateInstance(factory, (IUnknown *)factory, &IID_IUnknown,
                                                      (void **)&object),
                         CLASS_E_NOAGGREGATION);
        assert_null(object);
        object = SENTINEL;
        assert_int_equal(
            IClassFactory_CreateInstance(factory, NULL, &IID_IClassFactory, (void **)&object),
            E_NOINTERFACE);
        assert_null(object);
        for (nth = 1; hr == E_OUTOFMEMORY; nth++)
        {
            object = SENTINEL;
            assert_int_equal(allocations_live(), 0);
            allocations_fail(nth);
            hr = IClassFactory_CreateInstance(factory, NULL, &IID_IUnknown, (void **)&object);
            allocations_fail(0);
            assert_true(hr == S_OK || !object);
        }
        assert_int_equal(hr, S_OK);
        assert_in_range(nth, 3, 4);
        assert_int_equal(IClassFactory_Release(factory), 0);
        assert_int_equal(classes_can_unload_now(), S_FALSE);
        assert_non_null(object);
        /* It is not NULL now. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        assert_int_equal(IUnknown_Release(object), 0);
        assert_int_equal(classes_can_unload_now(), S_OK);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, allocations_begin, allocations_end)

static const struct CMUnitTest tests[] = {
    TEST(test_management_without_an_agent),
    TEST(test_binding_in_each_state),
    TEST(test_binding_keeps_the_callback),
    TEST(test_binding_and_the_last_release_of_its_callback),
    TEST(test_binding_initialized_in_its_last_release),
    TEST(test_QueryInterface_of_each_class),
    TEST(test_CreateInstance_of_each_class),
};

const struct test_group test_agent = {
    .name = "agent",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
    .dll = "qagent.dll",
    .own = true,
};
