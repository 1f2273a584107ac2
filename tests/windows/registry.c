/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A key of the current user that stands for HKEY_LOCAL_MACHINE.
 */
#include "test.h"

#include <windows.h>

#include "registry.h"

#define SANDBOX L"Software\\qutil_test_sandbox"

void registry_open(void)
{
    HKEY sandbox;

    RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX);
    assert_int_equal(RegCreateKeyW(HKEY_CURRENT_USER, SANDBOX, &sandbox), ERROR_SUCCESS);
    assert_int_equal(RegOverridePredefKey(HKEY_LOCAL_MACHINE, sandbox), ERROR_SUCCESS);
    RegCloseKey(sandbox);
}

void registry_close(void)
{
    assert_int_equal(RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL), ERROR_SUCCESS);
    assert_int_equal(RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX), ERROR_SUCCESS);
}
