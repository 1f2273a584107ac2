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
 *  VALUE(name, number)                  a macro or an enumerator
 *  NUMBER(name, number)                 a static variable
 *  METHOD(interface, slot, result, name, arguments...), METHOD0 for one without arguments
 *  SLOTS(interface, count)              the vtable has that many slots
 *  BASE(interface, base)                in C++ the interface converts to its base
 *  COM_INTERFACE(interface, base, count)  both, and the methods of IUnknown
 *  FUNCTION(result, name, arguments...) a flat function
 *  IID(interface, ...)                  the interface's GUID, as DEFINE_GUID takes it
 *  CLASS(name, ...)                     the class's CLSID, as DEFINE_GUID takes it
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

NUMBER(MicrosoftVendorId, 0x137);
NUMBER(NapSystemId, 0x00013700);
NUMBER(NapDhcpEnforcementId, 0x00013701);
NUMBER(NapRasEnforcementId, 0x00013702);
NUMBER(NapIpsecEnforcementId, 0x00013703);
NUMBER(Nap8021xEnforcementId, 0x00013704);
NUMBER(NapAnywhereAccessEnforcementId, 0x00013705);
NUMBER(NapIsaEnforcementId, 0x00013706);
NUMBER(NapEapEnforcementId, 0x00013707);
NUMBER(NapOutOfBoxSystemHealthId, 0x00013780);
NUMBER(NapSmsSystemHealthId, 0x00013781);
NUMBER(NapFCSv1SystemHealthId, 0x00013782);
NUMBER(NapFCSv2SystemHealthId, 0x00013783);
NUMBER(NapTpmSystemHealthId, 0x00013784);
NUMBER(NapAfwZonePropId, 0x8000);
NUMBER(NapAfwProtectionLevelPropId, 0x8001);

#define COM_INTERFACE(interface, base, count)                                                      \
    SLOTS(interface, count);                                                                       \
    BASE(interface, base);                                                                         \
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

COM_INTERFACE(INapSoHConstructor, IUnknown, 7)
METHOD(INapSoHConstructor, 3, HRESULT, Initialize, SystemHealthEntityId, BOOL);
METHOD(INapSoHConstructor, 4, HRESULT, AppendAttribute, SoHAttributeType,
       const SoHAttributeValue *);
METHOD(INapSoHConstructor, 5, HRESULT, GetSoH, SoH **);
METHOD(INapSoHConstructor, 6, HRESULT, Validate, const SoH *, BOOL);

COM_INTERFACE(INapSoHProcessor, IUnknown, 7)
METHOD(INapSoHProcessor, 3, HRESULT, Initialize, const SoH *, BOOL, SystemHealthEntityId *);
METHOD(INapSoHProcessor, 4, HRESULT, FindNextAttribute, UINT16, SoHAttributeType, UINT16 *);
METHOD(INapSoHProcessor, 5, HRESULT, GetAttribute, UINT16, SoHAttributeType *,
       SoHAttributeValue **);
METHOD(INapSoHProcessor, 6, HRESULT, GetNumberOfAttributes, UINT16 *);

COM_INTERFACE(INapEnforcementClientBinding, IUnknown, 10)
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

COM_INTERFACE(INapEnforcementClientCallback, IUnknown, 5)
METHOD0(INapEnforcementClientCallback, 3, HRESULT, NotifySoHChange);
METHOD(INapEnforcementClientCallback, 4, HRESULT, GetConnections, Connections **);

COM_INTERFACE(INapEnforcementClientConnection, IUnknown, 23)
CONNECTION_METHODS(INapEnforcementClientConnection)

COM_INTERFACE(INapEnforcementClientConnection2, INapEnforcementClientConnection, 27)
CONNECTION_METHODS(INapEnforcementClientConnection2)
METHOD(INapEnforcementClientConnection2, 23, HRESULT, SetIsolationInfoEx, const IsolationInfoEx *);
METHOD(INapEnforcementClientConnection2, 24, HRESULT, GetIsolationInfoEx, IsolationInfoEx **);
METHOD(INapEnforcementClientConnection2, 25, HRESULT, GetInstalledShvs, SystemHealthEntityCount *,
       SystemHealthEntityId **);
METHOD(INapEnforcementClientConnection2, 26, HRESULT, SetInstalledShvs, SystemHealthEntityCount,
       SystemHealthEntityId *);

#define CONFIG_METHODS(interface)                                                                  \
    METHOD(interface, 3, HRESULT, IsUISupported, BOOL *);                                          \
    METHOD(interface, 4, HRESULT, InvokeUI, _In_opt_ HWND);                                        \
    METHOD(interface, 5, HRESULT, GetConfig, UINT16 *, BYTE **);                                   \
    METHOD(interface, 6, HRESULT, SetConfig, UINT16, BYTE *);

#define CONFIG2_METHODS(interface)                                                                 \
    METHOD(interface, 7, HRESULT, IsRemoteConfigSupported, BOOL *, UINT8 *);                       \
    METHOD(interface, 8, HRESULT, InvokeUIForMachine, _In_opt_ HWND, CountedString *);             \
    METHOD(interface, 9, HRESULT, InvokeUIFromConfigBlob, _In_opt_ HWND, UINT16, BYTE *, UINT16 *, \
           BYTE **, BOOL *);

#define MANAGEMENT_METHODS(interface)                                                              \
    METHOD(interface, 3, HRESULT, GetNapClientInfo, BOOL *, CountedString **, CountedString **,    \
           CountedString **);                                                                      \
    METHOD(interface, 4, HRESULT, GetSystemIsolationInfo, IsolationInfo **, BOOL *);               \
    METHOD(interface, 5, HRESULT, RegisterSystemHealthAgent,                                       \
           const NapComponentRegistrationInfo *);                                                  \
    METHOD(interface, 6, HRESULT, UnregisterSystemHealthAgent, SystemHealthEntityId);              \
    METHOD(interface, 7, HRESULT, RegisterEnforcementClient,                                       \
           const NapComponentRegistrationInfo *);                                                  \
    METHOD(interface, 8, HRESULT, UnregisterEnforcementClient, EnforcementEntityId);               \
    METHOD(interface, 9, HRESULT, GetRegisteredSystemHealthAgents, SystemHealthEntityCount *,      \
           NapComponentRegistrationInfo **);                                                       \
    METHOD(interface, 10, HRESULT, GetRegisteredEnforcementClients, EnforcementEntityCount *,      \
           NapComponentRegistrationInfo **);

#define AGENT_BINDING_METHODS(interface)                                                           \
    METHOD(interface, 3, HRESULT, Initialize, SystemHealthEntityId,                                \
           INapSystemHealthAgentCallback *);                                                       \
    METHOD0(interface, 4, HRESULT, Uninitialize);                                                  \
    METHOD0(interface, 5, HRESULT, NotifySoHChange);                                               \
    METHOD(interface, 6, HRESULT, GetSystemIsolationInfo, IsolationInfo **, BOOL *);               \
    METHOD0(interface, 7, HRESULT, FlushCache);

#define VALIDATION_REQUEST_METHODS(interface)                                                      \
    METHOD(interface, 3, HRESULT, GetCorrelationId, CorrelationId *);                              \
    METHOD(interface, 4, HRESULT, GetStringCorrelationId, StringCorrelationId **);                 \
    METHOD(interface, 5, HRESULT, GetMachineName, CountedString **);                               \
    METHOD(interface, 6, HRESULT, GetSoHRequest, SoHRequest **, BOOL *);                           \
    METHOD(interface, 7, HRESULT, SetSoHResponse, const SoHResponse *);                            \
    METHOD(interface, 8, HRESULT, GetSoHResponse, SoHResponse **);                                 \
    METHOD(interface, 9, HRESULT, SetPrivateData, const PrivateData *);                            \
    METHOD(interface, 10, HRESULT, GetPrivateData, PrivateData **);

COM_INTERFACE(INapComponentInfo, IUnknown, 10)
METHOD(INapComponentInfo, 3, HRESULT, GetFriendlyName, MessageId *);
METHOD(INapComponentInfo, 4, HRESULT, GetDescription, MessageId *);
METHOD(INapComponentInfo, 5, HRESULT, GetVendorName, MessageId *);
METHOD(INapComponentInfo, 6, HRESULT, GetVersion, MessageId *);
METHOD(INapComponentInfo, 7, HRESULT, GetIcon, CountedString **, UINT32 *);
METHOD(INapComponentInfo, 8, HRESULT, ConvertErrorCodeToMessageId, HRESULT, MessageId *);
METHOD(INapComponentInfo, 9, HRESULT, GetLocalizedString, MessageId, CountedString **);

COM_INTERFACE(INapComponentConfig, IUnknown, 7)
CONFIG_METHODS(INapComponentConfig)

COM_INTERFACE(INapComponentConfig2, INapComponentConfig, 10)
CONFIG_METHODS(INapComponentConfig2)
CONFIG2_METHODS(INapComponentConfig2)

COM_INTERFACE(INapComponentConfig3, INapComponentConfig2, 15)
CONFIG_METHODS(INapComponentConfig3)
CONFIG2_METHODS(INapComponentConfig3)
METHOD(INapComponentConfig3, 10, HRESULT, NewConfig, UINT32);
METHOD(INapComponentConfig3, 11, HRESULT, DeleteConfig, UINT32);
METHOD0(INapComponentConfig3, 12, HRESULT, DeleteAllConfig);
METHOD(INapComponentConfig3, 13, HRESULT, GetConfigFromID, UINT32, UINT16 *, BYTE **);
METHOD(INapComponentConfig3, 14, HRESULT, SetConfigToID, UINT32, UINT16, BYTE *);

COM_INTERFACE(INapClientManagement, IUnknown, 11)
MANAGEMENT_METHODS(INapClientManagement)

COM_INTERFACE(INapClientManagement2, INapClientManagement, 12)
MANAGEMENT_METHODS(INapClientManagement2)
METHOD(INapClientManagement2, 11, HRESULT, GetSystemIsolationInfoEx, IsolationInfoEx **, BOOL *);

COM_INTERFACE(INapServerManagement, IUnknown, 6)
METHOD(INapServerManagement, 3, HRESULT, RegisterSystemHealthValidator,
       const NapComponentRegistrationInfo *, const CLSID *);
METHOD(INapServerManagement, 4, HRESULT, UnregisterSystemHealthValidator, SystemHealthEntityId);
METHOD(INapServerManagement, 5, HRESULT, SetFailureCategoryMappings, SystemHealthEntityId,
       const FailureCategoryMapping);

COM_INTERFACE(INapServerInfo, IUnknown, 6)
METHOD(INapServerInfo, 3, HRESULT, GetNapServerInfo, CountedString **, CountedString **,
       CountedString **);
METHOD(INapServerInfo, 4, HRESULT, GetRegisteredSystemHealthValidators, SystemHealthEntityCount *,
       NapComponentRegistrationInfo **, CLSID **);
METHOD(INapServerInfo, 5, HRESULT, GetFailureCategoryMappings, SystemHealthEntityId,
       FailureCategoryMapping *);

COM_INTERFACE(INapSystemHealthAgentBinding, IUnknown, 8)
AGENT_BINDING_METHODS(INapSystemHealthAgentBinding)

COM_INTERFACE(INapSystemHealthAgentBinding2, INapSystemHealthAgentBinding, 9)
AGENT_BINDING_METHODS(INapSystemHealthAgentBinding2)
METHOD(INapSystemHealthAgentBinding2, 8, HRESULT, GetSystemIsolationInfoEx, IsolationInfoEx **,
       BOOL *);

COM_INTERFACE(INapSystemHealthAgentCallback, IUnknown, 9)
METHOD(INapSystemHealthAgentCallback, 3, HRESULT, GetSoHRequest, INapSystemHealthAgentRequest *);
METHOD(INapSystemHealthAgentCallback, 4, HRESULT, ProcessSoHResponse,
       INapSystemHealthAgentRequest *);
METHOD0(INapSystemHealthAgentCallback, 5, HRESULT, NotifySystemIsolationStateChange);
METHOD(INapSystemHealthAgentCallback, 6, HRESULT, GetFixupInfo, FixupInfo **);
METHOD(INapSystemHealthAgentCallback, 7, HRESULT, CompareSoHRequests, const SoHRequest *,
       const SoHRequest *, BOOL *);
METHOD(INapSystemHealthAgentCallback, 8, HRESULT, NotifyOrphanedSoHRequest, const CorrelationId *);

COM_INTERFACE(AsyncINapSystemHealthAgentCallback, IUnknown, 15)
METHOD(AsyncINapSystemHealthAgentCallback, 3, HRESULT, Begin_GetSoHRequest,
       INapSystemHealthAgentRequest *);
METHOD0(AsyncINapSystemHealthAgentCallback, 4, HRESULT, Finish_GetSoHRequest);
METHOD(AsyncINapSystemHealthAgentCallback, 5, HRESULT, Begin_ProcessSoHResponse,
       INapSystemHealthAgentRequest *);
METHOD0(AsyncINapSystemHealthAgentCallback, 6, HRESULT, Finish_ProcessSoHResponse);
METHOD0(AsyncINapSystemHealthAgentCallback, 7, HRESULT, Begin_NotifySystemIsolationStateChange);
METHOD0(AsyncINapSystemHealthAgentCallback, 8, HRESULT, Finish_NotifySystemIsolationStateChange);
METHOD0(AsyncINapSystemHealthAgentCallback, 9, HRESULT, Begin_GetFixupInfo);
METHOD(AsyncINapSystemHealthAgentCallback, 10, HRESULT, Finish_GetFixupInfo, FixupInfo **);
METHOD(AsyncINapSystemHealthAgentCallback, 11, HRESULT, Begin_CompareSoHRequests,
       const SoHRequest *, const SoHRequest *);
METHOD(AsyncINapSystemHealthAgentCallback, 12, HRESULT, Finish_CompareSoHRequests, BOOL *);
METHOD(AsyncINapSystemHealthAgentCallback, 13, HRESULT, Begin_NotifyOrphanedSoHRequest,
       const CorrelationId *);
METHOD0(AsyncINapSystemHealthAgentCallback, 14, HRESULT, Finish_NotifyOrphanedSoHRequest);

COM_INTERFACE(INapSystemHealthAgentRequest, IUnknown, 9)
METHOD(INapSystemHealthAgentRequest, 3, HRESULT, GetCorrelationId, CorrelationId *);
METHOD(INapSystemHealthAgentRequest, 4, HRESULT, GetStringCorrelationId, StringCorrelationId **);
METHOD(INapSystemHealthAgentRequest, 5, HRESULT, SetSoHRequest, const SoHRequest *, BOOL);
METHOD(INapSystemHealthAgentRequest, 6, HRESULT, GetSoHRequest, SoHRequest **);
METHOD(INapSystemHealthAgentRequest, 7, HRESULT, GetSoHResponse, SoHResponse **, UINT8 *);
METHOD(INapSystemHealthAgentRequest, 8, HRESULT, GetCacheSoHFlag, BOOL *);

COM_INTERFACE(INapSystemHealthValidator, IUnknown, 4)
METHOD(INapSystemHealthValidator, 3, HRESULT, Validate, INapSystemHealthValidationRequest *, UINT32,
       INapServerCallback *);

COM_INTERFACE(AsyncINapSystemHealthValidator, IUnknown, 5)
METHOD(AsyncINapSystemHealthValidator, 3, HRESULT, Begin_Validate,
       INapSystemHealthValidationRequest *, UINT32, INapServerCallback *);
METHOD0(AsyncINapSystemHealthValidator, 4, HRESULT, Finish_Validate);

COM_INTERFACE(INapServerCallback, IUnknown, 4)
METHOD(INapServerCallback, 3, HRESULT, OnComplete, INapSystemHealthValidationRequest *, HRESULT);

COM_INTERFACE(INapSystemHealthValidationRequest, IUnknown, 11)
VALIDATION_REQUEST_METHODS(INapSystemHealthValidationRequest)

COM_INTERFACE(INapSystemHealthValidationRequest2, INapSystemHealthValidationRequest, 12)
VALIDATION_REQUEST_METHODS(INapSystemHealthValidationRequest2)
METHOD(INapSystemHealthValidationRequest2, 11, HRESULT, GetConfigID, UINT32 *);

COM_INTERFACE(INapCertRelyingParty, IUnknown, 6)
METHOD(INapCertRelyingParty, 3, HRESULT, SubscribeCertByGroup, EnforcementEntityId, const BSTR,
       _In_opt_ const VARIANT *, BOOL *);
METHOD(INapCertRelyingParty, 4, HRESULT, UnSubscribeCertByGroup, EnforcementEntityId,
       _In_opt_ const VARIANT *);
METHOD(INapCertRelyingParty, 5, HRESULT, GetSubscribedRelyingParties, EnforcementEntityCount *,
       EnforcementEntityId **);

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
IID(INapComponentInfo, 0xb475f925, 0xe3f7, 0x414c, 0x8c, 0x72, 0x1c, 0xee, 0x64, 0xb9, 0xd8, 0xf6);
IID(INapComponentConfig, 0xa9e0af1a, 0x3713, 0x478e, 0xae, 0x03, 0x8e, 0xdd, 0x27, 0x2d, 0x21,
    0xfa);
IID(INapComponentConfig2, 0x47cbdb9e, 0x1972, 0x4f5e, 0xbd, 0x3c, 0x5e, 0xb6, 0x23, 0x06, 0x14,
    0xb5);
IID(INapComponentConfig3, 0x9c4a8101, 0x8cfe, 0x4332, 0x87, 0x6e, 0xc4, 0xa4, 0x9d, 0x1d, 0x3f,
    0x77);
IID(INapClientManagement, 0x432a1da5, 0x3888, 0x4b9a, 0xa7, 0x34, 0xcf, 0xf1, 0xe4, 0x48, 0xc5,
    0xb9);
IID(INapClientManagement2, 0x07a1127b, 0x18cc, 0x422a, 0xb9, 0x88, 0xe8, 0x92, 0x60, 0x0f, 0xcc,
    0x74);
IID(INapServerManagement, 0x9de543e7, 0x0f23, 0x47e0, 0xa8, 0xbc, 0x97, 0x1a, 0x89, 0x4f, 0x86,
    0xd4);
IID(INapServerInfo, 0x599f9021, 0x5643, 0x4965, 0x99, 0x49, 0xe8, 0x89, 0x75, 0xef, 0xff, 0x0e);
IID(INapSystemHealthAgentBinding, 0xa6894f43, 0x9cc7, 0x44c9, 0xa2, 0x3f, 0x19, 0xdb, 0xf3, 0x6b,
    0xad, 0x28);
IID(INapSystemHealthAgentBinding2, 0x1140c38e, 0x5100, 0x4ea1, 0x8d, 0x43, 0x87, 0xd3, 0x26, 0x72,
    0x40, 0x28);
IID(INapSystemHealthAgentCallback, 0xf1072a57, 0x214f, 0x4ee2, 0x83, 0x77, 0x14, 0xef, 0x14, 0x0c,
    0xd9, 0xf3);
IID(AsyncINapSystemHealthAgentCallback, 0x860d8fd9, 0x0219, 0x43ea, 0xae, 0x7f, 0x59, 0x61, 0x1f,
    0x4c, 0xc1, 0x6a);
IID(INapSystemHealthAgentRequest, 0x5b360a69, 0x212d, 0x440d, 0xb3, 0x98, 0x7e, 0xef, 0xd4, 0x97,
    0x85, 0x3a);
IID(INapSystemHealthValidator, 0xef43d87c, 0x5b6d, 0x4820, 0x86, 0x20, 0x86, 0x89, 0x07, 0xfe, 0x07,
    0xd3);
IID(AsyncINapSystemHealthValidator, 0x2516031a, 0xa391, 0x454d, 0xb5, 0x3d, 0xc5, 0xdc, 0x84, 0xc7,
    0xf2, 0xdb);
IID(INapServerCallback, 0x09c20568, 0xf30c, 0x489b, 0xae, 0x9c, 0x49, 0x30, 0xad, 0x7f, 0x16, 0x5f);
IID(INapSystemHealthValidationRequest, 0xadacb3a0, 0xd4f4, 0x4f17, 0x89, 0x33, 0x51, 0xd6, 0x0f,
    0xcc, 0xa6, 0x06);
IID(INapSystemHealthValidationRequest2, 0x91a5d706, 0x0cb4, 0x4a84, 0x83, 0x15, 0x93, 0x80, 0xd4,
    0x53, 0xe3, 0x85);
IID(INapCertRelyingParty, 0x62c02ffc, 0x4c77, 0x4158, 0x87, 0x54, 0x78, 0x2d, 0x5b, 0x4e, 0xe6,
    0x6e);

CLASS(NapSoHConstructor, 0xe8140d53, 0x6535, 0x46a5, 0xb8, 0xa1, 0xda, 0x6c, 0x57, 0x1d, 0xa9,
      0xb9);
CLASS(NapSoHProcessor, 0xaa160628, 0x8775, 0x46e3, 0x83, 0x7c, 0xf7, 0xa2, 0xae, 0x66, 0xe2, 0xf5);
CLASS(NapEnforcementClientBinding, 0x9443b89b, 0x6564, 0x496a, 0xb1, 0x9c, 0x6c, 0x6d, 0x22, 0x70,
      0x90, 0x45);
CLASS(NapClientManagement, 0xeb082ba1, 0xdf8a, 0x46be, 0x82, 0xf3, 0x35, 0xbf, 0x9e, 0x9b, 0xe5,
      0x2f);
CLASS(NapServerManagement, 0xbfcb2c6d, 0x04aa, 0x4fb9, 0xbc, 0x72, 0x58, 0xe1, 0xaf, 0x64, 0xbe,
      0x39);
CLASS(NapServerInfo, 0x3b881b82, 0x5bf4, 0x4657, 0xa3, 0xa2, 0xcc, 0xe1, 0x7e, 0x4f, 0xd3, 0x9a);
CLASS(NapSystemHealthAgentBinding, 0x8e594310, 0x16ca, 0x4a00, 0x93, 0x2f, 0xf7, 0x09, 0x69, 0xf9,
      0x90, 0xc0);
CLASS(NapCertRelyingParty, 0xe5fae3b3, 0x1ac8, 0x4bd3, 0x87, 0xe6, 0x48, 0xef, 0xf5, 0x09, 0xdd,
      0xaa);
