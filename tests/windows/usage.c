/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Counts handles and threads, and sums up the heap.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <windows.h>
#include <tlhelp32.h>

#include "usage.h"

#define HANDLE_LIMIT      0x20000
#define THREADS_LIMIT     20000
#define PAUSE             5
#define HANDLES_TOLERATED 50
#define BYTES_TOLERATED   10000

/* GetProcessHandleCount is 0 in Wine 8.0. */
static unsigned count_handles(void)
{
    unsigned count = 0;
    uintptr_t value;
    DWORD flags;

    for (value = 4; value < HANDLE_LIMIT; value += 4)
        count += GetHandleInformation((HANDLE)value, &flags) != 0;
    return count;
}

unsigned count_threads(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    unsigned count = 0;
    BOOL more;

    assert_ptr_not_equal(snapshot, INVALID_HANDLE_VALUE);
    for (more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        count += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    return count;
}

void await_threads(unsigned count)
{
    DWORD start = GetTickCount();

    while (count_threads() > count && GetTickCount() - start < THREADS_LIMIT)
        Sleep(PAUSE);
    assert_int_equal(count_threads(), count);
}

static size_t sum_heap(void)
{
    PROCESS_HEAP_ENTRY entry = {0};
    size_t sum = 0;

    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
    {
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY)
            sum += entry.cbData;
    }
    HeapUnlock(GetProcessHeap());
    return sum;
}

struct usage measure_usage(void)
{
    struct usage usage = {count_handles(), count_threads(), sum_heap()};

    return usage;
}

void print_usage(const char *what, struct usage before, struct usage after)
{
    print_message("%s: handles %u -> %u, threads %u -> %u, heap %lu -> %lu bytes\n", what,
                  before.handles, after.handles, before.threads, after.threads,
                  (unsigned long)before.heap, (unsigned long)after.heap);
}

void assert_no_growth(const char *what, struct usage before)
{
    struct usage after;

    await_threads(before.threads);
    after = measure_usage();
    print_usage(what, before, after);
    assert_in_range(after.handles, 0, before.handles + HANDLES_TOLERATED);
    assert_int_equal(after.threads, before.threads);
    assert_in_range(after.heap, 0, before.heap + BYTES_TOLERATED);
}

void assert_usage_equal(const char *what, struct usage before)
{
    struct usage after;

    await_threads(before.threads);
    after = measure_usage();
    print_usage(what, before, after);
    assert_int_equal(after.handles, before.handles);
    assert_int_equal(after.threads, before.threads);
    assert_int_equal(after.heap, before.heap);
}
