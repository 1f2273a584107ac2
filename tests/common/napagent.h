/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The NapAgent service, which the notifier watches: natively that of the fake Windows, and in Windows
 * a service of ours with its name. Each function returns when it is so, and fails the test if that
 * takes too long.
 */
#ifndef NAPAGENT_H
#define NAPAGENT_H

#include <windows.h>

enum
{
    LOOK = 500,          /* milliseconds between two looks of the notifier */
    TWO_LOOKS = 1200,    /* what has not been signalled by then is not going to be */
    NOTICE_LIMIT = 20000 /* a change is signalled within a LOOK, if the system is not busy */
};

/* Set-up and tear-down of a test. Natively they load and unload the DLL, and the tear-down fails where
 * something is left open. After the test no service is left that it has installed. */
int napagent_begin(void **state);
int napagent_end(void **state);

/* Fails the test where a NapAgent service is installed that is not ours. */
void napagent_install(void);

void napagent_start(void);
void napagent_stop(void);
void napagent_delete(void);

#endif
