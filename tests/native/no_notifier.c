/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Takes the place of notifier.c in native programs that need only the classes of qutil.dll.
 */
#include "common.h"

void module_attach(void)
{
}

void module_detach(void)
{
}
