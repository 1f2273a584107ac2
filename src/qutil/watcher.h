/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Watches the NapAgent service for notifier.c, in a thread of its own. Any thread may call.
 */
#ifndef WATCHER_H
#define WATCHER_H

#include <windows.h>
#include <naptypes.h>

BOOL watcher_has_subscription(NapNotifyType type);

/* Sets an event on each change from now on. On success it is the watcher's, which closes it.
 *
 * S_OK; E_FAIL; HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED) when there is one for the type. */
HRESULT watcher_subscribe(NapNotifyType type, HANDLE event);

/* The event is not set any more when this returns. */
void watcher_unsubscribe(NapNotifyType type);

#endif
