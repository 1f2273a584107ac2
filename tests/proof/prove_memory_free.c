/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The Free functions on every half-built structure: each pointer is a block or NULL, whatever the
 * counts and lengths say. They free all of it, once, and read nothing that they have freed.
 */
#include "task_memory_model.h"

/* A block that nobody looks into, or NULL. */
static void *any_part(void)
{
    return any_task_memory(1);
}

void prove_free_strings_and_states(void)
{
    CountedString *string = any_task_memory(sizeof(*string));
    IsolationInfo *isolation;
    IsolationInfoEx *isolation_ex;
    FixupInfo *fixup;
    SystemHealthAgentState *state;

    live_blocks = string != NULL;
    if (string)
        string->string = any_part();
    FreeCountedString(string);
    CLAIM(live_blocks == 0, "FreeCountedString frees all");

    if ((isolation = any_task_memory(sizeof(*isolation))))
        isolation->failureUrl.string = any_part();
    FreeIsolationInfo(isolation);
    CLAIM(live_blocks == 0, "FreeIsolationInfo frees all");

    if ((isolation_ex = any_task_memory(sizeof(*isolation_ex))))
        isolation_ex->failureUrl.string = any_part();
    FreeIsolationInfoEx(isolation_ex);
    CLAIM(live_blocks == 0, "FreeIsolationInfoEx frees all");

    if ((fixup = any_task_memory(sizeof(*fixup))))
        fixup->resultCodes.results = any_part();
    FreeFixupInfo(fixup);
    CLAIM(live_blocks == 0, "FreeFixupInfo frees all");

    if ((state = any_task_memory(sizeof(*state))))
    {
        state->shaResultCodes.results = any_part();
        state->fixupInfo.resultCodes.results = any_part();
    }
    FreeSystemHealthAgentState(state);
    CLAIM(live_blocks == 0, "FreeSystemHealthAgentState frees all");
}

/* Of the union, only the pointer that the type selects is one. */
void prove_free_data_and_values(void)
{
    const SoHAttributeType type = (SoHAttributeType)nondet_uint16();
    NetworkSoH *network_soh = any_task_memory(sizeof(*network_soh));
    PrivateData *private_data;
    SoHAttributeValue *value;

    live_blocks = network_soh != NULL;
    if (network_soh)
        network_soh->data = any_part();
    FreeNetworkSoH(network_soh);
    CLAIM(live_blocks == 0, "FreeNetworkSoH frees all");

    if ((private_data = any_task_memory(sizeof(*private_data))))
        private_data->data = any_part();
    FreePrivateData(private_data);
    CLAIM(live_blocks == 0, "FreePrivateData frees all");

    if ((value = any_task_memory(sizeof(*value))))
    {
        switch (type)
        {
        case sohAttributeTypeSystemHealthId:
        case sohAttributeTypeTimeOfLastUpdate:
        case sohAttributeTypeHealthClass:
        case sohAttributeTypeSoHGenerationTime:
        case sohAttributeTypeFailureCategory:
        case sohAttributeTypeExtendedIsolationState:
            break;
        case sohAttributeTypeIpv4FixupServers:
            value->v4AddressesVal.addresses = any_part();
            break;
        case sohAttributeTypeIpv6FixupServers:
            value->v6AddressesVal.addresses = any_part();
            break;
        case sohAttributeTypeComplianceResultCodes:
        case sohAttributeTypeErrorCodes:
            value->codesVal.results = any_part();
            break;
        case sohAttributeTypeVendorSpecific:
            value->vendorSpecificVal.vendorSpecificData = any_part();
            break;
        default:
            value->octetStringVal.data = any_part();
        }
    }
    FreeSoHAttributeValue(type, value);
    CLAIM(live_blocks == 0, "FreeSoHAttributeValue frees all");
}
