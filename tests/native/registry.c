/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What native tests of the store of components need: calls of the registry fail as allocations do.
 */
#include <windows.h>

#include "allocations.h"
#include "fake_registry.h"

const REGSAM registry_view = KEY_WOW64_64KEY;

bool registry_fails_now(void)
{
    return allocations_fails_now();
}
