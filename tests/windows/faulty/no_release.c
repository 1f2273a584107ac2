/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * memory.c with a fault: FreeConnections does not release what the list holds, which programs rely
 * on (observed).
 */
#include "../../../src/qutil/qutil_private.h"

#undef INapEnforcementClientConnection_Release
#define INapEnforcementClientConnection_Release(iface) ((void)(iface))

/* The whole source, with the fault. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "../../../src/qutil/memory.c"
