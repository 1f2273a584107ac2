/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * For native programs with the classes of qutil.dll and without its notifier, which has something to
 * do when the DLL is loaded and unloaded.
 */
#include "common.h"

void module_attach(void)
{
}

void module_detach(void)
{
}
