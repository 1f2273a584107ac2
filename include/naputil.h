/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The functions of qutil.dll. Link with qutil.lib (or mingw-w64's -lqutil), or load them by name.
 *
 * Memory. Every block comes from CoTaskMemAlloc and goes back through CoTaskMemFree, and each
 * pointer is a block of its own (documented, and relied on by callers that take a structure apart
 * and free the parts one by one). COM does not have to be initialized.
 *
 * Out parameters are only written, never read (observed: callers pass uninitialized variables).
 *
 * Free functions take NULL, and structures in which a pointer is NULL whatever its count says, so
 * that they can be called from a clean-up path at any time (observed).
 *
 * Threads. The Alloc and Free functions may be called from any thread at any time; two threads must
 * not use one structure at once. The notifier functions are not thread safe (documented).
 *
 * Errors. Alloc functions return S_OK, E_INVALIDARG or E_OUTOFMEMORY and nothing else. On failure
 * the out parameter is NULL (decided) and nothing stays allocated.
 *
 * Tags say where a rule is known from: documented (Microsoft's public reference), observed (how
 * public programs call the function), decided (no evidence either way; what breaks nobody).
 */
#ifndef NAPUTIL_H
#define NAPUTIL_H

#include <naptypes.h>
#include <napmanagement.h>
#include <napservermanagement.h>
#include <napprotocol.h>
#include <napenforcementclient.h>
#include <sal.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Define NAPAPI as nothing where the functions are defined, or linked statically. */
#ifndef NAPAPI
#define NAPAPI DECLSPEC_IMPORT
#endif

/*
 * AllocConnections allocates a list of connections, for INapEnforcementClientCallback's
 * GetConnections.
 *
 * connections       Receives the list: count is connectionsCount, and connections an array of that
 *                   many NULL pointers, to be filled with references that the list then owns
 *                   (observed: the array is sized by connectionsCount, although the reference
 *                   speaks of an array of Connections). The caller releases it with
 *                   FreeConnections.
 * connectionsCount  Number of connections, 0 to 65535. With 0 the array is NULL (observed: callers
 *                   overwrite the pointer). More than maxConnectionCountPerEnforcer is allocated
 *                   like any other number (decided).
 *
 * The block of the list itself has room for max(1, connectionsCount) structures, zero after the
 * first, so that a caller that takes the reference by its word stays inside it (decided).
 *
 * S_OK           *connections is the list.
 * E_INVALIDARG   connections is NULL.
 * E_OUTOFMEMORY  There is not enough memory.
 */
NAPAPI HRESULT WINAPI AllocConnections(_Outptr_ Connections **connections, UINT16 connectionsCount);

/*
 * FreeConnections releases each interface in a list that is not NULL, then frees the array, then
 * the list (documented: all embedded pointers are freed).
 *
 * connections  A list from AllocConnections or GetConnections, or NULL.
 */
NAPAPI VOID WINAPI FreeConnections(_In_opt_ Connections *connections);

/*
 * AllocCountedString makes a counted copy of a string.
 *
 * countedString  Receives the copy: length counts characters without the terminator (documented),
 *                string is a block of length + 1 characters, terminated. The caller releases it
 *                with FreeCountedString.
 * string         The string to copy, terminated; the empty string gives length 0. At most 65535
 *                characters, which is what length can hold; maxStringLength is not enforced
 *                (decided). No more than the first 65536 characters are read.
 *
 * S_OK           *countedString is the copy.
 * E_INVALIDARG   countedString or string is NULL, or string is longer than 65535 characters.
 * E_OUTOFMEMORY  There is not enough memory.
 */
NAPAPI HRESULT WINAPI AllocCountedString(_Outptr_ CountedString **countedString,
                                         _In_z_ const WCHAR *string);

/*
 * FreeCountedString frees a string, then the structure that holds it.
 *
 * countedString  From AllocCountedString, or NULL.
 */
NAPAPI VOID WINAPI FreeCountedString(_In_opt_ CountedString *countedString);

/*
 * AllocFixupInfo allocates a FixupInfo.
 *
 * fixupInfo         Receives the structure: all zero but resultCodes, which has countResultCodes
 *                   zeroed results. The caller releases it with FreeFixupInfo.
 * countResultCodes  Number of result codes, 0 to 65535. With 0, resultCodes.results is NULL.
 *
 * S_OK           *fixupInfo is the structure.
 * E_INVALIDARG   fixupInfo is NULL.
 * E_OUTOFMEMORY  There is not enough memory.
 */
NAPAPI HRESULT WINAPI AllocFixupInfo(_Outptr_ FixupInfo **fixupInfo, UINT16 countResultCodes);

/*
 * FreeFixupInfo frees the result codes, then the structure.
 *
 * fixupInfo  From AllocFixupInfo or a NAP interface, or NULL.
 */
NAPAPI VOID WINAPI FreeFixupInfo(_In_opt_ FixupInfo *fixupInfo);

/*
 * FreeIsolationInfo and FreeIsolationInfoEx free failureUrl.string, then the structure.
 *
 * isolationInfo  From INapEnforcementClientConnection(2), or NULL.
 */
NAPAPI VOID WINAPI FreeIsolationInfo(_In_opt_ IsolationInfo *isolationInfo);
NAPAPI VOID WINAPI FreeIsolationInfoEx(_In_opt_ IsolationInfoEx *isolationInfo);

/*
 * FreeSoH frees the value of each attribute, then the attributes, then the structure.
 *
 * soh  From INapSoHConstructor::GetSoH or any NAP interface, or NULL.
 */
NAPAPI VOID WINAPI FreeSoH(_In_opt_ SoH *soh);

/*
 * FreeNetworkSoH frees the data, then the structure.
 *
 * networkSoh  From INapEnforcementClientConnection, or NULL.
 */
NAPAPI VOID WINAPI FreeNetworkSoH(_In_opt_ NetworkSoH *networkSoh);

/*
 * FreePrivateData frees the data, then the structure.
 *
 * privateData  From INapEnforcementClientConnection, or NULL.
 */
NAPAPI VOID WINAPI FreePrivateData(_In_opt_ PrivateData *privateData);

/*
 * FreeSoHAttributeValue frees the pointer in the member that type selects, then the value.
 *
 * type   As INapSoHProcessor::GetAttribute returned it with the value. Address lists, result codes,
 *        vendor data and octet strings hold a pointer; numbers and times do not. A type that is not
 *        in SoHAttributeType is an octet string (documented).
 * value  The value, or NULL.
 */
NAPAPI VOID WINAPI FreeSoHAttributeValue(SoHAttributeType type, _In_opt_ SoHAttributeValue *value);

/*
 * FreeNapComponentRegistrationInfoArray frees what INapClientManagement's
 * GetRegisteredSystemHealthAgents and GetRegisteredEnforcementClients return: the four strings of
 * each element, then the array, which is one block.
 *
 * count  Elements of *info.
 * info   Address of the pointer to the array; NULL and a pointer to NULL are fine. *info is NULL
 *        afterwards (decided).
 */
NAPAPI VOID WINAPI FreeNapComponentRegistrationInfoArray(
    UINT16 count, _Inout_opt_ NapComponentRegistrationInfo **info);

/*
 * FreeSystemHealthAgentState frees shaResultCodes.results and fixupInfo.resultCodes.results, then
 * the structure.
 *
 * state  In one block, each pointer in it in a block of its own or NULL; or NULL.
 */
NAPAPI VOID WINAPI FreeSystemHealthAgentState(_In_opt_ SystemHealthAgentState *state);

/*
 * InitializeNapAgentNotifier subscribes the process to changes of the NapAgent service or of the
 * isolation state (documented). One subscription of each type at a time; the types are independent.
 *
 * What is signalled is that the service starts or stops, for both types: the isolation state is the
 * agent's own, and nothing else of it can be seen (decided). The service need not exist; its later
 * installation and start are noticed. The state found when subscribing is not signalled.
 *
 * While there is a subscription, a thread looks at the service every 500 milliseconds. A change is
 * that the service runs and did not, or the other way round, or runs in another process (decided). So
 * a service that starts and stops between two looks is not noticed, nor one that stops and starts in
 * a process that goes on, as a shared one may.
 *
 * The first subscription keeps the DLL loaded until the process exits, also when it has ended
 * (decided). A subscription may begin and end in a DllMain; the thread then begins to look when the
 * DllMain has returned.
 *
 * type          napNotifyTypeServiceState or napNotifyTypeQuarState.
 * hNotifyEvent  An event, set on each change. It stays the caller's, who may close it any time: the
 *               subscription has a handle of its own.
 *
 * S_OK          Subscribed; UninitializeNapAgentNotifier(type) ends it.
 * E_INVALIDARG  type is neither, or hNotifyEvent is NULL.
 * HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED)
 *               The process has subscribed to this type already.
 * E_FAIL        Subscribing failed; also when hNotifyEvent is no event, is not open, or is one that
 *               the process must not set (decided).
 */
NAPAPI HRESULT WINAPI InitializeNapAgentNotifier(NapNotifyType type, _In_ HANDLE hNotifyEvent);

/*
 * UninitializeNapAgentNotifier ends a subscription. After it returns the event is not set any more.
 * Without a subscription, or for an unknown type, it does nothing. It waits for nothing: after the
 * last subscription the thread ends by itself, within 500 milliseconds and a look.
 *
 * type  As in InitializeNapAgentNotifier.
 */
NAPAPI VOID WINAPI UninitializeNapAgentNotifier(NapNotifyType type);

#ifdef __cplusplus
}
#endif

#endif
