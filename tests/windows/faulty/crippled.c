/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A qutil.dll with two functions only: one crashes, the other ends the process.
 */
#include <windows.h>
#define NAPAPI
#include <naputil.h>

VOID WINAPI FreeConnections(Connections *connections)
{
    *(volatile UINT16 *)&connections->count = 0;
}

VOID WINAPI FreeSoHAttributeValue(SoHAttributeType type, SoHAttributeValue *value)
{
    ExitProcess(0);
}
