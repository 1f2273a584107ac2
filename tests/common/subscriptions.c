/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 */
#include "test.h"

#include "napagent.h"

HANDLE events[2];

int subscriptions_begin(void **state)
{
    if (napagent_begin(state) != 0)
        return -1;
    events[0] = CreateEventW(NULL, FALSE, FALSE, NULL);
    events[1] = CreateEventW(NULL, FALSE, FALSE, NULL);
    return events[0] && events[1] ? 0 : -1;
}

void unsubscribe_both(void)
{
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
    UninitializeNapAgentNotifier(napNotifyTypeQuarState);
}

int subscriptions_end(void **state)
{
    unsubscribe_both();
    CloseHandle(events[0]);
    CloseHandle(events[1]);
    return napagent_end(state);
}
