/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The models of what the classes take from Windows and the DLL, for one thread: critical sections,
 * which have to be used in pairs; interlocked functions; the free-threaded marshaler; the module lock;
 * and the copy of a packet, as prove_packet.c proves it.
 */
#ifndef CLASS_MODEL_H
#define CLASS_MODEL_H

#include "task_memory_model.h"

static size_t sections, entered, marshalers, module_locks;
static SoH *others; /* what another thread puts in the place of NULL at any time, or NULL */
static SoH copied;  /* the copy of a packet */

static inline void begin_classes(void)
{
    live_blocks = sections = entered = marshalers = module_locks = 0;
    others = NULL;
    free(NULL); /* the checker's invariants need it in every program */
}

/* After all objects are released. */
static inline void claim_nothing_left(void)
{
    CLAIM(live_blocks == 0, "all memory is freed");
    CLAIM(sections == 0 && entered == 0, "all critical sections are left and deleted");
    CLAIM(marshalers == 0, "all marshalers are released");
    CLAIM(module_locks == 0, "the module is not locked");
}

BOOL WINAPI InitializeCriticalSectionAndSpinCount(CRITICAL_SECTION *section, DWORD spin_count)
{
    const BOOL is_done = nondet_bool();

    section->SpinCount = spin_count;
    sections += is_done;
    return is_done;
}

void WINAPI EnterCriticalSection(CRITICAL_SECTION *section)
{
    CLAIM(section && entered == 0, "it is entered once");
    entered = 1;
}

void WINAPI LeaveCriticalSection(CRITICAL_SECTION *section)
{
    CLAIM(section && entered == 1, "it is left after it was entered");
    entered = 0;
}

void WINAPI DeleteCriticalSection(CRITICAL_SECTION *section)
{
    CLAIM(section && entered == 0, "it is deleted when nobody is in it");
    sections--;
}

static LONG model_increment(LONG volatile *value)
{
    return ++*value;
}

static LONG model_decrement(LONG volatile *value)
{
    return --*value;
}

static void *model_exchange(void *volatile *target, void *value, void *expected)
{
    void *old;

    if (!*target && nondet_bool())
        *target = others;
    old = *target;
    if (old == expected)
        *target = value;
    return old;
}

#undef InterlockedIncrement
#undef InterlockedDecrement
#undef InterlockedCompareExchangePointer
#define InterlockedIncrement              model_increment
#define InterlockedDecrement              model_decrement
#define InterlockedCompareExchangePointer model_exchange

static ULONG WINAPI marshaler_Release(IUnknown *iface)
{
    CLAIM(iface, "it is the marshaler");
    return (ULONG)--marshalers;
}

static const IUnknownVtbl marshaler_vtbl = {.Release = marshaler_Release};
static IUnknown marshaler;

HRESULT WINAPI CoCreateFreeThreadedMarshaler(IUnknown *outer, IUnknown **out)
{
    CLAIM(outer, "there is an object");
    *out = NULL;
    if (nondet_bool())
        return E_OUTOFMEMORY;
    marshaler.lpVtbl = (IUnknownVtbl *)&marshaler_vtbl;
    marshalers++;
    *out = &marshaler;
    return S_OK;
}

void module_lock(void)
{
    module_locks++;
}

void module_unlock(void)
{
    module_locks--;
}

/* Only the value of its first attribute is one that may be read. */
static inline HRESULT model_packet_copy(const SoH *soh, SoH **copy)
{
    CLAIM(entered == 0, "nobody waits for the lock meanwhile");
    if (nondet_bool())
        return nondet_bool() ? E_OUTOFMEMORY : NAP_E_INVALID_PACKET;
    GIVEN(1 <= soh->count && soh->count <= maxSoHAttributeCount && soh->attributes);
    live_blocks++; /* for all of it */
    copied.count = soh->count;
    copied.attributes = any_block(copied.count * sizeof(*copied.attributes));
    copied.attributes[0].value =
        copied.attributes[0].size ? any_block(copied.attributes[0].size) : NULL;
    *copy = &copied;
    return S_OK;
}

static inline void model_packet_free(const SoH *copy)
{
    CLAIM(copy == &copied, "what is freed is the copy");
    live_blocks--;
    free(copied.attributes);
}

#endif
