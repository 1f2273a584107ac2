/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Critical sections for native programs of one thread: they do nothing.
 */
#include <windows.h>

void WINAPI InitializeCriticalSection(CRITICAL_SECTION *section)
{
    (void)section;
}

void WINAPI EnterCriticalSection(CRITICAL_SECTION *section)
{
    (void)section;
}

void WINAPI LeaveCriticalSection(CRITICAL_SECTION *section)
{
    (void)section;
}

void WINAPI DeleteCriticalSection(CRITICAL_SECTION *section)
{
    (void)section;
}

BOOL WINAPI DisableThreadLibraryCalls(HMODULE library)
{
    (void)library;
    return TRUE;
}
