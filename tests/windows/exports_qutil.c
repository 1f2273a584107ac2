/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The names that the original qutil.dll exports.
 */
#include <stddef.h>

extern const char *const exports[];
extern const size_t export_count;

const char *const exports[] = {
    "AllocConnections",
    "AllocCountedString",
    "AllocFixupInfo",
    "DllCanUnloadNow",
    "DllGetClassObject",
    "DllRegisterServer",
    "DllUnregisterServer",
    "FreeConnections",
    "FreeCountedString",
    "FreeFixupInfo",
    "FreeIsolationInfo",
    "FreeIsolationInfoEx",
    "FreeNapComponentRegistrationInfoArray",
    "FreeNetworkSoH",
    "FreePrivateData",
    "FreeSoH",
    "FreeSoHAttributeValue",
    "FreeSystemHealthAgentState",
    "InitializeNapAgentNotifier",
    "UninitializeNapAgentNotifier",
};

const size_t export_count = sizeof(exports) / sizeof(exports[0]);
