/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * An HKEY_LOCAL_MACHINE for tests that write to it.
 *
 * Two programs stand behind it: tests/native/fake_registry.c is the registry itself in native tests;
 * in tests/windows/registry.c a key of the current user takes its place.
 */
#ifndef REGISTRY_H
#define REGISTRY_H

#include <stdbool.h>
#include <windows.h>

/* Empties it. The tests' own come between these two. */
void registry_open(void);
void registry_close(void);

/* Adds a key, or a value, with the keys above it. */
void registry_add_key(const WCHAR *path);
void registry_add_value(const WCHAR *path, const WCHAR *name, DWORD type, const void *data,
                        DWORD size);
bool registry_has_key(const WCHAR *path);

/* Saves all that is in the registry, and says whether it is as it was saved. */
void registry_save(void);
bool registry_is_saved(void);

#endif
