/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Types shared by all Network Access Protection (NAP) interfaces.
 *
 * Names, values and layouts are those of the Windows SDK header of the same name (documented), so
 * that a program compiles unchanged against either. Structures are naturally aligned: nothing in
 * the NAP headers is packed.
 *
 * Where a structure holds a pointer, each pointer is a CoTaskMemAlloc block of its own. The
 * functions that allocate and free the structures are in naputil.h.
 *
 * The include guard is the one that MIDL gives this header's name, so that a program that sees two
 * copies of the header gets the first one and no conflict.
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

/* Flags of a connection: a new SoH request is wanted, not a cached one. */
#define freshSoHRequest 0x1

/* Flag of a SoH request: the system health agent should fix what is wrong. */
#define shaFixup 0x1

/* Value of Percentage for a health agent that cannot tell how far its fixup is. */
#define percentageNotSupported 101

/* Most attributes of one SoH, the SystemHealthId among them. */
#define maxSoHAttributeCount 100
/* Largest value of one SoH attribute, in bytes. */
#define maxSoHAttributeSize 4000

/* Smallest and largest NetworkSoH, in bytes. */
#define minNetworkSoHSize 12
#define maxNetworkSoHSize 4000

/* Most elements that the value of one SoH attribute holds. */
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

/* How far the network restricts this client. */
typedef enum tagIsolationState
{
    isolationStateNotRestricted = 1,
    isolationStateInProbation = 2,
    isolationStateRestrictedAccess = 3
} IsolationState;

/* What a validator knows beyond the isolation state. */
typedef enum tagExtendedIsolationState
{
    extendedIsolationStateNoData = 0x0,
    extendedIsolationStateTransition = 0x1,
    extendedIsolationStateInfected = 0x2,
    extendedIsolationStateUnknown = 0x3
} ExtendedIsolationState;

/* How much the NAP agent traces. */
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

/* How a health agent's fixup stands. */
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

/* When the probation of a client ends, in UTC. */
typedef FILETIME ProbationTime;

/* Identifies a message of a health agent, which INapComponentInfo turns into text. */
typedef UINT32 MessageId;

/* Identifies a NAP component: the vendor's SMI code in the upper 24 bits, the component in the
 * lower 8. */
typedef UINT32 NapComponentId;
typedef NapComponentId SystemHealthEntityId;
typedef NapComponentId EnforcementEntityId;

/* A string and its length. AllocCountedString makes one, FreeCountedString frees it. */
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
    CountedString failureUrl;  /* where the user finds help */
} IsolationInfo;

/* IsolationInfo with the extended state. Freed by FreeIsolationInfoEx. */
typedef struct tagIsolationInfoEx
{
    IsolationState isolationState;
    ExtendedIsolationState extendedIsolationState;
    ProbationTime probEndTime;
    CountedString failureUrl;
} IsolationInfoEx;

/* For each FailureCategory from failureCategoryOther on: whether it counts as compliant. */
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

/* The state of a health agent's fixup. AllocFixupInfo makes one, FreeFixupInfo frees it. */
typedef struct tagFixupInfo
{
    FixupState state;
    Percentage percentage;
    ResultCodes resultCodes;
    MessageId fixupMsgId;
} FixupInfo;

/* What the NAP agent knows of a health agent. Freed by FreeSystemHealthAgentState. */
typedef struct tagSystemHealthAgentState
{
    SystemHealthEntityId id;
    ResultCodes shaResultCodes;
    FailureCategory failureCategory;
    FixupInfo fixupInfo;
} SystemHealthAgentState;

/* One attribute of a Statement of Health, its value as the bytes that go over the wire. */
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

/* How a NAP component is registered. FreeNapComponentRegistrationInfoArray frees arrays of
 * these. */
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
