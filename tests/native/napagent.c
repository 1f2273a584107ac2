/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 */
#include "test.h"

#include "fake_windows.h"
#include "napagent.h"

int napagent_begin(void **state)
{
    return fake_begin(state);
}

int napagent_end(void **state)
{
    return fake_end(state);
}

void napagent_install(void)
{
    service_exists = TRUE;
    service_state = SERVICE_STOPPED;
    service_process = 0;
}

void napagent_start(void)
{
    assert_true(service_exists);
    service_state = SERVICE_RUNNING;
    service_process = 100;
}

void napagent_stop(void)
{
    assert_true(service_exists);
    service_state = SERVICE_STOPPED;
    service_process = 0;
}

void napagent_delete(void)
{
    service_exists = FALSE;
}
