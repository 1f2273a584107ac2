/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * memory.c with a fault: FreeConnections does not release the interfaces in the list. Programs rely
 * on it that it does (observed).
 */
#include "../../../src/qutil/qutil_private.h"

#undef INapEnforcementClientConnection_Release
#define INapEnforcementClientConnection_Release(iface) ((void)(iface))

/* Includes the source with the fault. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "../../../src/qutil/memory.c"
