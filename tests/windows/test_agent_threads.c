/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: its classes are registered as Both, and any number of threads of the multithreaded
 * apartment may call one object at once. Registering decides between threads as between processes.
 */
#include "test.h"

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <napenforcementclient.h>
#include <naperror.h>
#include <napmanagement.h>
#include <napsystemhealthagent.h>

#include "callback.h"
#include "classes.h"
#include "registry.h"
#include "threads.h"

#define ID 0x000137f0

enum
{
    CALLS = 20000,
    ROUNDS = 50
};

static struct callback callbacks[THREADS];

static void count_references(struct thread *thread)
{
    IUnknown *object = thread->context;
    unsigned i;

    for (i = 0; i < CALLS; i++)
    {
        IUnknown_AddRef(object);
        if (IUnknown_Release(object) == 0)
            thread->failure = "the object is gone";
    }
}

static void test_references_8_threads(void **state)
{
    static const CLSID *const classes[] = {
        &CLSID_NapClientManagement,
        &CLSID_NapSystemHealthAgentBinding,
        &CLSID_NapEnforcementClientBinding,
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        IUnknown *object = new_object(classes[i], &IID_IUnknown);

        run_threads(count_references, object);
        assert_int_equal(IUnknown_Release(object), 0);
    }
    assert_int_equal(classes_can_unload_now(), S_OK);
}

/* Each thread hands over a callback of its own, and takes away whose it finds. */
static void use_health_agent_binding(struct thread *thread)
{
    INapSystemHealthAgentBinding *binding = thread->context;
    void *callback = &callbacks[thread->number];
    unsigned i;

    for (i = 0; i < CALLS; i++)
    {
        if (INapSystemHealthAgentBinding_Initialize(binding, ID, callback) != RPC_E_DISCONNECTED)
            thread->failure = "Initialize";
        thread->accepted +=
            INapSystemHealthAgentBinding_Uninitialize(binding) == RPC_E_DISCONNECTED;
    }
}

static void use_enforcement_client_binding(struct thread *thread)
{
    INapEnforcementClientBinding *binding = thread->context;
    void *callback = &callbacks[thread->number];
    unsigned i;

    for (i = 0; i < CALLS; i++)
    {
        if (INapEnforcementClientBinding_Initialize(binding, ID, callback) != RPC_E_DISCONNECTED)
            thread->failure = "Initialize";
        thread->accepted +=
            INapEnforcementClientBinding_Uninitialize(binding) == RPC_E_DISCONNECTED;
    }
}

static void test_bindings_8_threads(void **state)
{
    void *health_agent =
        new_object(&CLSID_NapSystemHealthAgentBinding, &IID_INapSystemHealthAgentBinding);
    void *enforcement_client =
        new_object(&CLSID_NapEnforcementClientBinding, &IID_INapEnforcementClientBinding);
    size_t i;

    (void)state;
    for (i = 0; i < THREADS; i++)
        callback_init(&callbacks[i]);
    assert_in_range(run_threads(use_health_agent_binding, health_agent), CALLS, THREADS * CALLS);
    assert_in_range(run_threads(use_enforcement_client_binding, enforcement_client), CALLS,
                    THREADS * CALLS);
    for (i = 0; i < THREADS; i++)
        assert_int_equal(callbacks[i].ref, 1);
    assert_int_equal(IUnknown_Release((IUnknown *)health_agent), 0);
    assert_int_equal(IUnknown_Release((IUnknown *)enforcement_client), 0);
}

static HRESULT add(INapClientManagement *management, NapComponentId id)
{
    const NapComponentRegistrationInfo component = {.id = id};

    return INapClientManagement_RegisterSystemHealthAgent(management, &component);
}

static void register_same(struct thread *thread)
{
    HRESULT hr = add(thread->context, ID);

    thread->accepted = hr == S_OK;
    if (hr != S_OK && hr != NAP_E_CONFLICTING_ID)
        thread->failure = "RegisterSystemHealthAgent";
}

static void test_Register_8_threads(void **state)
{
    INapClientManagement *management =
        new_object(&CLSID_NapClientManagement, &IID_INapClientManagement);
    unsigned round;

    (void)state;
    registry_open();
    for (round = 0; round < ROUNDS; round++)
    {
        assert_int_equal(run_threads(register_same, management), 1);
        assert_int_equal(INapClientManagement_UnregisterSystemHealthAgent(management, ID), S_OK);
    }
    registry_close();
    assert_int_equal(INapClientManagement_Release(management), 0);
}

/* From a single-threaded apartment, an object that has no apartment comes as it is. */
static void use_management_elsewhere(struct thread *thread)
{
    INapClientManagement *management = SENTINEL;

    if (thread->number != 0)
        return;
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    if (CoUnmarshalInterface(thread->context, &IID_INapClientManagement, (void **)&management) !=
        S_OK)
    {
        thread->failure = "CoUnmarshalInterface";
        CoUninitialize();
        return;
    }
    if (add(management, 0) != E_INVALIDARG)
        thread->failure = "RegisterSystemHealthAgent";
    INapClientManagement_Release(management);
    CoUninitialize();
    thread->accepted = 1;
}

static void test_management_in_another_apartment(void **state)
{
    IUnknown *management = new_object(&CLSID_NapClientManagement, &IID_IUnknown);
    IStream *stream;

    (void)state;
    assert_int_equal(
        CoMarshalInterThreadInterfaceInStream(&IID_INapClientManagement, management, &stream),
        S_OK);
    assert_int_equal(run_threads(use_management_elsewhere, stream), 1);
    IStream_Release(stream);
    assert_int_equal(IUnknown_Release(management), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_references_8_threads),
    cmocka_unit_test(test_bindings_8_threads),
    cmocka_unit_test(test_Register_8_threads),
    cmocka_unit_test(test_management_in_another_apartment),
};

const struct test_group test_agent_threads = {
    .name = "agent_threads",
    .tests = tests,
    .count = COUNT_OF(tests),
    .setup = classes_open,
    .teardown = classes_close,
    .dll = "qagent.dll",
    .own = true,
};
