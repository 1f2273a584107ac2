/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The list of blocks behind allocations.h.
 */
#include "test.h"

#include <string.h>

#include "allocations.h"

struct record
{
    void *block;
    size_t size;
    unsigned freed;
};

static struct record records[8192];
static unsigned taken;
static unsigned freed;
static unsigned fail_in;
static unsigned lost_records;
static unsigned unknown_frees;
static void (*next_hook)(void);

/* Returns the latest record of the address: the allocator may use an address again. */
static struct record *find(const void *block)
{
    unsigned i;

    for (i = taken; i > 0; i--)
    {
        if (records[i - 1].block == block)
            return &records[i - 1];
    }
    return NULL;
}

int allocations_begin(void **state)
{
    taken = freed = fail_in = lost_records = unknown_frees = 0;
    next_hook = NULL;
    allocations_watch();
    return 0;
}

int allocations_end(void **state)
{
    allocations_unwatch();
    assert_int_equal(lost_records, 0);
    assert_int_equal(unknown_frees, 0);
    assert_int_equal(allocations_live(), 0);
    return 0;
}

void allocations_fail(unsigned nth)
{
    fail_in = nth;
}

void allocations_hook(void (*hook)(void))
{
    next_hook = hook;
}

unsigned allocations_taken(void)
{
    return taken;
}

unsigned allocations_live(void)
{
    return taken - freed;
}

void *allocations_last(void)
{
    return records[taken - 1].block;
}

size_t allocations_size(const void *block)
{
    const struct record *record = find(block);

    return record && !record->freed ? record->size : 0;
}

unsigned allocations_freed(const void *block)
{
    const struct record *record = find(block);

    assert_non_null(record);
    return record->freed;
}

bool allocations_fails_now(void)
{
    return fail_in && --fail_in == 0;
}

void allocations_record(void *block, size_t size)
{
    if (taken == sizeof(records) / sizeof(records[0]))
    {
        lost_records++;
        return;
    }
    memset(block, ALLOCATIONS_FILL, size);
    records[taken].block = block;
    records[taken].size = size;
    records[taken].freed = 0;
    taken++;
    if (next_hook)
    {
        void (*hook)(void) = next_hook;

        next_hook = NULL;
        hook();
    }
}

bool allocations_forget(const void *block)
{
    struct record *record = find(block);

    if (!record || record->freed)
    {
        unknown_frees++;
        return false;
    }
    record->freed = ++freed;
    return true;
}
