/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Compares AllocConnections and FreeConnections of the DLL with code in this program that does the
 * same and that the compiler inlines. Alternates batches of each, and prints the ratio of the
 * fastest batches, since disturbances only make a batch slower. The goals are 1.10 at 20
 * connections, and 1.15 at 0 and 1, where most of the time is the call into the DLL and its checks.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <naputil.h>

#define TURNS 300
#define CALLS 2000

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

/* Each turn calls both functions, and begins with the one that the turn before ended with. */
static void compare(UINT16 count, const char *goal)
{
    static void (*const calls[])(UINT16) = {connections_dll, connections_inline};
    double best[] = {1e12, 1e12};
    unsigned i, j;

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
    printf("%11u %4.0f %6.3f %5s\n", count, best[0], best[0] / best[1], goal);
}

int main(void)
{
    puts("connections   ns  ratio  goal");
    compare(0, "1.15");
    compare(1, "1.15");
    compare(20, "1.10");
    return 0;
}
