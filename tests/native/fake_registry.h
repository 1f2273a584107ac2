/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A registry for native tests. HKEY_LOCAL_MACHINE is all there is, in one view.
 */
#ifndef FAKE_REGISTRY_H
#define FAKE_REGISTRY_H

#include <stdbool.h>
#include <windows.h>

/* The test program has these: whether the next call fails, with ERROR_ACCESS_DENIED; and the view
 * that keys are to be opened in, KEY_WOW64_64KEY or 0. */
bool registry_fails_now(void);
extern const REGSAM registry_view;

/* Adds a key with those above it, or a value of a key that is there. */
void registry_add_key(const WCHAR *path);
void registry_add_value(const WCHAR *path, const WCHAR *name, DWORD type, const void *data,
                        DWORD size);

bool registry_has_key(const WCHAR *path);

/* The one variable that RegGetValueW expands, at the beginning of a text. %ENDLESS% is longer than a
 * path can be. */
#define REGISTRY_VARIABLE      L"%FOLDER%"
#define REGISTRY_VARIABLE_TEXT L"C:\\new"

/* Saves the registry, and says whether it is as it was saved. */
void registry_save(void);
bool registry_is_saved(void);

/* Keys that are open. */
unsigned registry_handles(void);

/* Called once, within the next call that lists keys: what another process does meanwhile. */
void registry_interrupt(void (*function)(void));

#endif
