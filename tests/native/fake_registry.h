/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What native tests do to their registry, beside registry.h.
 */
#ifndef FAKE_REGISTRY_H
#define FAKE_REGISTRY_H

#include <stdbool.h>

/* Called by each function of the registry but RegCloseKey: whether it fails, with ERROR_ACCESS_DENIED.
 * It is allocations_fails_now where a test sets no other. */
extern bool (*registry_fails_now)(void);

/* The one variable that a value of the registry is expanded with, at its beginning. */
#define FAKE_VARIABLE      L"%QUTIL_TEST%"
#define FAKE_VARIABLE_TEXT L"C:\\new\\qutil.dll"

#endif
