/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Watches the NapAgent service for notifier.c, in a thread of its own. One caller at a time.
 */
#ifndef WATCHER_H
#define WATCHER_H

#include <windows.h>
#include <naptypes.h>

struct watcher;

/* NULL when the service cannot be watched. */
struct watcher *watcher_create(void);

/* Makes an event the one to set for a type, or with NULL none. It stays the caller's, who closes it
 * when there is none any more. With the last one the thread ends. Fails when the service cannot be
 * watched, or when the thread has been ended, as in a process that exits; there is no event for
 * the type then. */
HRESULT watcher_set_event(struct watcher *watcher, NapNotifyType type, HANDLE event);
HANDLE watcher_get_event(const struct watcher *watcher, NapNotifyType type);
BOOL watcher_has_events(const struct watcher *watcher);

/* For a watcher without events. */
void watcher_destroy(struct watcher *watcher);

#endif
