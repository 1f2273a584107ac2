/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about the notifier.
 */
#include <windows.h>
#include <naputil.h>

#include "describe.h"

#define NOTIFIER "InitializeNapAgentNotifier"

/* In milliseconds. */
#define AT_ONCE 100

enum event_kind
{
    EVENT,
    EVENT_NULL,
    EVENT_INVALID,
    EVENT_CLOSED,
    EVENT_MUTEX,
    EVENT_WAIT_ONLY
};

static HANDLE event_of(unsigned kind)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL), other;

    switch ((enum event_kind)kind)
    {
    case EVENT_NULL:
        return NULL;
    case EVENT_INVALID:
        return INVALID_HANDLE_VALUE;
    case EVENT_CLOSED:
        CloseHandle(event);
        return event;
    case EVENT_MUTEX:
        return CreateMutexW(NULL, FALSE, NULL);
    case EVENT_WAIT_ONLY:
        DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &other, SYNCHRONIZE, FALSE,
                        0);
        return other;
    default:
        return event;
    }
}

static void tell_event(const char *key, unsigned kind)
{
    fact(key, "", "%s",
         code_of(InitializeNapAgentNotifier(napNotifyTypeServiceState, event_of(kind))));
    UninitializeNapAgentNotifier(napNotifyTypeServiceState);
}

static void tell_type(const char *key, unsigned type)
{
    HANDLE event = event_of(EVENT);

    fact(key, "result", "%s", code_of(InitializeNapAgentNotifier((NapNotifyType)type, event)));
    fact(key, "at-once", "%s",
         WaitForSingleObject(event, AT_ONCE) == WAIT_OBJECT_0 ? "set" : "not set");
    UninitializeNapAgentNotifier((NapNotifyType)type);
    fact(key, "ended", "returns");
}

static void tell_twice(const char *key, unsigned type)
{
    HANDLE event = event_of(EVENT);

    InitializeNapAgentNotifier((NapNotifyType)type, event);
    fact(key, "same-type", "%s", code_of(InitializeNapAgentNotifier((NapNotifyType)type, event)));
    fact(key, "other-type", "%s",
         code_of(InitializeNapAgentNotifier((NapNotifyType)(3 - type), event)));
    UninitializeNapAgentNotifier((NapNotifyType)type);
    fact(key, "after-end", "%s", code_of(InitializeNapAgentNotifier((NapNotifyType)type, event)));
    UninitializeNapAgentNotifier((NapNotifyType)type);
    UninitializeNapAgentNotifier((NapNotifyType)(3 - type));
}

static const struct part parts[] = {
    {"notifier.event-null", tell_event, EVENT_NULL, NOTIFIER},
    {"notifier.event-invalid", tell_event, EVENT_INVALID, NOTIFIER},
    {"notifier.event-closed", tell_event, EVENT_CLOSED, NOTIFIER},
    {"notifier.event-mutex", tell_event, EVENT_MUTEX, NOTIFIER},
    {"notifier.event-wait-only", tell_event, EVENT_WAIT_ONLY, NOTIFIER},
    {"notifier.type-0", tell_type, 0, NOTIFIER},
    {"notifier.type-1", tell_type, 1, NOTIFIER},
    {"notifier.type-2", tell_type, 2, NOTIFIER},
    {"notifier.type-3", tell_type, 3, NOTIFIER},
    {"notifier.twice-1", tell_twice, 1, NOTIFIER},
    {"notifier.twice-2", tell_twice, 2, NOTIFIER},
};

const struct parts notifier_parts = {parts, sizeof(parts) / sizeof(parts[0])};
