/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The functions of qutil.dll that the test files call. Each calls the function of the same name in
 * the DLL under test. NAPAPI is defined as nothing for the whole program.
 */
#include <stdint.h>
#include <windows.h>
#include <naputil.h>

#include "dll.h"

/* Two of the arguments are lists in parentheses. */
#define FORWARD(name, parameters, arguments)                                                       \
    HRESULT WINAPI name parameters                                                                 \
    {                                                                                              \
        return ((HRESULT(WINAPI *) parameters)(uintptr_t)dll_export(#name))arguments;              \
    }
#define FORWARD_VOID(name, parameters, arguments)                                                  \
    VOID WINAPI name parameters                                                                    \
    {                                                                                              \
        ((VOID(WINAPI *) parameters)(uintptr_t)dll_export(#name)) arguments;                       \
    }

/* clang-format off */
FORWARD(AllocConnections, (Connections **connections, UINT16 count), (connections, count))
FORWARD(AllocCountedString, (CountedString **counted, const WCHAR *string), (counted, string))
FORWARD(AllocFixupInfo, (FixupInfo **info, UINT16 count), (info, count))
FORWARD(InitializeNapAgentNotifier, (NapNotifyType type, HANDLE event), (type, event))
FORWARD_VOID(FreeConnections, (Connections *connections), (connections))
FORWARD_VOID(FreeCountedString, (CountedString *counted), (counted))
FORWARD_VOID(FreeFixupInfo, (FixupInfo *info), (info))
FORWARD_VOID(FreeIsolationInfo, (IsolationInfo *info), (info))
FORWARD_VOID(FreeIsolationInfoEx, (IsolationInfoEx *info), (info))
FORWARD_VOID(FreeNapComponentRegistrationInfoArray,
             (UINT16 count, NapComponentRegistrationInfo **info), (count, info))
FORWARD_VOID(FreeNetworkSoH, (NetworkSoH *soh), (soh))
FORWARD_VOID(FreePrivateData, (PrivateData *private_data), (private_data))
FORWARD_VOID(FreeSoH, (SoH *soh), (soh))
FORWARD_VOID(FreeSoHAttributeValue, (SoHAttributeType type, SoHAttributeValue *value),
             (type, value))
FORWARD_VOID(FreeSystemHealthAgentState, (SystemHealthAgentState *state), (state))
FORWARD_VOID(UninitializeNapAgentNotifier, (NapNotifyType type), (type))
/* clang-format on */
