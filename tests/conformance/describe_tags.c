/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What facts are known from, where they are as the contract has them.
 */
#include <stddef.h>

#include "checks.h"
#include "describe.h"
#include "tags.h"

/* The first pattern that fits a key. */
static const struct
{
    const char *pattern, *tag;
} rules[] = {
    {"file.export.*", OBSERVED},
    {"file.name-of-dll", OBSERVED},
    /* Beyond the documented limits, and what nobody sees who keeps to the contract. */
    {"AllocConnections.21.*", DECIDED},
    {"AllocFixupInfo.1001.*", DECIDED},
    {"AllocCountedString.1025.*", DECIDED},
    {"Alloc*.6553?.*", DECIDED},
    {"Alloc*.blocks", DECIDED},
    {"Alloc*.freed", DECIDED},
    {"Alloc*.behind.zeroed", DECIDED},
    {"Alloc*.out", DECIDED},
    {"Alloc*.left", DECIDED},
    {"AllocCountedString.null*", DECIDED},
    {"Alloc*.null.result", DOCUMENTED},
    {"Alloc*.out-of-memory-1.result", DOCUMENTED},
    {"Alloc*.out-of-memory-2.result", DECIDED},
    {"Alloc*", OBSERVED},
    {"Free*.null", OBSERVED},
    {"notifier.type-?.result", DOCUMENTED},
    {"notifier.event-null", DOCUMENTED},
    {"notifier.twice-?.same-type", DOCUMENTED},
    {"constructor.bytes.*", OBSERVED},
    {"constructor.limit.*.?000", DOCUMENTED},
    {"constructor.limit.*.250", DOCUMENTED},
    {"constructor.most.attributes", DOCUMENTED},
    {"constructor.initialized.AppendAttribute.result", DOCUMENTED},
    {"constructor.initialized.GetSoH.*", DOCUMENTED},
    {"processor.value.*", OBSERVED},
    {"processor.forbidden.*", DOCUMENTED},
    {"processor.find.found*", DOCUMENTED},
    {"processor.initialized.GetNumberOfAttributes.*", DOCUMENTED},
    {"processor.new.Initialize-invalid.result", DOCUMENTED},
    {"*.new.Initialize.*", DOCUMENTED},
    {"*.QueryInterface.IMarshal", DECIDED},
    {"*.QueryInterface.IAgileObject", DECIDED},
    {"*.QueryInterface.ISupportErrorInfo", DECIDED},
    {"*.QueryInterface.*", DOCUMENTED},
    {"*.object.*", DOCUMENTED},
    {"*.aggregated", DOCUMENTED},
    {"packet.size.*", DOCUMENTED},
    {"packet.documented.*", DOCUMENTED},
    {"*DllGetClassObject", DOCUMENTED},
    {"DllGetClassObject.unknown*", DOCUMENTED},
    {"unload.2-factory", DECIDED},
    {"unload.*", DOCUMENTED},
    {"agent.*.Unregister*", DECIDED},
    {"agent.*.Initialize-null", DECIDED},
    {"agent.*.FlushCache", DECIDED},
    {"agent.*", DOCUMENTED},
    {"*", DECIDED},
};

const char *describe_tag(const char *key)
{
    size_t i = 0;

    while (!text_matches(key, rules[i].pattern))
        i++;
    return rules[i].tag;
}
