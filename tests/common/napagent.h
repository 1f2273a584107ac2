/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The NapAgent service, which the notifier polls. Natively it belongs to a fake of Windows; in
 * Windows it is a service of the tests with that name. Each function waits until the service has
 * changed, and fails the test if that takes too long.
 */
#ifndef NAPAGENT_H
#define NAPAGENT_H

#include <windows.h>
#include <naputil.h>

#define ALREADY_INITIALIZED ((HRESULT)0x800704DF)

#define POLL_INTERVAL 500   /* milliseconds between two polls of the notifier */
#define TWO_POLLS     1200  /* an event that is not set after this time will not be set */
#define NOTICE_LIMIT  20000 /* the longest wait for an event on a busy system */

/* Set-up and tear-down of a test. Natively they load and unload the DLL, and the tear-down lets the
 * threads end, and fails if a handle or a thread is left. It comes after the last subscription has
 * ended, and deletes the service that the test installed. */
int napagent_begin(void **state);
int napagent_end(void **state);

/* Fails the test if another NapAgent service is installed. */
void napagent_install(void);

void napagent_start(void);
void napagent_stop(void);
void napagent_delete(void);

/* Set-up and tear-down of a test that subscribes: those above, and an event for each type. The
 * tear-down ends the subscriptions. */
extern HANDLE events[2];
int subscriptions_begin(void **state);
int subscriptions_end(void **state);
void unsubscribe_both(void);

#endif
