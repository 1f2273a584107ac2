/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What a pair of Alloc and Free costs: with the DLL, and with the same contract written out in this
 * program, where the compiler sees through it.
 *
 * Each of some rounds takes the two in turn, for a batch of calls each, many times over. A round
 * gives for each the time of its best batch, since everything that disturbs a batch makes it slower,
 * and with it the ratio. Results are the medians over the rounds, and the least and the greatest
 * ratio: tab-separated, nanoseconds for a pair, ratio, least, greatest, and the goal for the ratio.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

enum
{
    ROUNDS = 15,
    TURNS = 20,
    CALLS = 2000
};

typedef void (*operation)(void *argument);

/* What is allocated goes through this, or the compiler would see that nobody looks at it. */
static void *volatile result;

static void *keep(void *block)
{
    result = block;
    return result;
}

static void connections_dll(void *argument)
{
    Connections *list;

    if (SUCCEEDED(AllocConnections(&list, *(const UINT16 *)argument)))
        FreeConnections(keep(list));
}

/* The compiler, which sees the arguments, would leave out the checks of NULL that the DLL makes. */
static void connections_hand(void *argument)
{
    const UINT16 count = *(const UINT16 *)argument;
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
    list = keep(list);
    for (i = 0; list->connections && i < list->count; i++)
    {
        if (list->connections[i])
            list->connections[i]->lpVtbl->Release(list->connections[i]);
    }
    CoTaskMemFree(list->connections);
    CoTaskMemFree(list);
}

static void string_dll(void *argument)
{
    CountedString *string;

    if (SUCCEEDED(AllocCountedString(&string, argument)))
        FreeCountedString(keep(string));
}

static void string_hand(void *argument)
{
    const WCHAR *text = argument;
    CountedString *string;
    size_t length = 0;

    while (length <= UINT16_MAX && text[length])
        length++;
    if (length > UINT16_MAX || !(string = CoTaskMemAlloc(sizeof(*string))))
        return;
    if ((string->string = CoTaskMemAlloc((length + 1) * sizeof(*text))))
        memcpy(string->string, text, (length + 1) * sizeof(*text));
    string->length = (UINT16)length;
    string = keep(string);
    CoTaskMemFree(string->string);
    CoTaskMemFree(string);
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

static double time_batch(operation call, void *argument)
{
    const double start = now();
    unsigned i;

    for (i = 0; i < CALLS; i++)
        call(argument);
    return (now() - start) / CALLS;
}

/* Each turn begins with the other one. */
static void run_round(const operation calls[2], void *argument, double best[2])
{
    unsigned i;

    best[0] = best[1] = 1e12;
    for (i = 0; i < 2 * TURNS; i++)
    {
        const unsigned which = (i + i / 2) % 2;
        const double time = time_batch(calls[which], argument);

        if (time < best[which])
            best[which] = time;
    }
}

static void compare(const char *name, operation dll, operation hand, void *argument,
                    const char *goal)
{
    const operation calls[] = {dll, hand};
    double times[ROUNDS], ratios[ROUNDS], best[2];
    unsigned i;

    run_round(calls, argument, best);
    for (i = 0; i < ROUNDS; i++)
    {
        run_round(calls, argument, best);
        times[i] = best[0];
        ratios[i] = best[0] / best[1];
    }
    qsort(times, ROUNDS, sizeof(times[0]), compare_doubles);
    qsort(ratios, ROUNDS, sizeof(ratios[0]), compare_doubles);
    printf("%s\t%.0f\t%.3f\t%.3f\t%.3f\t%s\n", name, times[ROUNDS / 2], ratios[ROUNDS / 2],
           ratios[0], ratios[ROUNDS - 1], goal);
    fflush(stdout);
}

int main(void)
{
    static UINT16 counts[] = {0, 1, 20};
    static WCHAR text[256 + 1];
    unsigned i;

    for (i = 0; i < 256; i++)
        text[i] = L'q';
    compare("AllocConnections 0", connections_dll, connections_hand, &counts[0], "1.15");
    compare("AllocConnections 1", connections_dll, connections_hand, &counts[1], "1.15");
    compare("AllocConnections 20", connections_dll, connections_hand, &counts[2], "1.10");
    compare("AllocCountedString 8", string_dll, string_hand, text + 256 - 8, "none");
    compare("AllocCountedString 256", string_dll, string_hand, text, "none");
    return 0;
}
