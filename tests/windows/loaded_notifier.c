/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Loads and unloads qutil.dll.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include "loaded_notifier.h"
#include "napagent.h"

#define PAUSE 5

static HMODULE module;
initialize_function initialize;
uninitialize_function uninitialize;
HANDLE event;

void load_notifier(void)
{
    module = LoadLibraryW(L"qutil.dll");
    assert_non_null(module);
    initialize =
        (initialize_function)(uintptr_t)GetProcAddress(module, "InitializeNapAgentNotifier");
    uninitialize =
        (uninitialize_function)(uintptr_t)GetProcAddress(module, "UninitializeNapAgentNotifier");
    assert_true(initialize && uninitialize);
}

void unload_notifier(void)
{
    assert_true(FreeLibrary(module));
}

BOOL is_notifier_loaded(void)
{
    return GetModuleHandleW(L"qutil.dll") != NULL;
}

void assert_notifier_gets_unloaded(void)
{
    DWORD start = GetTickCount();

    while (is_notifier_loaded() && GetTickCount() - start < END_LIMIT)
        Sleep(PAUSE);
    assert_false(is_notifier_loaded());
}

int make_event(void **state)
{
    (void)state;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    return event ? 0 : -1;
}

/* A test that fails leaves its references to the DLL behind. */
int notifier_clean_up(void **state)
{
    if (is_notifier_loaded())
    {
        load_notifier();
        uninitialize(napNotifyTypeServiceState);
        uninitialize(napNotifyTypeQuarState);
    }
    while (is_notifier_loaded())
        FreeLibrary(module);
    CloseHandle(event);
    return napagent_clean_up(state);
}
