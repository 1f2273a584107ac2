/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The functions of qutil.dll. Link with qutil.lib (or mingw-w64's -lqutil), or load them by name.
 *
 * Memory. Every block comes from CoTaskMemAlloc and is freed with CoTaskMemFree (documented). Each
 * pointer is a block of its own (observed: callers take structures apart and free the parts one by
 * one). COM does not have to be initialized.
 *
 * Out parameters are only written, never read (observed: callers pass uninitialized variables).
 *
 * Free functions do nothing for NULL, and accept a NULL pointer in a structure whatever its count
 * says, so that a clean-up path may always call them (observed).
 *
 * Threads. Any thread may call the Alloc and Free functions at any time, but two threads must not
 * use the same structure at the same time. The notifier functions are documented as not thread
 * safe. In this DLL, several threads may call them at the same time (decided).
 *
 * Errors. The Alloc functions return S_OK, E_INVALIDARG or E_OUTOFMEMORY (documented) and no other
 * code (decided). On failure the out parameter is NULL (decided) and nothing stays allocated.
 *
 * Tags say where a rule is known from: documented (in Microsoft's public reference), observed
 * (public programs call the function so), decided (nothing is known; the rule breaks no caller).
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
 * connections       Receives the list. Its count is connectionsCount, and its connections an array
 *                   of that many NULL pointers (observed; the reference speaks of an array of
 *                   Connections). The caller fills the array with references, which the list then
 *                   owns, and releases the list with FreeConnections. NULL on failure.
 * connectionsCount  Number of connections, 0 to 65535. With 0 the array is NULL (observed: callers
 *                   overwrite the pointer). No maximum is enforced (decided).
 *
 * The block of the list has the size of max(1, connectionsCount) Connections structures, and is
 * zero after the first. A caller that indexes it as the array of the reference stays inside
 * (decided).
 *
 * S_OK           *connections is the list.
 * E_INVALIDARG   connections is NULL.
 * E_OUTOFMEMORY  There is not enough memory.
 */
NAPAPI HRESULT WINAPI AllocConnections(_Outptr_ Connections **connections, UINT16 connectionsCount);

/*
 * FreeConnections calls Release on each pointer in a list that is not NULL, then frees the array,
 * then the list (documented: all embedded pointers are freed; observed: callers add a reference to
 * each).
 *
 * connections  A list from AllocConnections or GetConnections, or NULL.
 */
NAPAPI VOID WINAPI FreeConnections(_In_opt_ Connections *connections);

/*
 * AllocCountedString makes a counted copy of a string.
 *
 * countedString  Receives the copy. Its length is in characters, without the terminator
 *                (documented), and its string is a block of length + 1 characters, with the
 *                terminator. The caller releases it with FreeCountedString. NULL on failure.
 * string         The string to copy, terminated, of at most 65535 characters, since length has 16
 *                bits. It may be empty. maxStringLength is not enforced (decided). No more than the
 *                first 65536 characters are read.
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
 * fixupInfo         Receives the structure. resultCodes has the count countResultCodes and as many
 *                   results, all zero; everything else is zero. The caller releases the structure
 *                   with FreeFixupInfo. NULL on failure.
 * countResultCodes  Number of result codes, 0 to 65535. With 0, resultCodes.results is NULL
 *                   (decided).
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
 * isolationInfo  From a GetIsolationInfo, GetIsolationInfoEx, GetSystemIsolationInfo or
 *                GetSystemIsolationInfoEx method, or NULL.
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
 * networkSoh  From INapEnforcementClientConnection, or NULL. The size may be 0, with and without
 *             data.
 */
NAPAPI VOID WINAPI FreeNetworkSoH(_In_opt_ NetworkSoH *networkSoh);

/*
 * FreePrivateData frees the data, then the structure.
 *
 * privateData  From INapEnforcementClientConnection or INapSystemHealthValidationRequest, or NULL.
 */
NAPAPI VOID WINAPI FreePrivateData(_In_opt_ PrivateData *privateData);

/*
 * FreeSoHAttributeValue frees the pointer in the member that type selects, then the value.
 *
 * type   The type that INapSoHProcessor::GetAttribute returned with the value. Address lists,
 *        result codes, vendor data and octet strings have a pointer; numbers and times have none. A
 *        type that is not in SoHAttributeType is an octet string (documented).
 * value  The value, or NULL.
 */
NAPAPI VOID WINAPI FreeSoHAttributeValue(SoHAttributeType type, _In_opt_ SoHAttributeValue *value);

/*
 * FreeNapComponentRegistrationInfoArray frees what INapClientManagement's
 * GetRegisteredSystemHealthAgents and GetRegisteredEnforcementClients return: the four strings of
 * each element, then the array, which is one block.
 *
 * count  Number of elements of *info.
 * info   Address of the pointer to the array. It may be NULL, and *info may be NULL. *info is NULL
 *        afterwards (decided).
 */
NAPAPI VOID WINAPI FreeNapComponentRegistrationInfoArray(
    UINT16 count, _Inout_opt_ NapComponentRegistrationInfo **info);

/*
 * FreeSystemHealthAgentState frees shaResultCodes.results and fixupInfo.resultCodes.results, then
 * the structure.
 *
 * state  The structure, or NULL. Each pointer in it is a block of its own or NULL.
 */
NAPAPI VOID WINAPI FreeSystemHealthAgentState(_In_opt_ SystemHealthAgentState *state);

/*
 * InitializeNapAgentNotifier subscribes the process to changes of the NapAgent service or of the
 * isolation state (documented). A process can have one subscription of each type at a time, and the
 * two types are independent.
 *
 * With both types the event is set when the service starts or stops: the isolation state belongs to
 * the NAP agent, and no other change of it can be seen from outside (decided). The service need not
 * exist; if it is installed and started later, the event is set (decided). The state found when
 * subscribing does not set the event (documented: changes do).
 *
 * While there is a subscription, a thread polls the service every 500 milliseconds. The event is
 * set when the service runs and did not run at the last poll, when it does not run any more, and
 * when it runs in another process (decided). A start and a stop between two polls are not noticed.
 * A stop and a start between two polls are not noticed if the process of the service goes on, which
 * it may if it has other services too.
 *
 * The first subscription keeps the DLL loaded until the process exits, even after the subscription
 * has ended (decided). A subscription may begin and end in a DllMain (decided); the thread then
 * starts when the DllMain has returned.
 *
 * type          napNotifyTypeServiceState or napNotifyTypeQuarState.
 * hNotifyEvent  The event to set on each change. The caller keeps it and may close it at any time,
 *               since the subscription duplicates the handle (decided).
 *
 * S_OK          The process has subscribed; UninitializeNapAgentNotifier(type) ends the
 *               subscription.
 * E_INVALIDARG  type has another value, or hNotifyEvent is NULL.
 * HRESULT_FROM_WIN32(ERROR_ALREADY_INITIALIZED)
 *               The process has subscribed to this type already (decided: the conversion).
 * E_FAIL        Subscribing failed (documented), or hNotifyEvent is not an event, not an open
 *               handle, or an event that the process must not set (decided).
 */
NAPAPI HRESULT WINAPI InitializeNapAgentNotifier(NapNotifyType type, _In_ HANDLE hNotifyEvent);

/*
 * UninitializeNapAgentNotifier ends a subscription. The event is not set any more after it has
 * returned. Without a subscription, or for an unknown type, it does nothing. It does not wait for
 * the thread, which ends by itself after its next poll if there is no subscription left (decided).
 *
 * type  The type of the subscription, as for InitializeNapAgentNotifier.
 */
NAPAPI VOID WINAPI UninitializeNapAgentNotifier(NapNotifyType type);

#ifdef __cplusplus
}
#endif

#endif
