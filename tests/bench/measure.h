/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Times operations against each other.
 *
 * Each of some rounds takes the contestants in turn, for a batch of calls each, many times over: what
 * disturbs the machine disturbs all of them. A round gives a time for each contestant, and with it a
 * ratio to another one. What is printed are medians over the rounds, and the least and the greatest
 * ratio.
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

/* Calls each of the count contestants turns times calls times in a round. */
void measure(const operation *contestants, unsigned count, void *argument, unsigned turns,
             unsigned calls, struct measurement *measurement);

#endif
