/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * An HKEY_LOCAL_MACHINE that belongs to the test.
 *
 * Native tests have the registry of tests/native/fake_registry.c. In Windows, a key of the current
 * user takes the place of HKEY_LOCAL_MACHINE: tests/windows/registry.c.
 */
#ifndef REGISTRY_H
#define REGISTRY_H

#include <stdbool.h>
#include <windows.h>

/* registry_open makes the registry empty. The other functions are called before registry_close. */
void registry_open(void);
void registry_close(void);

/* Adds a key, or a value, and the keys above it. */
void registry_add_key(const WCHAR *path);
void registry_add_value(const WCHAR *path, const WCHAR *name, DWORD type, const void *data,
                        DWORD size);
bool registry_has_key(const WCHAR *path);

/* Saves the contents of the registry; compares the contents with those that were saved. */
void registry_save(void);
bool registry_is_saved(void);

#endif
