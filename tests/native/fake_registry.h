/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The functions of the fake registry that registry.h does not have.
 */
#ifndef FAKE_REGISTRY_H
#define FAKE_REGISTRY_H

#include <stdbool.h>

/* Each function of the registry except RegCloseKey calls this. If it returns true, the function
 * fails with ERROR_ACCESS_DENIED. It is allocations_fails_now unless a test sets another one. */
extern bool (*registry_fails_now)(void);

/* The environment variable that RegGetValueW expands at the beginning of a value. */
#define FAKE_VARIABLE      L"%QUTIL_TEST%"
#define FAKE_VARIABLE_TEXT L"C:\\new\\qutil.dll"

#endif
