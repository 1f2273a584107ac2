/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The binary interface of the NAP headers, as facts. abi.c and abi.cpp turn each fact into a
 * compile-time assertion, and the build compiles both against our headers and against mingw-w64's:
 * where both compile, both have the same layouts, constants, vtables, functions and GUIDs.
 *
 *  SIZE(type, x64, x86)                 sizeof, in bytes
 *  SIZE_OF_MEMBER(type, member, x64, x86)
 *  OFFSET(type, member, x64, x86)       offsetof, in bytes
 *  VALUE(name, number)                  a constant or an enumerator
 *  METHOD(interface, slot, result, name, arguments...), METHOD0 for one without arguments
 *  SLOTS(interface, count)              the vtable has that many slots
 *  BASE(interface, base)                in C++ the interface converts to its base
 *  FUNCTION(result, name, arguments...) a flat function
 *  IID(interface, ...)                  the interface's GUID, as DEFINE_GUID takes it
 *  CLASS(name)                          a class whose CLSID is declared
 */

SIZE(CountedString, 16, 8);
OFFSET(CountedString, length, 0, 0);
OFFSET(CountedString, string, 8, 4);

SIZE(IsolationInfo, 32, 20);
OFFSET(IsolationInfo, isolationState, 0, 0);
OFFSET(IsolationInfo, probEndTime, 4, 4);
OFFSET(IsolationInfo, failureUrl, 16, 12);

SIZE(IsolationInfoEx, 32, 24);
OFFSET(IsolationInfoEx, isolationState, 0, 0);
OFFSET(IsolationInfoEx, extendedIsolationState, 4, 4);
OFFSET(IsolationInfoEx, probEndTime, 8, 8);
OFFSET(IsolationInfoEx, failureUrl, 16, 16);

SIZE(FailureCategoryMapping, 20, 20);
OFFSET(FailureCategoryMapping, mappingCompliance, 0, 0);

SIZE(CorrelationId, 24, 24);
OFFSET(CorrelationId, connId, 0, 0);
OFFSET(CorrelationId, timeStamp, 16, 16);

SIZE(ResultCodes, 16, 8);
OFFSET(ResultCodes, count, 0, 0);
OFFSET(ResultCodes, results, 8, 4);

SIZE(Ipv4Address, 4, 4);
OFFSET(Ipv4Address, addr, 0, 0);

SIZE(Ipv6Address, 16, 16);
OFFSET(Ipv6Address, addr, 0, 0);

SIZE(FixupInfo, 32, 20);
OFFSET(FixupInfo, state, 0, 0);
OFFSET(FixupInfo, percentage, 4, 4);
OFFSET(FixupInfo, resultCodes, 8, 8);
OFFSET(FixupInfo, fixupMsgId, 24, 16);

SIZE(SystemHealthAgentState, 64, 36);
OFFSET(SystemHealthAgentState, id, 0, 0);
OFFSET(SystemHealthAgentState, shaResultCodes, 8, 4);
OFFSET(SystemHealthAgentState, failureCategory, 24, 12);
OFFSET(SystemHealthAgentState, fixupInfo, 32, 16);

SIZE(SoHAttribute, 16, 8);
OFFSET(SoHAttribute, type, 0, 0);
OFFSET(SoHAttribute, size, 2, 2);
OFFSET(SoHAttribute, value, 8, 4);

SIZE(SoH, 16, 8);
OFFSET(SoH, count, 0, 0);
OFFSET(SoH, attributes, 8, 4);

SIZE(NetworkSoH, 16, 8);
OFFSET(NetworkSoH, size, 0, 0);
OFFSET(NetworkSoH, data, 8, 4);

SIZE(PrivateData, 16, 8);
OFFSET(PrivateData, size, 0, 0);
OFFSET(PrivateData, data, 8, 4);

SIZE(NapComponentRegistrationInfo, 120, 80);
OFFSET(NapComponentRegistrationInfo, id, 0, 0);
OFFSET(NapComponentRegistrationInfo, friendlyName, 8, 4);
OFFSET(NapComponentRegistrationInfo, description, 24, 12);
OFFSET(NapComponentRegistrationInfo, version, 40, 20);
OFFSET(NapComponentRegistrationInfo, vendorName, 56, 28);
OFFSET(NapComponentRegistrationInfo, infoClsid, 72, 36);
OFFSET(NapComponentRegistrationInfo, configClsid, 88, 52);
OFFSET(NapComponentRegistrationInfo, registrationDate, 104, 68);
OFFSET(NapComponentRegistrationInfo, componentType, 112, 76);

SIZE(SoHAttributeValue, 16, 12);
OFFSET(SoHAttributeValue, idVal, 0, 0);
OFFSET(SoHAttributeValue, v4AddressesVal, 0, 0);
OFFSET(SoHAttributeValue, v6AddressesVal, 0, 0);
OFFSET(SoHAttributeValue, codesVal, 0, 0);
OFFSET(SoHAttributeValue, dateTimeVal, 0, 0);
OFFSET(SoHAttributeValue, vendorSpecificVal, 0, 0);
OFFSET(SoHAttributeValue, uint8Val, 0, 0);
OFFSET(SoHAttributeValue, octetStringVal, 0, 0);
SIZE_OF_MEMBER(SoHAttributeValue, v4AddressesVal, 16, 8);
OFFSET(SoHAttributeValue, v4AddressesVal.count, 0, 0);
OFFSET(SoHAttributeValue, v4AddressesVal.addresses, 8, 4);
SIZE_OF_MEMBER(SoHAttributeValue, v6AddressesVal, 16, 8);
OFFSET(SoHAttributeValue, v6AddressesVal.count, 0, 0);
OFFSET(SoHAttributeValue, v6AddressesVal.addresses, 8, 4);
SIZE_OF_MEMBER(SoHAttributeValue, vendorSpecificVal, 16, 12);
OFFSET(SoHAttributeValue, vendorSpecificVal.vendorId, 0, 0);
OFFSET(SoHAttributeValue, vendorSpecificVal.size, 4, 4);
OFFSET(SoHAttributeValue, vendorSpecificVal.vendorSpecificData, 8, 8);
SIZE_OF_MEMBER(SoHAttributeValue, octetStringVal, 16, 8);
OFFSET(SoHAttributeValue, octetStringVal.size, 0, 0);
OFFSET(SoHAttributeValue, octetStringVal.data, 8, 4);

SIZE(Connections, 16, 8);
OFFSET(Connections, count, 0, 0);
OFFSET(Connections, connections, 8, 4);

SIZE(IsolationState, 4, 4);
SIZE(ExtendedIsolationState, 4, 4);
SIZE(NapTracingLevel, 4, 4);
SIZE(FailureCategory, 4, 4);
SIZE(FixupState, 4, 4);
SIZE(NapNotifyType, 4, 4);
SIZE(RemoteConfigurationType, 4, 4);
SIZE(SoHAttributeType, 4, 4);
SIZE(HealthClassValue, 4, 4);
SIZE(ProbationTime, 8, 8);
SIZE(MessageId, 4, 4);
SIZE(NapComponentId, 4, 4);
SIZE(SystemHealthEntityId, 4, 4);
SIZE(EnforcementEntityId, 4, 4);
SIZE(StringCorrelationId, 16, 8);
SIZE(SystemHealthEntityCount, 2, 2);
SIZE(EnforcementEntityCount, 2, 2);
SIZE(ConnectionId, 16, 16);
SIZE(Percentage, 1, 1);
SIZE(SoHRequest, 16, 8);
SIZE(SoHResponse, 16, 8);
SIZE(NetworkSoHRequest, 16, 8);
SIZE(NetworkSoHResponse, 16, 8);
SIZE(ProtocolMaxSize, 4, 4);

VALUE(freshSoHRequest, 1);
VALUE(shaFixup, 1);
VALUE(percentageNotSupported, 101);
VALUE(maxSoHAttributeCount, 100);
VALUE(maxSoHAttributeSize, 4000);
VALUE(minNetworkSoHSize, 12);
VALUE(maxNetworkSoHSize, 4000);
VALUE(maxDwordCountPerSoHAttribute, 1000);
VALUE(maxIpv4CountPerSoHAttribute, 1000);
VALUE(maxIpv6CountPerSoHAttribute, 250);
VALUE(maxStringLength, 1024);
VALUE(maxStringLengthInBytes, 2050);
VALUE(maxSystemHealthEntityCount, 20);
VALUE(maxEnforcerCount, 20);
VALUE(maxPrivateDataSize, 200);
VALUE(maxConnectionCountPerEnforcer, 20);
VALUE(maxCachedSoHCount, 8000);
VALUE(failureCategoryCount, 5);
VALUE(ComponentTypeEnforcementClientSoH, 1);
VALUE(ComponentTypeEnforcementClientRp, 2);
VALUE(defaultProtocolMaxSize, 4000);
VALUE(minProtocolMaxSize, 300);
VALUE(maxProtocolMaxSize, 65535);
VALUE(isolationStateNotRestricted, 1);
VALUE(isolationStateInProbation, 2);
VALUE(isolationStateRestrictedAccess, 3);
VALUE(extendedIsolationStateNoData, 0x0);
VALUE(extendedIsolationStateTransition, 0x1);
VALUE(extendedIsolationStateInfected, 0x2);
VALUE(extendedIsolationStateUnknown, 0x3);
VALUE(tracingLevelUndefined, 0);
VALUE(tracingLevelBasic, 1);
VALUE(tracingLevelAdvanced, 2);
VALUE(tracingLevelDebug, 3);
VALUE(failureCategoryNone, 0);
VALUE(failureCategoryOther, 1);
VALUE(failureCategoryClientComponent, 2);
VALUE(failureCategoryClientCommunication, 3);
VALUE(failureCategoryServerComponent, 4);
VALUE(failureCategoryServerCommunication, 5);
VALUE(fixupStateSuccess, 0);
VALUE(fixupStateInProgress, 1);
VALUE(fixupStateCouldNotUpdate, 2);
VALUE(napNotifyTypeUnknown, 0);
VALUE(napNotifyTypeServiceState, 1);
VALUE(napNotifyTypeQuarState, 2);
VALUE(remoteConfigTypeMachine, 1);
VALUE(remoteConfigTypeConfigBlob, 2);
VALUE(sohAttributeTypeSystemHealthId, 2);
VALUE(sohAttributeTypeIpv4FixupServers, 3);
VALUE(sohAttributeTypeComplianceResultCodes, 4);
VALUE(sohAttributeTypeTimeOfLastUpdate, 5);
VALUE(sohAttributeTypeClientId, 6);
VALUE(sohAttributeTypeVendorSpecific, 7);
VALUE(sohAttributeTypeHealthClass, 8);
VALUE(sohAttributeTypeSoftwareVersion, 9);
VALUE(sohAttributeTypeProductName, 10);
VALUE(sohAttributeTypeHealthClassStatus, 11);
VALUE(sohAttributeTypeSoHGenerationTime, 12);
VALUE(sohAttributeTypeErrorCodes, 13);
VALUE(sohAttributeTypeFailureCategory, 14);
VALUE(sohAttributeTypeIpv6FixupServers, 15);
VALUE(sohAttributeTypeExtendedIsolationState, 16);
VALUE(healthClassFirewall, 0);
VALUE(healthClassPatchLevel, 1);
VALUE(healthClassAntiVirus, 2);
VALUE(healthClassCriticalUpdate, 3);
VALUE(healthClassReserved, 128);

#define UNKNOWN_METHODS(interface)                                                                 \
    METHOD(interface, 0, HRESULT, QueryInterface, REFIID, void **);                                \
    METHOD0(interface, 1, ULONG, AddRef);                                                          \
    METHOD0(interface, 2, ULONG, Release);

#define CONNECTION_METHODS(interface)                                                              \
    METHOD(interface, 3, HRESULT, Initialize, EnforcementEntityId);                                \
    METHOD(interface, 4, HRESULT, SetMaxSize, ProtocolMaxSize);                                    \
    METHOD(interface, 5, HRESULT, GetMaxSize, ProtocolMaxSize *);                                  \
    METHOD(interface, 6, HRESULT, SetFlags, UINT8);                                                \
    METHOD(interface, 7, HRESULT, GetFlags, UINT8 *);                                              \
    METHOD(interface, 8, HRESULT, SetConnectionId, const ConnectionId *);                          \
    METHOD(interface, 9, HRESULT, GetConnectionId, ConnectionId **);                               \
    METHOD(interface, 10, HRESULT, GetCorrelationId, CorrelationId *);                             \
    METHOD(interface, 11, HRESULT, GetStringCorrelationId, StringCorrelationId **);                \
    METHOD(interface, 12, HRESULT, SetCorrelationId, CorrelationId);                               \
    METHOD(interface, 13, HRESULT, SetSoHRequest, const NetworkSoHRequest *);                      \
    METHOD(interface, 14, HRESULT, GetSoHRequest, NetworkSoHRequest **);                           \
    METHOD(interface, 15, HRESULT, SetSoHResponse, const NetworkSoHResponse *);                    \
    METHOD(interface, 16, HRESULT, GetSoHResponse, NetworkSoHResponse **);                         \
    METHOD(interface, 17, HRESULT, SetIsolationInfo, const IsolationInfo *);                       \
    METHOD(interface, 18, HRESULT, GetIsolationInfo, IsolationInfo **);                            \
    METHOD(interface, 19, HRESULT, SetPrivateData, const PrivateData *);                           \
    METHOD(interface, 20, HRESULT, GetPrivateData, PrivateData **);                                \
    METHOD(interface, 21, HRESULT, SetEnforcerPrivateData, const PrivateData *);                   \
    METHOD(interface, 22, HRESULT, GetEnforcerPrivateData, PrivateData **);

UNKNOWN_METHODS(INapSoHConstructor)
METHOD(INapSoHConstructor, 3, HRESULT, Initialize, SystemHealthEntityId, BOOL);
METHOD(INapSoHConstructor, 4, HRESULT, AppendAttribute, SoHAttributeType,
       const SoHAttributeValue *);
METHOD(INapSoHConstructor, 5, HRESULT, GetSoH, SoH **);
METHOD(INapSoHConstructor, 6, HRESULT, Validate, const SoH *, BOOL);
SLOTS(INapSoHConstructor, 7);
BASE(INapSoHConstructor, IUnknown);

UNKNOWN_METHODS(INapSoHProcessor)
METHOD(INapSoHProcessor, 3, HRESULT, Initialize, const SoH *, BOOL, SystemHealthEntityId *);
METHOD(INapSoHProcessor, 4, HRESULT, FindNextAttribute, UINT16, SoHAttributeType, UINT16 *);
METHOD(INapSoHProcessor, 5, HRESULT, GetAttribute, UINT16, SoHAttributeType *,
       SoHAttributeValue **);
METHOD(INapSoHProcessor, 6, HRESULT, GetNumberOfAttributes, UINT16 *);
SLOTS(INapSoHProcessor, 7);
BASE(INapSoHProcessor, IUnknown);

UNKNOWN_METHODS(INapEnforcementClientBinding)
METHOD(INapEnforcementClientBinding, 3, HRESULT, Initialize, EnforcementEntityId,
       INapEnforcementClientCallback *);
METHOD0(INapEnforcementClientBinding, 4, HRESULT, Uninitialize);
METHOD(INapEnforcementClientBinding, 5, HRESULT, CreateConnection,
       INapEnforcementClientConnection **);
METHOD(INapEnforcementClientBinding, 6, HRESULT, GetSoHRequest, INapEnforcementClientConnection *,
       BOOL *);
METHOD(INapEnforcementClientBinding, 7, HRESULT, ProcessSoHResponse,
       INapEnforcementClientConnection *);
METHOD(INapEnforcementClientBinding, 8, HRESULT, NotifyConnectionStateDown,
       INapEnforcementClientConnection *);
METHOD0(INapEnforcementClientBinding, 9, HRESULT, NotifySoHChangeFailure);
SLOTS(INapEnforcementClientBinding, 10);
BASE(INapEnforcementClientBinding, IUnknown);

UNKNOWN_METHODS(INapEnforcementClientCallback)
METHOD0(INapEnforcementClientCallback, 3, HRESULT, NotifySoHChange);
METHOD(INapEnforcementClientCallback, 4, HRESULT, GetConnections, Connections **);
SLOTS(INapEnforcementClientCallback, 5);
BASE(INapEnforcementClientCallback, IUnknown);

UNKNOWN_METHODS(INapEnforcementClientConnection)
CONNECTION_METHODS(INapEnforcementClientConnection)
SLOTS(INapEnforcementClientConnection, 23);
BASE(INapEnforcementClientConnection, IUnknown);

UNKNOWN_METHODS(INapEnforcementClientConnection2)
CONNECTION_METHODS(INapEnforcementClientConnection2)
METHOD(INapEnforcementClientConnection2, 23, HRESULT, SetIsolationInfoEx, const IsolationInfoEx *);
METHOD(INapEnforcementClientConnection2, 24, HRESULT, GetIsolationInfoEx, IsolationInfoEx **);
METHOD(INapEnforcementClientConnection2, 25, HRESULT, GetInstalledShvs, SystemHealthEntityCount *,
       SystemHealthEntityId **);
METHOD(INapEnforcementClientConnection2, 26, HRESULT, SetInstalledShvs, SystemHealthEntityCount,
       SystemHealthEntityId *);
SLOTS(INapEnforcementClientConnection2, 27);
BASE(INapEnforcementClientConnection2, INapEnforcementClientConnection);

FUNCTION(HRESULT, AllocFixupInfo, FixupInfo **, UINT16);
FUNCTION(HRESULT, AllocConnections, Connections **, UINT16);
FUNCTION(HRESULT, AllocCountedString, CountedString **, const WCHAR *);
FUNCTION(VOID, FreeFixupInfo, FixupInfo *);
FUNCTION(VOID, FreeConnections, Connections *);
FUNCTION(VOID, FreeIsolationInfo, IsolationInfo *);
FUNCTION(VOID, FreeIsolationInfoEx, IsolationInfoEx *);
FUNCTION(VOID, FreeCountedString, CountedString *);
FUNCTION(VOID, FreeSoH, SoH *);
FUNCTION(VOID, FreeNetworkSoH, NetworkSoH *);
FUNCTION(VOID, FreePrivateData, PrivateData *);
FUNCTION(VOID, FreeSoHAttributeValue, SoHAttributeType, SoHAttributeValue *);
FUNCTION(VOID, FreeNapComponentRegistrationInfoArray, UINT16, NapComponentRegistrationInfo **);
FUNCTION(VOID, FreeSystemHealthAgentState, SystemHealthAgentState *);
FUNCTION(HRESULT, InitializeNapAgentNotifier, NapNotifyType, HANDLE);
FUNCTION(VOID, UninitializeNapAgentNotifier, NapNotifyType);

IID(INapSoHConstructor, 0x35298344, 0x96a6, 0x45e7, 0x9b, 0x6b, 0x62, 0xec, 0xc6, 0xe0, 0x99, 0x20);
IID(INapSoHProcessor, 0xfb2fa8b0, 0x2cd5, 0x457d, 0xab, 0xa8, 0x43, 0x76, 0xf6, 0x3e, 0xa1, 0xc0);
IID(INapEnforcementClientBinding, 0x92b93223, 0x7487, 0x42d9, 0x9a, 0x91, 0x5b, 0x85, 0x07, 0x72,
    0x03, 0x84);
IID(INapEnforcementClientCallback, 0xf5a0b90a, 0x83a1, 0x4f76, 0xba, 0x3f, 0x02, 0x54, 0x18, 0x68,
    0x28, 0x14);
IID(INapEnforcementClientConnection, 0xfb3a3505, 0xddb1, 0x468a, 0xb3, 0x07, 0xf3, 0x28, 0xa5, 0x74,
    0x19, 0xd8);
IID(INapEnforcementClientConnection2, 0xbd244906, 0x70dd, 0x4690, 0xbe, 0xea, 0x64, 0x86, 0x53,
    0x39, 0x35, 0x00);

CLASS(CLSID_NapSoHConstructor);
CLASS(CLSID_NapSoHProcessor);
CLASS(CLSID_NapEnforcementClientBinding);
