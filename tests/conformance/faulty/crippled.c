/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A qutil.dll that crashes where it should not, and has none of the other functions.
 */
#include <windows.h>
#define NAPAPI
#include <naputil.h>

VOID WINAPI FreeConnections(Connections *connections)
{
    *(volatile UINT16 *)&connections->count = 0;
}
