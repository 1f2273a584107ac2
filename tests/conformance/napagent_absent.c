/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * In the place of the service that the notifier's tests install: this program changes nothing on
 * the system that it runs on. The cases that need the service are left out of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include "napagent.h"

int napagent_prepare(void **state)
{
    (void)state;
    return 0;
}

int napagent_clean_up(void **state)
{
    (void)state;
    return 0;
}

void napagent_install(void)
{
    fail_msg("this program installs no service");
}

void napagent_start(void)
{
    napagent_install();
}

void napagent_stop(void)
{
    napagent_install();
}

void napagent_delete(void)
{
    napagent_install();
}
