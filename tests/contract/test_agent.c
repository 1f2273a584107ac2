/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: the results of its methods when no NAP agent runs, and how bindings hold the
 * callback. test_store.c tests how components are registered, and test_class_factory.c the classes.
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

#define MOST_ARGUMENTS 4
#define ODD_BYTE       0x5e

#define FIRST_BINDING HEALTH_AGENT

static void *new_object_of(size_t class)
{
    return new_object(com_classes[class].clsid, com_classes[class].iid);
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

    for (i = 0; i < COUNT_OF(methods); i++)
    {
        if (methods[i].class != class)
            continue;
        for (missing = 0; missing < 1u << methods[i].count; missing++)
            expect_answer(object, &methods[i], missing, missing ? E_INVALIDARG : expected);
    }
}

static void test_management_without_an_agent(void **state)
{
    IUnknown *management = new_object_of(MANAGEMENT);

    assert_answers(MANAGEMENT, management, RPC_E_DISCONNECTED);
    assert_int_equal(IUnknown_Release(management), 0);
}

/* Bindings. */

enum call
{
    UNINITIALIZE,
    INITIALIZE_NULL,
    INITIALIZE_FIRST,
    INITIALIZE_SECOND,
    RELEASE
};

static void test_binding_in_each_state(void **state)
{
    static const struct
    {
        enum call call;
        HRESULT expected;
        LONG first, second; /* references to the callbacks after the call */
    } steps[] = {
        {INITIALIZE_NULL, E_INVALIDARG, 1, 1},        {UNINITIALIZE, NAP_E_NOT_INITIALIZED, 1, 1},
        {INITIALIZE_FIRST, RPC_E_DISCONNECTED, 2, 1}, {INITIALIZE_FIRST, RPC_E_DISCONNECTED, 2, 1},
        {INITIALIZE_NULL, E_INVALIDARG, 2, 1},        {INITIALIZE_SECOND, RPC_E_DISCONNECTED, 1, 2},
        {UNINITIALIZE, RPC_E_DISCONNECTED, 1, 1},     {UNINITIALIZE, NAP_E_NOT_INITIALIZED, 1, 1},
        {INITIALIZE_NULL, E_INVALIDARG, 1, 1},        {INITIALIZE_SECOND, RPC_E_DISCONNECTED, 1, 2},
    };
    size_t i, j;

    for (i = FIRST_BINDING; i < CLASSES; i++)
    {
        IUnknown *object = new_object_of(i);
        struct callback first, second;
        struct callback *const callbacks[] = {NULL, NULL, &first, &second};

        callback_init(&first);
        callback_init(&second);
        assert_answers(i, object, NAP_E_NOT_INITIALIZED);
        for (j = 0; j < COUNT_OF(steps); j++)
        {
            assert_int_equal(steps[j].call == UNINITIALIZE
                                 ? binding_uninitialize(object)
                                 : binding_initialize(object, callbacks[steps[j].call]),
                             steps[j].expected);
            assert_int_equal(first.ref, steps[j].first);
            assert_int_equal(second.ref, steps[j].second);
            assert_answers(i, object,
                           first.ref + second.ref > 2 ? RPC_E_DISCONNECTED : NAP_E_NOT_INITIALIZED);
        }
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
    struct callback callback, other;
    size_t class;
    IUnknown *object;
    unsigned calls;
};

static void use_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    IUnknown_AddRef(release->object);
    assert_int_equal(binding_uninitialize(release->object), NAP_E_NOT_INITIALIZED);
    assert_int_equal(binding_initialize(release->object, NULL), E_INVALIDARG);
    assert_answers(release->class, release->object, NAP_E_NOT_INITIALIZED);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    IUnknown_Release(release->object);
}

static void release_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    assert_int_equal(IUnknown_Release(release->object), 0);
}

/* No reference is taken: nobody would release it. */
static void initialize_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    assert_int_equal(binding_initialize(release->object, &release->other), RPC_E_DISCONNECTED);
    assert_int_equal(binding_initialize(release->object, &release->callback), RPC_E_DISCONNECTED);
}

/* The call releases the callback, whose last Release calls the function. */
static void assert_last_release(size_t class, enum call call, void (*function)(void *context))
{
    struct last_release release = {.class = class, .object = new_object_of(class)};

    callback_init(&release.other);
    callback_init(&release.callback);
    release.callback.on_last_release = function;
    release.callback.context = &release;
    binding_initialize(release.object, &release.callback);
    IUnknown_Release(&release.callback.iface);
    if (call == UNINITIALIZE)
        assert_int_equal(binding_uninitialize(release.object), RPC_E_DISCONNECTED);
    else if (call == INITIALIZE_SECOND)
        assert_int_equal(binding_initialize(release.object, &release.other), RPC_E_DISCONNECTED);
    if (function != release_binding)
        assert_int_equal(IUnknown_Release(release.object), 0);
    assert_int_equal(release.calls, 1);
    assert_int_equal(release.callback.ref, 0);
    assert_int_equal(release.other.ref, 1);
    assert_int_equal(classes_can_unload_now(), S_OK);
}

static void test_binding_and_the_last_release_of_its_callback(void **state)
{
    size_t i;

    for (i = FIRST_BINDING; i < CLASSES; i++)
    {
        assert_last_release(i, UNINITIALIZE, release_binding);
        assert_last_release(i, INITIALIZE_SECOND, release_binding);
        assert_last_release(i, UNINITIALIZE, use_binding);
        assert_last_release(i, RELEASE, use_binding);
        assert_last_release(i, RELEASE, initialize_binding);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, allocations_begin, allocations_end)

static const struct CMUnitTest tests[] = {
    TEST(test_management_without_an_agent),
    TEST(test_binding_in_each_state),
    TEST(test_binding_and_the_last_release_of_its_callback),
};

TEST_GROUP(agent, .setup = classes_open, .teardown = classes_close, .dll = "qagent.dll",
           .own = true);
