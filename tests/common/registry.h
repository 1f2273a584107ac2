/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * An empty HKEY_LOCAL_MACHINE for tests that write to it.
 *
 * Two programs stand behind it: tests/native/fake_registry.c is the registry itself in native tests,
 * and lets a call fail as allocations_fail says; in tests/windows/registry.c a key of the current
 * user takes its place.
 */
#ifndef REGISTRY_H
#define REGISTRY_H

void registry_open(void);
void registry_close(void);

#endif
