/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Times operations against each other.
 */
#include <stdlib.h>
#include <windows.h>

#include "measure.h"

static double now(void)
{
    LARGE_INTEGER counter, frequency;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return (double)counter.QuadPart * 1e9 / (double)frequency.QuadPart;
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

static double time_batch(operation call, void *argument, unsigned calls)
{
    const double start = now();

    while (calls--)
        call(argument);
    return now() - start;
}

/* Each turn begins with another contestant. */
static void run_round(const operation *contestants, unsigned count, void *argument, unsigned turns,
                      unsigned calls, double times[MOST_CONTESTANTS])
{
    unsigned turn, i;

    for (turn = 0; turn < turns; turn++)
    {
        for (i = 0; i < count; i++)
        {
            const unsigned next = (turn + i) % count;
            const double time = time_batch(contestants[next], argument, calls) / calls;

            if (turn == 0 || time < times[next])
                times[next] = time;
        }
    }
}

void measure(const operation *contestants, unsigned count, void *argument, unsigned turns,
             unsigned calls, struct measurement *measurement)
{
    double times[MOST_CONTESTANTS][ROUNDS], ratios[ROUNDS], round_times[MOST_CONTESTANTS] = {0};
    unsigned round, i;

    run_round(contestants, count, argument, 1, calls, round_times);
    for (round = 0; round < ROUNDS; round++)
    {
        run_round(contestants, count, argument, turns, calls, round_times);
        for (i = 0; i < count; i++)
            times[i][round] = round_times[i];
        ratios[round] = round_times[0] / round_times[1];
    }
    for (i = 0; i < count; i++)
    {
        qsort(times[i], ROUNDS, sizeof(times[i][0]), compare);
        measurement->nanoseconds[i] = times[i][ROUNDS / 2];
    }
    qsort(ratios, ROUNDS, sizeof(ratios[0]), compare);
    measurement->ratio = ratios[ROUNDS / 2];
    measurement->least = ratios[0];
    measurement->greatest = ratios[ROUNDS - 1];
}
