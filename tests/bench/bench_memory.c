/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Compares AllocConnections and FreeConnections of the DLL with code in this program that does the
 * same and that the compiler inlines. A round alternates 20 batches of each. Its ratio is that of
 * the fastest batches, since disturbances only make a batch slower. The result is the median of 15
 * rounds. The goals are 1.10 at 20 connections, and 1.15 at 0 and 1, where most of the time is the
 * call into the DLL and its checks.
 *
 * Prints a table with the nanoseconds for a pair, and the ratio with its range and goal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <naputil.h>

#define ROUNDS 15
#define TURNS  20
#define CALLS  2000

/* The list passes through this variable. Otherwise the compiler would see that nobody reads it. */
static Connections *volatile result;

static void connections_dll(UINT16 count)
{
    Connections *list = NULL;

    AllocConnections(&list, count);
    result = list;
    FreeConnections(result);
}

/* Does not check arguments for NULL: the compiler sees them and would remove the checks. */
static void connections_inline(UINT16 count)
{
    const size_t shell = (count ? count : 1) * sizeof(Connections);
    const size_t array = count * sizeof(INapEnforcementClientConnection *);
    Connections *list = CoTaskMemAlloc(shell);
    UINT16 i;

    if (!list)
        return;
    memset(list, 0, shell);
    if (count && (list->connections = CoTaskMemAlloc(array)))
    {
        memset(list->connections, 0, array);
        list->count = count;
    }
    result = list;
    list = result;
    for (i = 0; list->connections && i < list->count; i++)
    {
        if (list->connections[i])
            list->connections[i]->lpVtbl->Release(list->connections[i]);
    }
    CoTaskMemFree(list->connections);
    CoTaskMemFree(list);
}

static double now(void)
{
    LARGE_INTEGER counter, frequency;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return (double)counter.QuadPart * 1e9 / (double)frequency.QuadPart;
}

static int compare_doubles(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Each turn calls both functions, and begins with the one that the turn before ended with. */
static void run_round(UINT16 count, double best[2])
{
    static void (*const calls[])(UINT16) = {connections_dll, connections_inline};
    unsigned i, j;

    best[0] = best[1] = 1e12;
    for (i = 0; i < 2 * TURNS; i++)
    {
        const unsigned which = (i + i / 2) % 2;
        const double start = now();
        double time;

        for (j = 0; j < CALLS; j++)
            calls[which](count);
        time = (now() - start) / CALLS;
        if (time < best[which])
            best[which] = time;
    }
}

static void compare(UINT16 count, const char *goal)
{
    double times[ROUNDS], ratios[ROUNDS], best[2];
    unsigned i;

    run_round(count, best);
    for (i = 0; i < ROUNDS; i++)
    {
        run_round(count, best);
        times[i] = best[0];
        ratios[i] = best[0] / best[1];
    }
    qsort(times, ROUNDS, sizeof(times[0]), compare_doubles);
    qsort(ratios, ROUNDS, sizeof(ratios[0]), compare_doubles);
    printf("%11u %7.0f %7.3f (%.3f to %.3f) %6s\n", count, times[ROUNDS / 2], ratios[ROUNDS / 2],
           ratios[0], ratios[ROUNDS - 1], goal);
}

int main(void)
{
    puts("connections      ns   ratio                      goal");
    compare(0, "1.15");
    compare(1, "1.15");
    compare(20, "1.10");
    return 0;
}
