/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Installs, starts, stops and deletes a service with the name of the NapAgent service. The program
 * is napagent_service.exe, beside the test. Each function returns when the service manager says
 * that it is so, and fails the test if that takes too long.
 */
#ifndef NAPAGENT_H
#define NAPAGENT_H

#include <windows.h>

/* Group setup: fails where a NapAgent service is installed that is not ours, which a test must not
 * touch; removes one of ours, in whatever state it was left; waits until the service manager is
 * ready. */
int napagent_prepare(void **state);

/* Test teardown: whatever has happened, the service is gone. */
int napagent_clean_up(void **state);

void napagent_install(void);
void napagent_start(void);
void napagent_stop(void);
void napagent_delete(void);

#endif
