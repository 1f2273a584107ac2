/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The notifier of a qutil.dll that is loaded by name, so that it can be unloaded, and an event.
 */
#ifndef LOADED_NOTIFIER_H
#define LOADED_NOTIFIER_H

#include <windows.h>
#include <naputil.h>

/* How soon a change is noticed at the latest, and how long what ends by itself may take:
 * milliseconds. */
#define NOTICE_LIMIT        20000
#define END_LIMIT           20000
#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

typedef HRESULT(WINAPI *initialize_function)(NapNotifyType type, HANDLE event);
typedef VOID(WINAPI *uninitialize_function)(NapNotifyType type);

/* From load_notifier to unload_notifier. */
extern initialize_function initialize;
extern uninitialize_function uninitialize;

/* Auto-reset; while a test runs. */
extern HANDLE event;

void load_notifier(void);
void unload_notifier(void);
BOOL is_notifier_loaded(void);
void assert_notifier_gets_unloaded(void);

/* Setup and teardown of each test. */
int make_event(void **state);
int notifier_clean_up(void **state);

#endif
