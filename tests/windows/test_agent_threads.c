/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: its classes are registered as Both, so any number of threads of the multithreaded
 * apartment may call one object at once. If several register the same agent, one of them succeeds.
 */
#include "test.h"

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

#define CALLS  20000
#define ROUNDS 50

static struct callback callbacks[THREADS];

static void count_references(struct thread *thread)
{
    IUnknown *object = thread->context;
    unsigned i;

    for (i = 0; i < CALLS; i++)
    {
        IUnknown_AddRef(object);
        assert_int_not_equal(IUnknown_Release(object), 0);
    }
}

static void test_references_8_threads(void **state)
{
    size_t i, count;
    const struct com_class *classes = dll_classes(&count);

    for (i = 0; i < count; i++)
    {
        IUnknown *object = new_object(classes[i].clsid, &IID_IUnknown);

        run_threads(count_references, object);
        assert_int_equal(IUnknown_Release(object), 0);
    }
    assert_int_equal(classes_can_unload_now(), S_OK);
}

/* Each thread sets its own callback, and then removes the callback that is set at that moment. */
static void use_binding(struct thread *thread)
{
    unsigned i;

    for (i = 0; i < CALLS; i++)
    {
        assert_int_equal(binding_initialize(thread->context, &callbacks[thread->number]),
                         RPC_E_DISCONNECTED);
        thread->accepted += binding_uninitialize(thread->context) == RPC_E_DISCONNECTED;
    }
}

static void check_binding(const CLSID *clsid, const IID *iid)
{
    IUnknown *binding = new_object(clsid, iid);
    size_t i;

    for (i = 0; i < THREADS; i++)
        callback_init(&callbacks[i]);
    assert_in_range(run_threads(use_binding, binding), CALLS, THREADS * CALLS);
    for (i = 0; i < THREADS; i++)
        assert_int_equal(callbacks[i].ref, 1);
    assert_int_equal(IUnknown_Release(binding), 0);
}

static void test_bindings_8_threads(void **state)
{
    check_binding(&CLSID_NapSystemHealthAgentBinding, &IID_INapSystemHealthAgentBinding2);
    check_binding(&CLSID_NapEnforcementClientBinding, &IID_INapEnforcementClientBinding);
}

static void register_same(struct thread *thread)
{
    const NapComponentRegistrationInfo component = {.id = ID};
    HRESULT hr = INapClientManagement_RegisterSystemHealthAgent(
        (INapClientManagement *)thread->context, &component);

    thread->accepted = hr == S_OK;
    if (hr != S_OK)
        assert_int_equal(hr, NAP_E_CONFLICTING_ID);
}

static void test_Register_8_threads(void **state)
{
    INapClientManagement *management =
        new_object(&CLSID_NapClientManagement, &IID_INapClientManagement);
    unsigned round;

    registry_open();
    for (round = 0; round < ROUNDS; round++)
    {
        assert_int_equal(run_threads(register_same, management), 1);
        assert_int_equal(INapClientManagement_UnregisterSystemHealthAgent(management, ID), S_OK);
    }
    registry_close();
    assert_int_equal(INapClientManagement_Release(management), 0);
}

static void test_management_in_another_apartment(void **state)
{
    assert_has_no_apartment(&CLSID_NapClientManagement, &IID_INapClientManagement);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_references_8_threads),
    cmocka_unit_test(test_bindings_8_threads),
    cmocka_unit_test(test_Register_8_threads),
    cmocka_unit_test(test_management_in_another_apartment),
};

TEST_GROUP(agent_threads, .setup = classes_open, .teardown = classes_close, .dll = "qagent.dll",
           .own = true);
