/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL is loaded, used and unloaded. With --repeat this happens many times, and handles, threads
 * and memory must not grow.
 */
#include "test.h"

#include <windows.h>
#include <naputil.h>

#include "dll.h"

static void test_load_and_unload(void **state)
{
    HMODULE module = dll_load();
    HRESULT(WINAPI * allocate)(Connections **, UINT16);
    VOID(WINAPI * release)(Connections *);
    HRESULT(WINAPI * initialize)(NapNotifyType, HANDLE);
    Connections *list;

    assert_non_null(module);
    allocate = (HRESULT(WINAPI *)(Connections **, UINT16))(uintptr_t)GetProcAddress(
        module, "AllocConnections");
    release = (VOID(WINAPI *)(Connections *))(uintptr_t)GetProcAddress(module, "FreeConnections");
    initialize = (HRESULT(WINAPI *)(NapNotifyType, HANDLE))(uintptr_t)GetProcAddress(
        module, "InitializeNapAgentNotifier");
    assert_int_equal(allocate(&list, 20), S_OK);
    release(list);
    assert_int_equal(initialize(napNotifyTypeServiceState, NULL), E_INVALIDARG);
    assert_true(FreeLibrary(module));
    assert_null(GetModuleHandleA(dll_name()));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_load_and_unload),
};

TEST_GROUP(loads, .dll = "qutil.dll");
