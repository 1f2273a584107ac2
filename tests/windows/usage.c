/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Counts handles and threads, and sums up the heap, after each of several rounds.
 */
#include "test.h"

#include <windows.h>
#include <tlhelp32.h>

#include "usage.h"

#define HANDLE_GAP    0x400
#define THREADS_LIMIT 20000
#define PAUSE         5

/* Growth in each of the last rounds is a leak. */
#define ROUNDS      8
#define LAST_ROUNDS 5

enum
{
    HANDLES,
    THREADS,
    HEAP,
    KINDS
};

/* GetProcessHandleCount returns 0 in Wine. A new handle is the lowest free multiple of 4. */
static size_t count_handles(void)
{
    uintptr_t value, last = 0;
    size_t count = 0;
    DWORD flags;

    for (value = 4; value - last < HANDLE_GAP; value += 4)
    {
        if (GetHandleInformation((HANDLE)value, &flags))
        {
            last = value;
            count++;
        }
    }
    return count;
}

static unsigned count_threads(void)
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

/* The notifier's thread, and threads of Wine's own, take a moment to end: waits until there are no
 * more than COUNT threads, or the time is over. Returns their number. */
static unsigned await_threads(unsigned count)
{
    DWORD start = GetTickCount();

    while (count_threads() > count && GetTickCount() - start < THREADS_LIMIT)
        Sleep(PAUSE);
    return count_threads();
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

static BOOL ignores_heap;

void usage_ignore_heap(void)
{
    ignores_heap = TRUE;
}

/* Prints the counts. Returns whether they grew in each of the last rounds. */
static BOOL grows(const char *name, const size_t *counts)
{
    int round, growths = 0;

    print_message("  %s:", name);
    for (round = 0; round < ROUNDS; round++)
    {
        print_message(" %lu", (unsigned long)counts[round]);
        growths += round >= ROUNDS - LAST_ROUNDS && counts[round] > counts[round - 1];
    }
    print_message(growths == LAST_ROUNDS ? ", which is growth\n" : "\n");
    return growths == LAST_ROUNDS;
}

void assert_no_growth(const char *what, void (*repeat)(int count), int count)
{
    static const char *const names[KINDS] = {"handles", "threads", "bytes of heap"};
    size_t counts[KINDS][ROUNDS];
    unsigned threads = count_threads();
    int round, kind, growing = 0;

    for (round = 0; round < ROUNDS; round++)
    {
        repeat(count);
        threads = await_threads(threads);
        counts[HANDLES][round] = count_handles();
        counts[THREADS][round] = threads;
        counts[HEAP][round] = sum_heap();
    }
    print_message("%s, %d rounds of %d\n", what, ROUNDS, count);
    for (kind = 0; kind < (ignores_heap ? HEAP : KINDS); kind++)
        growing += grows(names[kind], counts[kind]);
    assert_int_equal(growing, 0);
}
