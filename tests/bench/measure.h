/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Times operations against each other.
 *
 * Each of some rounds takes the contestants in turn, for a batch of calls each, many times over. A
 * round gives for each contestant the time of its best batch, since everything that disturbs a batch
 * makes it slower, and with it the ratio of the first to the second. Results are the medians over the
 * rounds, and the least and the greatest ratio.
 */
#ifndef MEASURE_H
#define MEASURE_H

enum
{
    ROUNDS = 15,
    MOST_CONTESTANTS = 3
};

typedef void (*operation)(void *argument);

struct measurement
{
    double nanoseconds[MOST_CONTESTANTS]; /* for a call */
    double ratio;                         /* of the first to the second */
    double least;
    double greatest;
};

/* Calls each of the count contestants turns times in a round, for calls calls each time. */
void measure(const operation *contestants, unsigned count, void *argument, unsigned turns,
             unsigned calls, struct measurement *measurement);

#endif
