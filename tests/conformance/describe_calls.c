/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about the calls of the two classes, on objects that are new and on such that have been
 * initialized: each in a process of its own, since an argument may be NULL.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "classes.h"
#include "describe.h"
#include "describe_objects.h"
#include "packets.h"

INapSoHConstructor *constructor_in_state(bool is_initialized)
{
    INapSoHConstructor *constructor;

    classes_open(NULL);
    constructor = new_constructor();
    if (is_initialized)
        INapSoHConstructor_Initialize(constructor, HEALTH_ID, TRUE);
    return constructor;
}

INapSoHProcessor *processor_in_state(bool is_initialized)
{
    INapSoHProcessor *processor;
    SystemHealthEntityId id;

    classes_open(NULL);
    processor = new_processor();
    if (is_initialized)
        INapSoHProcessor_Initialize(processor, new_packet(REQUEST), TRUE, &id);
    return processor;
}

HRESULT append(INapSoHConstructor *constructor, int type, const SoHAttributeValue *value)
{
    return INapSoHConstructor_AppendAttribute(constructor, (SoHAttributeType)type, value);
}

/* What a call of the constructor gives: each is made on a new object, and on one that has been
 * initialized. */
enum constructor_call
{
    INITIALIZE,
    APPEND,
    APPEND_NULL,
    APPEND_ID,
    APPEND_ID_NULL,
    APPEND_NULL_EMBEDDED,
    GET_SOH,
    GET_SOH_NULL,
    VALIDATE_NULL,
    CONSTRUCTOR_CALLS
};

static void tell_constructor_call(const char *key, unsigned argument)
{
    static const SoHAttributeValue byte = {.uint8Val = 1}, no_data = {.octetStringVal = {1, NULL}};
    INapSoHConstructor *constructor = constructor_in_state(argument >= CONSTRUCTOR_CALLS);
    SoH *soh = SENTINEL;
    HRESULT hr;

    switch ((enum constructor_call)(argument % CONSTRUCTOR_CALLS))
    {
    case INITIALIZE:
        hr = INapSoHConstructor_Initialize(constructor, HEALTH_ID, FALSE);
        break;
    case APPEND:
        hr = append(constructor, sohAttributeTypeHealthClass, &byte);
        break;
    case APPEND_NULL:
        hr = append(constructor, sohAttributeTypeHealthClass, NULL);
        break;
    case APPEND_ID:
        hr = append(constructor, sohAttributeTypeSystemHealthId, &byte);
        break;
    case APPEND_ID_NULL:
        hr = append(constructor, sohAttributeTypeSystemHealthId, NULL);
        break;
    case APPEND_NULL_EMBEDDED:
        hr = append(constructor, sohAttributeTypeProductName, &no_data);
        break;
    case GET_SOH:
        hr = INapSoHConstructor_GetSoH(constructor, &soh);
        fact(key, "out", "%s", state_of(soh));
        break;
    case GET_SOH_NULL:
        hr = INapSoHConstructor_GetSoH(constructor, NULL);
        break;
    default:
        hr = INapSoHConstructor_Validate(constructor, NULL, TRUE);
        break;
    }
    fact(key, "result", "%s", code_of(hr));
}

/* The same for the processor. */
enum processor_call
{
    START,
    START_NULL_SOH,
    START_NULL_ID,
    START_NULL_BOTH,
    START_INVALID,
    FIND,
    FIND_NULL,
    GET,
    GET_NULL_TYPE,
    GET_NULL_VALUE,
    COUNT,
    COUNT_NULL,
    PROCESSOR_CALLS
};

static void tell_processor_call(const char *key, unsigned argument)
{
    static const SoH invalid = {0, NULL};
    INapSoHProcessor *processor = processor_in_state(argument >= PROCESSOR_CALLS);
    SoHAttributeType type = (SoHAttributeType)WORD_SENTINEL;
    SystemHealthEntityId id = WORD_SENTINEL;
    SoHAttributeValue *value = SENTINEL;
    UINT16 number = WORD_SENTINEL;
    HRESULT hr;

    switch ((enum processor_call)(argument % PROCESSOR_CALLS))
    {
    case START:
        hr = INapSoHProcessor_Initialize(processor, new_packet(REQUEST), TRUE, &id);
        break;
    case START_NULL_SOH:
        hr = INapSoHProcessor_Initialize(processor, NULL, TRUE, &id);
        break;
    case START_NULL_ID:
        hr = INapSoHProcessor_Initialize(processor, new_packet(REQUEST), TRUE, NULL);
        break;
    case START_NULL_BOTH:
        hr = INapSoHProcessor_Initialize(processor, NULL, TRUE, NULL);
        break;
    case START_INVALID:
        hr = INapSoHProcessor_Initialize(processor, &invalid, TRUE, &id);
        break;
    case FIND:
        hr = INapSoHProcessor_FindNextAttribute(processor, 0, sohAttributeTypeErrorCodes, &number);
        break;
    case FIND_NULL:
        hr = INapSoHProcessor_FindNextAttribute(processor, 0, sohAttributeTypeHealthClass, NULL);
        break;
    case GET:
        hr = INapSoHProcessor_GetAttribute(processor, 4, &type, &value);
        break;
    case GET_NULL_TYPE:
        hr = INapSoHProcessor_GetAttribute(processor, 0, NULL, &value);
        break;
    case GET_NULL_VALUE:
        hr = INapSoHProcessor_GetAttribute(processor, 0, &type, NULL);
        break;
    case COUNT:
        hr = INapSoHProcessor_GetNumberOfAttributes(processor, &number);
        break;
    default:
        hr = INapSoHProcessor_GetNumberOfAttributes(processor, NULL);
        break;
    }
    fact(key, "result", "%s", code_of(hr));
    if (id != WORD_SENTINEL)
        fact(key, "id", "%lx", (unsigned long)id);
    if (number != WORD_SENTINEL)
        fact(key, "number", "%x", number);
    if (type != (SoHAttributeType)WORD_SENTINEL)
        fact(key, "type", "%x", (unsigned)type);
    if (value != SENTINEL)
        fact(key, "value", "%s", state_of(value));
}

/* An object that is new, and one that has been initialized. The names are those of functions.
 * NOLINTBEGIN(bugprone-macro-parentheses) */
#define CALL(class, name, call, calls)                                                             \
    {#class ".new." name, tell_##class##_call, call, NEEDS},                                       \
    {                                                                                              \
#class ".initialized." name, tell_##class##_call, (calls) + (call), NEEDS                  \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

static const struct part parts[] = {
    CALL(constructor, "Initialize", INITIALIZE, CONSTRUCTOR_CALLS),
    CALL(constructor, "AppendAttribute", APPEND, CONSTRUCTOR_CALLS),
    CALL(constructor, "AppendAttribute-null", APPEND_NULL, CONSTRUCTOR_CALLS),
    CALL(constructor, "AppendAttribute-id", APPEND_ID, CONSTRUCTOR_CALLS),
    CALL(constructor, "AppendAttribute-id-null", APPEND_ID_NULL, CONSTRUCTOR_CALLS),
    CALL(constructor, "AppendAttribute-null-data", APPEND_NULL_EMBEDDED, CONSTRUCTOR_CALLS),
    CALL(constructor, "GetSoH", GET_SOH, CONSTRUCTOR_CALLS),
    CALL(constructor, "GetSoH-null", GET_SOH_NULL, CONSTRUCTOR_CALLS),
    CALL(constructor, "Validate-null", VALIDATE_NULL, CONSTRUCTOR_CALLS),
    CALL(processor, "Initialize", START, PROCESSOR_CALLS),
    CALL(processor, "Initialize-null-packet", START_NULL_SOH, PROCESSOR_CALLS),
    CALL(processor, "Initialize-null-id", START_NULL_ID, PROCESSOR_CALLS),
    CALL(processor, "Initialize-null-both", START_NULL_BOTH, PROCESSOR_CALLS),
    CALL(processor, "Initialize-invalid", START_INVALID, PROCESSOR_CALLS),
    CALL(processor, "FindNextAttribute", FIND, PROCESSOR_CALLS),
    CALL(processor, "FindNextAttribute-null", FIND_NULL, PROCESSOR_CALLS),
    CALL(processor, "GetAttribute-past-the-end", GET, PROCESSOR_CALLS),
    CALL(processor, "GetAttribute-null-type", GET_NULL_TYPE, PROCESSOR_CALLS),
    CALL(processor, "GetAttribute-null-value", GET_NULL_VALUE, PROCESSOR_CALLS),
    CALL(processor, "GetNumberOfAttributes", COUNT, PROCESSOR_CALLS),
    CALL(processor, "GetNumberOfAttributes-null", COUNT_NULL, PROCESSOR_CALLS),
};

const struct parts call_parts = {parts, COUNT_OF(parts)};
