/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qagent.dll: what its classes answer where no NAP agent runs, and what bindings do with the
 * callback. Registering is in test_store.c.
 */
#include "test.h"

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

#define ODD_BOOL 0x5e47
#define ID       0x000137f0

/* The nth argument that is a pointer, or NULL where it is missing. */
#define ARGUMENT(n, pointer) (missing & 1u << (n) ? NULL : (pointer))

/* Out parameters are cleared, those that are there. */
#define ASSERT_NULL(n, variable)                                                                   \
    assert_ptr_equal(variable, missing & 1u << (n) ? SENTINEL : (void *)NULL)
#define ASSERT_ZERO(n, variable) assert_int_equal(variable, missing & 1u << (n) ? ODD_BOOL : 0)

/* Methods, called with all arguments but those that are missing. */

#define DEFINE_CALL(interface, method)                                                             \
    static HRESULT interface##_##method##_call(void *object, unsigned missing)                     \
    {                                                                                              \
        (void)missing;                                                                             \
        return interface##_##method((interface *)object);                                          \
    }
/* The argument is a type. NOLINTBEGIN(bugprone-macro-parentheses) */
#define DEFINE_CALL_INFO(interface, method, info_type)                                             \
    static HRESULT interface##_##method##_call(void *object, unsigned missing)                     \
    {                                                                                              \
        info_type *info = SENTINEL;                                                                \
        BOOL unknown = ODD_BOOL;                                                                   \
        HRESULT hr =                                                                               \
            interface##_##method((interface *)object, ARGUMENT(0, &info), ARGUMENT(1, &unknown));  \
                                                                                                   \
        ASSERT_NULL(0, info);                                                                      \
        ASSERT_ZERO(1, unknown);                                                                   \
        return hr;                                                                                 \
    }
/* NOLINTEND(bugprone-macro-parentheses) */
#define DEFINE_CALL_REGISTERED(interface, method)                                                  \
    static HRESULT interface##_##method##_call(void *object, unsigned missing)                     \
    {                                                                                              \
        NapComponentRegistrationInfo *components = SENTINEL;                                       \
        UINT16 count = ODD_BOOL;                                                                   \
        HRESULT hr = interface##_##method((interface *)object, ARGUMENT(0, &count),                \
                                          ARGUMENT(1, &components));                               \
                                                                                                   \
        ASSERT_ZERO(0, count);                                                                     \
        ASSERT_NULL(1, components);                                                                \
        return hr;                                                                                 \
    }
#define DEFINE_CALL_CONNECTION(interface, method)                                                  \
    static HRESULT interface##_##method##_call(void *object, unsigned missing)                     \
    {                                                                                              \
        return interface##_##method((interface *)object, ARGUMENT(0, SENTINEL));                   \
    }

DEFINE_CALL_INFO(INapClientManagement2, GetSystemIsolationInfo, IsolationInfo)
DEFINE_CALL_INFO(INapClientManagement2, GetSystemIsolationInfoEx, IsolationInfoEx)
DEFINE_CALL_REGISTERED(INapClientManagement2, GetRegisteredSystemHealthAgents)
DEFINE_CALL_REGISTERED(INapClientManagement2, GetRegisteredEnforcementClients)
DEFINE_CALL_INFO(INapSystemHealthAgentBinding2, GetSystemIsolationInfo, IsolationInfo)
DEFINE_CALL_INFO(INapSystemHealthAgentBinding2, GetSystemIsolationInfoEx, IsolationInfoEx)
DEFINE_CALL(INapSystemHealthAgentBinding2, NotifySoHChange)
DEFINE_CALL(INapSystemHealthAgentBinding2, FlushCache)
DEFINE_CALL_CONNECTION(INapEnforcementClientBinding, ProcessSoHResponse)
DEFINE_CALL_CONNECTION(INapEnforcementClientBinding, NotifyConnectionStateDown)
DEFINE_CALL(INapEnforcementClientBinding, NotifySoHChangeFailure)

static HRESULT GetNapClientInfo_call(void *object, unsigned missing)
{
    CountedString *name = SENTINEL, *description = SENTINEL, *version = SENTINEL;
    BOOL enabled = ODD_BOOL;
    HRESULT hr = INapClientManagement2_GetNapClientInfo(
        (INapClientManagement2 *)object, ARGUMENT(0, &enabled), ARGUMENT(1, &name),
        ARGUMENT(2, &description), ARGUMENT(3, &version));

    ASSERT_ZERO(0, enabled);
    ASSERT_NULL(1, name);
    ASSERT_NULL(2, description);
    ASSERT_NULL(3, version);
    return hr;
}

static HRESULT CreateConnection_call(void *object, unsigned missing)
{
    INapEnforcementClientConnection *connection = SENTINEL;
    HRESULT hr = INapEnforcementClientBinding_CreateConnection(
        (INapEnforcementClientBinding *)object, ARGUMENT(0, &connection));

    ASSERT_NULL(0, connection);
    return hr;
}

static HRESULT GetSoHRequest_call(void *object, unsigned missing)
{
    BOOL hint = ODD_BOOL;
    HRESULT hr = INapEnforcementClientBinding_GetSoHRequest(
        (INapEnforcementClientBinding *)object, ARGUMENT(0, SENTINEL), ARGUMENT(1, &hint));

    ASSERT_ZERO(1, hint);
    return hr;
}

struct method
{
    const char *name;
    HRESULT (*call)(void *object, unsigned missing);
    unsigned pointers; /* arguments */
};

static const struct method management_methods[] = {
    {"GetNapClientInfo", GetNapClientInfo_call, 4},
    {"GetSystemIsolationInfo", INapClientManagement2_GetSystemIsolationInfo_call, 2},
    {"GetSystemIsolationInfoEx", INapClientManagement2_GetSystemIsolationInfoEx_call, 2},
    {"GetRegisteredSystemHealthAgents", INapClientManagement2_GetRegisteredSystemHealthAgents_call,
     2},
    {"GetRegisteredEnforcementClients", INapClientManagement2_GetRegisteredEnforcementClients_call,
     2},
};

static const struct method health_agent_methods[] = {
    {"NotifySoHChange", INapSystemHealthAgentBinding2_NotifySoHChange_call, 0},
    {"GetSystemIsolationInfo", INapSystemHealthAgentBinding2_GetSystemIsolationInfo_call, 2},
    {"FlushCache", INapSystemHealthAgentBinding2_FlushCache_call, 0},
    {"GetSystemIsolationInfoEx", INapSystemHealthAgentBinding2_GetSystemIsolationInfoEx_call, 2},
};

static const struct method enforcement_client_methods[] = {
    {"CreateConnection", CreateConnection_call, 1},
    {"GetSoHRequest", GetSoHRequest_call, 2},
    {"ProcessSoHResponse", INapEnforcementClientBinding_ProcessSoHResponse_call, 1},
    {"NotifyConnectionStateDown", INapEnforcementClientBinding_NotifyConnectionStateDown_call, 1},
    {"NotifySoHChangeFailure", INapEnforcementClientBinding_NotifySoHChangeFailure_call, 0},
};

/* Each method, with every set of arguments missing: that comes first, whatever the state. */
static void assert_answers(void *object, const struct method *methods, size_t count,
                           HRESULT expected)
{
    unsigned missing;
    size_t i;

    rows_begin();
    for (i = 0; i < count; i++)
    {
        for (missing = 0; missing < 1u << methods[i].pointers; missing++)
            expect_result(missing ? E_INVALIDARG : expected, methods[i].call(object, missing),
                          "%s with arguments %#x missing", methods[i].name, missing);
    }
    rows_end();
}

static void test_management_without_an_agent(void **state)
{
    INapClientManagement2 *management =
        new_object(&CLSID_NapClientManagement, &IID_INapClientManagement2);

    (void)state;
    assert_answers(management, management_methods, COUNT_OF(management_methods),
                   RPC_E_DISCONNECTED);
    assert_int_equal(INapClientManagement2_Release(management), 0);
}

/* Bindings. */

static HRESULT health_agent_initialize(void *binding, void *callback)
{
    return INapSystemHealthAgentBinding2_Initialize((INapSystemHealthAgentBinding2 *)binding, ID,
                                                    callback);
}

static HRESULT health_agent_uninitialize(void *binding)
{
    return INapSystemHealthAgentBinding2_Uninitialize((INapSystemHealthAgentBinding2 *)binding);
}

static HRESULT enforcement_client_initialize(void *binding, void *callback)
{
    return INapEnforcementClientBinding_Initialize((INapEnforcementClientBinding *)binding, ID,
                                                   callback);
}

static HRESULT enforcement_client_uninitialize(void *binding)
{
    return INapEnforcementClientBinding_Uninitialize((INapEnforcementClientBinding *)binding);
}

static const struct binding
{
    const CLSID *clsid;
    const IID *iid;
    HRESULT (*initialize)(void *binding, void *callback);
    HRESULT (*uninitialize)(void *binding);
    const struct method *methods;
    size_t count;
} bindings[] = {
    {&CLSID_NapSystemHealthAgentBinding, &IID_INapSystemHealthAgentBinding2,
     health_agent_initialize, health_agent_uninitialize, health_agent_methods,
     COUNT_OF(health_agent_methods)},
    {&CLSID_NapEnforcementClientBinding, &IID_INapEnforcementClientBinding,
     enforcement_client_initialize, enforcement_client_uninitialize, enforcement_client_methods,
     COUNT_OF(enforcement_client_methods)},
};

static void assert_state(const struct binding *binding, void *object, HRESULT answer)
{
    assert_answers(object, binding->methods, binding->count, answer);
    assert_int_equal(binding->initialize(object, NULL), E_INVALIDARG);
    assert_answers(object, binding->methods, binding->count, answer);
}

static void test_binding_in_each_state(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(bindings); i++)
    {
        const struct binding *binding = &bindings[i];
        void *object = new_object(binding->clsid, binding->iid);
        struct callback callback;

        callback_init(&callback);
        assert_state(binding, object, NAP_E_NOT_INITIALIZED);
        assert_int_equal(binding->uninitialize(object), NAP_E_NOT_INITIALIZED);
        assert_state(binding, object, NAP_E_NOT_INITIALIZED);

        assert_int_equal(binding->initialize(object, &callback), RPC_E_DISCONNECTED);
        assert_state(binding, object, RPC_E_DISCONNECTED);
        assert_int_equal(binding->initialize(object, &callback), RPC_E_DISCONNECTED);
        assert_state(binding, object, RPC_E_DISCONNECTED);

        assert_int_equal(binding->uninitialize(object), RPC_E_DISCONNECTED);
        assert_state(binding, object, NAP_E_NOT_INITIALIZED);
        assert_int_equal(binding->uninitialize(object), NAP_E_NOT_INITIALIZED);
        assert_int_equal(IUnknown_Release((IUnknown *)object), 0);
        assert_int_equal(callback.ref, 1);
    }
}

static void test_binding_keeps_the_callback(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(bindings); i++)
    {
        const struct binding *binding = &bindings[i];
        void *object = new_object(binding->clsid, binding->iid);
        struct callback first, second;

        callback_init(&first);
        callback_init(&second);
        binding->initialize(object, &first);
        assert_int_equal(first.ref, 2);
        binding->initialize(object, &first);
        assert_int_equal(first.ref, 2);
        binding->initialize(object, NULL);
        assert_int_equal(first.ref, 2);
        binding->initialize(object, &second);
        assert_int_equal(first.ref, 1);
        assert_int_equal(second.ref, 2);
        binding->uninitialize(object);
        assert_int_equal(second.ref, 1);
        binding->uninitialize(object);
        assert_int_equal(second.ref, 1);

        binding->initialize(object, &second);
        IUnknown_AddRef((IUnknown *)object);
        assert_int_equal(IUnknown_Release((IUnknown *)object), 1);
        assert_int_equal(second.ref, 2);
        assert_int_equal(IUnknown_Release((IUnknown *)object), 0);
        assert_int_equal(second.ref, 1);
    }
}

/* What a callback does in its own last Release. */
struct last_release
{
    const struct binding *binding;
    void *object;
    unsigned calls;
    struct callback *next;
};

static void use_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    IUnknown_AddRef((IUnknown *)release->object);
    assert_int_equal(release->binding->uninitialize(release->object), NAP_E_NOT_INITIALIZED);
    assert_state(release->binding, release->object, NAP_E_NOT_INITIALIZED);
    assert_int_equal(classes_can_unload_now(), S_FALSE);
    IUnknown_Release((IUnknown *)release->object);
}

static void release_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    assert_int_equal(IUnknown_Release((IUnknown *)release->object), 0);
}

static void initialize_binding(void *context)
{
    struct last_release *release = context;

    release->calls++;
    assert_int_equal(release->binding->initialize(release->object, release->next),
                     RPC_E_DISCONNECTED);
}

/* The callback's last reference is the binding's. */
static void *new_wanted(struct last_release *release, struct callback *callback,
                        void (*on_last_release)(void *context))
{
    callback_init(callback);
    callback->on_last_release = on_last_release;
    callback->context = release;
    release->calls = 0;
    release->object = new_object(release->binding->clsid, release->binding->iid);
    release->binding->initialize(release->object, callback);
    IUnknown_Release(&callback->iface);
    return release->object;
}

static void test_binding_and_the_last_release_of_its_callback(void **state)
{
    struct last_release release;
    struct callback callback, next;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(bindings); i++)
    {
        void *object;

        release.binding = &bindings[i];
        callback_init(&next);

        object = new_wanted(&release, &callback, release_binding);
        assert_int_equal(release.binding->uninitialize(object), RPC_E_DISCONNECTED);
        assert_int_equal(release.calls, 1);
        object = new_wanted(&release, &callback, release_binding);
        assert_int_equal(release.binding->initialize(object, &next), RPC_E_DISCONNECTED);
        assert_int_equal(release.calls, 1);
        assert_int_equal(next.ref, 1);

        object = new_wanted(&release, &callback, use_binding);
        assert_int_equal(release.binding->uninitialize(object), RPC_E_DISCONNECTED);
        assert_int_equal(release.calls, 1);
        assert_int_equal(IUnknown_Release((IUnknown *)object), 0);
        object = new_wanted(&release, &callback, use_binding);
        assert_int_equal(IUnknown_Release((IUnknown *)object), 0);
        assert_int_equal(release.calls, 1);
        assert_int_equal(classes_can_unload_now(), S_OK);
    }
}

/* The callback initializes the binding again when the binding's last Release releases it: with
 * another callback, and with itself. No reference is taken. */
static void test_binding_initialized_in_its_last_release(void **state)
{
    struct last_release release;
    struct callback callback, other;
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(bindings); i++)
    {
        release.binding = &bindings[i];
        callback_init(&other);
        release.next = &other;
        new_wanted(&release, &callback, initialize_binding);
        assert_int_equal(IUnknown_Release((IUnknown *)release.object), 0);
        assert_int_equal(release.calls, 1);
        assert_int_equal(other.ref, 1);

        release.next = &callback;
        new_wanted(&release, &callback, initialize_binding);
        assert_int_equal(IUnknown_Release((IUnknown *)release.object), 0);
        assert_int_equal(release.calls, 1);
        assert_int_equal(callback.ref, 0);
        assert_int_equal(classes_can_unload_now(), S_OK);
    }
}

static const CLSID *const classes[] = {
    &CLSID_NapClientManagement,
    &CLSID_NapSystemHealthAgentBinding,
    &CLSID_NapEnforcementClientBinding,
};

/* Which interfaces the objects of each class have. */
static void test_QueryInterface_of_each_class(void **state)
{
    static const struct
    {
        const IID *iid;
        unsigned classes; /* a bit for each */
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
        IUnknown *object = new_object(classes[i], &IID_IUnknown);

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

        assert_int_equal(classes_get_object(classes[i], &IID_IClassFactory, (void **)&factory),
                         S_OK);
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
        /* assert_non_null returns only then. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
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
