/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A qutil.dll that crashes, ends the process, and has none of the other functions.
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
    (void)type;
    (void)value;
    ExitProcess(0);
}
