/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Types shared by all Network Access Protection (NAP) interfaces.
 *
 * Names, values and layouts are those of the Windows SDK header of the same name (documented), so
 * that a program compiles unchanged against either. Structures are naturally aligned: nothing in
 * the NAP headers is packed.
 *
 * Each pointer in a structure is a block of its own from CoTaskMemAlloc. The functions that
 * allocate and free the structures are in naputil.h.
 *
 * The include guard is the one that MIDL generates for this file name. A program that includes this
 * header and the SDK's gets the declarations of the first, and no conflict.
 */
#ifndef __naptypes_h__
#define __naptypes_h__

#ifndef COM_NO_WINDOWS_H
#include <windows.h>
#include <ole2.h>
#endif

#include <oaidl.h>
#include <ocidl.h>
#include <sal.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Flag of a connection: the next SoH request must be new, not a cached one. */
#define freshSoHRequest 0x1

/* Flag from INapSystemHealthAgentRequest::GetSoHResponse: the health agent should repair what is
 * wrong. */
#define shaFixup 0x1

/* Value of a Percentage: the health agent does not know how far its fixup is. */
#define percentageNotSupported 101

/* Largest number of attributes of one SoH, including the SystemHealthId. */
#define maxSoHAttributeCount 100
/* Largest value of one SoH attribute, in bytes. */
#define maxSoHAttributeSize 4000

/* Smallest and largest NetworkSoH, in bytes. */
#define minNetworkSoHSize 12
#define maxNetworkSoHSize 4000

/* Largest number of elements in the value of one SoH attribute. */
#define maxDwordCountPerSoHAttribute (maxSoHAttributeSize / sizeof(DWORD))
#define maxIpv4CountPerSoHAttribute  (maxSoHAttributeSize / 4)
#define maxIpv6CountPerSoHAttribute  (maxSoHAttributeSize / 16)

/* Longest CountedString that the NAP interfaces carry, in characters without the terminator, and
 * its size in bytes with the terminator. */
#define maxStringLength        1024
#define maxStringLengthInBytes ((maxStringLength + 1) * sizeof(WCHAR))

/* Limits of the NAP agent. The allocation functions of naputil.h do not enforce them. */
#define maxSystemHealthEntityCount    20
#define maxEnforcerCount              20
#define maxPrivateDataSize            200
#define maxConnectionCountPerEnforcer 20
#define maxCachedSoHCount                                                                          \
    (maxSystemHealthEntityCount * maxEnforcerCount * maxConnectionCountPerEnforcer)

/* Number of FailureCategory values other than failureCategoryNone. */
#define failureCategoryCount 5

/* NapComponentRegistrationInfo.componentType of an enforcement client that handles SoH, and of one
 * that is a relying party. */
#define ComponentTypeEnforcementClientSoH 0x1
#define ComponentTypeEnforcementClientRp  0x2

/* How much the network restricts this client. */
typedef enum tagIsolationState
{
    isolationStateNotRestricted = 1,
    isolationStateInProbation = 2,
    isolationStateRestrictedAccess = 3
} IsolationState;

/* What a validator reports in addition to the isolation state. */
typedef enum tagExtendedIsolationState
{
    extendedIsolationStateNoData = 0x0,
    extendedIsolationStateTransition = 0x1,
    extendedIsolationStateInfected = 0x2,
    extendedIsolationStateUnknown = 0x3
} ExtendedIsolationState;

/* How much the NAP agent writes to its trace. */
typedef enum tagNapTracingLevel
{
    tracingLevelUndefined = 0,
    tracingLevelBasic = 1,
    tracingLevelAdvanced = 2,
    tracingLevelDebug = 3
} NapTracingLevel;

/* Where the evaluation of health failed. */
typedef enum tagFailureCategory
{
    failureCategoryNone = 0,
    failureCategoryOther = 1,
    failureCategoryClientComponent = 2,
    failureCategoryClientCommunication = 3,
    failureCategoryServerComponent = 4,
    failureCategoryServerCommunication = 5
} FailureCategory;

/* The state of a health agent's fixup. */
typedef enum tagFixupState
{
    fixupStateSuccess = 0,
    fixupStateInProgress = 1,
    fixupStateCouldNotUpdate = 2
} FixupState;

/* What InitializeNapAgentNotifier subscribes to. */
typedef enum tagNapNotifyType
{
    napNotifyTypeUnknown = 0,
    napNotifyTypeServiceState = 1, /* the NapAgent service started or stopped */
    napNotifyTypeQuarState = 2     /* the isolation state changed */
} NapNotifyType;

/* What a remote configuration applies to. */
typedef enum tagRemoteConfigurationType
{
    remoteConfigTypeMachine = 1,
    remoteConfigTypeConfigBlob = 2
} RemoteConfigurationType;

/* The time at which the probation of a client ends, in UTC. */
typedef FILETIME ProbationTime;

/* The number of a text of a NAP component. INapComponentInfo returns the text. */
typedef UINT32 MessageId;

/* The id of a NAP component: the vendor's SMI code in the upper 24 bits, and a number of the
 * component in the lower 8. */
typedef UINT32 NapComponentId;
typedef NapComponentId SystemHealthEntityId;
typedef NapComponentId EnforcementEntityId;

/* A string and its length. Allocated by AllocCountedString, freed by FreeCountedString. */
typedef struct tagCountedString
{
    UINT16 length; /* in characters, without the terminator */
    WCHAR *string; /* length + 1 characters, terminated */
} CountedString;

typedef CountedString StringCorrelationId;

/* The isolation state of a connection. Freed by FreeIsolationInfo. */
typedef struct tagIsolationInfo
{
    IsolationState isolationState;
    ProbationTime probEndTime; /* for isolationStateInProbation */
    CountedString failureUrl;  /* a page on which the user finds help */
} IsolationInfo;

/* IsolationInfo with the extended state. Freed by FreeIsolationInfoEx. */
typedef struct tagIsolationInfoEx
{
    IsolationState isolationState;
    ExtendedIsolationState extendedIsolationState;
    ProbationTime probEndTime;
    CountedString failureUrl;
} IsolationInfoEx;

/* Whether a client counts as compliant after a failure. One element for each FailureCategory from
 * failureCategoryOther on. */
typedef struct tagFailureCategoryMapping
{
    BOOL mappingCompliance[failureCategoryCount];
} FailureCategoryMapping;

typedef UINT16 SystemHealthEntityCount;
typedef UINT16 EnforcementEntityCount;

/* Ties a SoH request to its response. */
typedef struct tagCorrelationId
{
    GUID connId;
    FILETIME timeStamp;
} CorrelationId;

typedef GUID ConnectionId;

/* 0 to 100, or percentageNotSupported. */
typedef UINT8 Percentage;

/* An array of result codes. */
typedef struct tagResultCodes
{
    UINT16 count;     /* elements of results */
    HRESULT *results; /* NULL where count is 0 */
} ResultCodes;

/* Addresses in network byte order. */
typedef struct tagIpv4Address
{
    BYTE addr[4];
} Ipv4Address;

typedef struct tagIpv6Address
{
    BYTE addr[16];
} Ipv6Address;

/* A report on a health agent's fixup. Allocated by AllocFixupInfo, freed by FreeFixupInfo. */
typedef struct tagFixupInfo
{
    FixupState state;
    Percentage percentage;
    ResultCodes resultCodes;
    MessageId fixupMsgId;
} FixupInfo;

/* What the NAP agent knows about a health agent. Freed by FreeSystemHealthAgentState. */
typedef struct tagSystemHealthAgentState
{
    SystemHealthEntityId id;
    ResultCodes shaResultCodes;
    FailureCategory failureCategory;
    FixupInfo fixupInfo;
} SystemHealthAgentState;

/* One attribute of a Statement of Health. The value has the bytes that go over the network. */
typedef struct tagSoHAttribute
{
    UINT16 type; /* a SoHAttributeType, or any other number */
    UINT16 size; /* of value, in bytes */
    BYTE *value;
} SoHAttribute;

/* A Statement of Health. Freed by FreeSoH. */
typedef struct tagSoH
{
    UINT16 count; /* elements of attributes */
    SoHAttribute *attributes;
} SoH;

typedef struct tagSoH SoHRequest;
typedef struct tagSoH SoHResponse;

/* A Statement of Health as it travels between client and server. Freed by FreeNetworkSoH. */
typedef struct tagNetworkSoH
{
    UINT16 size; /* of data, in bytes */
    BYTE *data;
} NetworkSoH;

typedef struct tagNetworkSoH NetworkSoHRequest;
typedef struct tagNetworkSoH NetworkSoHResponse;

/* Bytes that a NAP component stores with a connection. Freed by FreePrivateData. */
typedef struct tagPrivateData
{
    UINT16 size; /* of data, in bytes */
    BYTE *data;
} PrivateData;

/* The registration of a NAP component. FreeNapComponentRegistrationInfoArray frees arrays of it. */
typedef struct tagNapComponentRegistrationInfo
{
    NapComponentId id;
    CountedString friendlyName;
    CountedString description;
    CountedString version;
    CountedString vendorName;
    CLSID infoClsid;
    CLSID configClsid;
    FILETIME registrationDate;
    UINT32 componentType; /* ComponentTypeEnforcementClient... flags */
} NapComponentRegistrationInfo;

#ifdef __cplusplus
}
#endif

#endif
