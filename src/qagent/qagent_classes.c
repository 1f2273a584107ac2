/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The classes of qagent.dll, as the shared code serves and registers them.
 */
#include "qagent_private.h"

struct class classes[] = {
    CLASS(NapClientManagement, client_management_create),
    CLASS(NapSystemHealthAgentBinding, health_agent_binding_create),
    CLASS(NapEnforcementClientBinding, enforcement_client_binding_create),
};

const size_t class_count = sizeof(classes) / sizeof(classes[0]);

C_ASSERT(sizeof(classes) / sizeof(classes[0]) <= MAX_CLASSES);

/* Windows that has a qagent.dll of its own has a NAP agent that goes with it. */
const bool registers_over_others = false;

void module_attach(void)
{
}

void module_detach(void)
{
}
