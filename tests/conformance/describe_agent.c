/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about the NAP agent's classes that this system has registered, as qagent.dll serves them.
 * Nothing is registered with the agent, and it is told of nothing.
 */
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>
#include <napsystemhealthagent.h>

#include "describe.h"
#include "describe_objects.h"

/* That nobody has registered: no vendor has this number. */
#define UNKNOWN_ID 0xFFFFFF01

static HRESULT STDMETHODCALLTYPE callback_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_INapSystemHealthAgentCallback) &&
        !IsEqualIID(iid, &IID_INapEnforcementClientCallback))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE callback_AddRef(IUnknown *iface)
{
    (void)iface;
    return 2;
}

static ULONG STDMETHODCALLTYPE callback_Release(IUnknown *iface)
{
    (void)iface;
    return 1;
}

/* It has the methods of IUnknown alone: an agent would have to bind before it calls others, and does
 * not bind an id that it does not know. */
static IUnknownVtbl callback_vtbl = {callback_QueryInterface, callback_AddRef, callback_Release};
static IUnknown callback = {&callback_vtbl};

static void *create(const char *key, REFCLSID clsid, REFIID iid)
{
    void *object = NULL;
    HRESULT hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);

    if (SUCCEEDED(hr))
        hr = CoCreateInstance(clsid, NULL, CLSCTX_INPROC_SERVER, iid, &object);
    fact(key, "create", "%s", code_of(hr));
    return object;
}

static void tell_result(const char *key, const char *name, HRESULT hr, const void *out)
{
    fact(key, name, "%s, %s", code_of(hr), state_of(out));
}

static void tell_management(const char *key, unsigned argument)
{
    INapClientManagement2 *management =
        create(key, &CLSID_NapClientManagement, &IID_INapClientManagement2);
    CountedString *name = SENTINEL, *description = SENTINEL, *version = SENTINEL;
    NapComponentRegistrationInfo *agents = SENTINEL, *clients = SENTINEL;
    IsolationInfo *info = SENTINEL;
    IsolationInfoEx *info_ex = SENTINEL;
    BOOL flag = TRUE;
    UINT16 count = WORD_SENTINEL;
    HRESULT hr;

    (void)argument;
    if (!management)
        return;
    hr = INapClientManagement2_GetNapClientInfo(management, &flag, &name, &description, &version);
    tell_result(key, "GetNapClientInfo", hr, name);
    hr = INapClientManagement2_GetSystemIsolationInfo(management, &info, &flag);
    tell_result(key, "GetSystemIsolationInfo", hr, info);
    hr = INapClientManagement2_GetSystemIsolationInfoEx(management, &info_ex, &flag);
    tell_result(key, "GetSystemIsolationInfoEx", hr, info_ex);
    hr = INapClientManagement2_GetRegisteredSystemHealthAgents(management, &count, &agents);
    tell_result(key, "GetRegisteredSystemHealthAgents", hr, agents);
    hr = INapClientManagement2_GetRegisteredEnforcementClients(management, &count, &clients);
    tell_result(key, "GetRegisteredEnforcementClients", hr, clients);
    hr = INapClientManagement2_UnregisterSystemHealthAgent(management, UNKNOWN_ID);
    fact(key, "UnregisterSystemHealthAgent-unknown", "%s", code_of(hr));
    hr = INapClientManagement2_UnregisterEnforcementClient(management, UNKNOWN_ID);
    fact(key, "UnregisterEnforcementClient-unknown", "%s", code_of(hr));
}

static void tell_agent_calls(const char *key, INapSystemHealthAgentBinding2 *binding)
{
    IsolationInfo *info = SENTINEL;
    IsolationInfoEx *info_ex = SENTINEL;
    BOOL flag = TRUE;
    HRESULT hr;

    hr = INapSystemHealthAgentBinding2_NotifySoHChange(binding);
    fact(key, "NotifySoHChange", "%s", code_of(hr));
    hr = INapSystemHealthAgentBinding2_FlushCache(binding);
    fact(key, "FlushCache", "%s", code_of(hr));
    hr = INapSystemHealthAgentBinding2_GetSystemIsolationInfo(binding, &info, &flag);
    tell_result(key, "GetSystemIsolationInfo", hr, info);
    hr = INapSystemHealthAgentBinding2_GetSystemIsolationInfoEx(binding, &info_ex, &flag);
    tell_result(key, "GetSystemIsolationInfoEx", hr, info_ex);
}

static void tell_agent_binding(const char *key, unsigned argument)
{
    INapSystemHealthAgentBinding2 *binding =
        create(key, &CLSID_NapSystemHealthAgentBinding, &IID_INapSystemHealthAgentBinding2);
    HRESULT hr;

    (void)argument;
    if (!binding)
        return;
    tell_agent_calls(text_of("%s.new", key), binding);
    hr = INapSystemHealthAgentBinding2_Uninitialize(binding);
    fact(key, "new.Uninitialize", "%s", code_of(hr));
    hr = INapSystemHealthAgentBinding2_Initialize(binding, UNKNOWN_ID, NULL);
    fact(key, "new.Initialize-null", "%s", code_of(hr));
    hr = INapSystemHealthAgentBinding2_Initialize(binding, UNKNOWN_ID,
                                                  (INapSystemHealthAgentCallback *)&callback);
    fact(key, "new.Initialize", "%s", code_of(hr));
    tell_agent_calls(text_of("%s.wanted", key), binding);
    hr = INapSystemHealthAgentBinding2_Uninitialize(binding);
    fact(key, "wanted.Uninitialize", "%s", code_of(hr));
}

static void tell_client_calls(const char *key, INapEnforcementClientBinding *binding)
{
    INapEnforcementClientConnection *connection = SENTINEL;
    HRESULT hr = INapEnforcementClientBinding_CreateConnection(binding, &connection);

    tell_result(key, "CreateConnection", hr, connection);
    hr = INapEnforcementClientBinding_NotifySoHChangeFailure(binding);
    fact(key, "NotifySoHChangeFailure", "%s", code_of(hr));
}

static void tell_client_binding(const char *key, unsigned argument)
{
    INapEnforcementClientBinding *binding =
        create(key, &CLSID_NapEnforcementClientBinding, &IID_INapEnforcementClientBinding);
    HRESULT hr;

    (void)argument;
    if (!binding)
        return;
    tell_client_calls(text_of("%s.new", key), binding);
    hr = INapEnforcementClientBinding_Uninitialize(binding);
    fact(key, "new.Uninitialize", "%s", code_of(hr));
    hr = INapEnforcementClientBinding_Initialize(binding, UNKNOWN_ID, NULL);
    fact(key, "new.Initialize-null", "%s", code_of(hr));
    hr = INapEnforcementClientBinding_Initialize(binding, UNKNOWN_ID,
                                                 (INapEnforcementClientCallback *)&callback);
    fact(key, "new.Initialize", "%s", code_of(hr));
    tell_client_calls(text_of("%s.wanted", key), binding);
    hr = INapEnforcementClientBinding_Uninitialize(binding);
    fact(key, "wanted.Uninitialize", "%s", code_of(hr));
}

static const struct part parts[] = {
    {"agent.management", tell_management, 0, NULL},
    {"agent.health-agent-binding", tell_agent_binding, 0, NULL},
    {"agent.enforcement-client-binding", tell_client_binding, 0, NULL},
};

const struct parts agent_parts = {parts, sizeof(parts) / sizeof(parts[0])};
