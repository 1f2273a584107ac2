/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Runs a check in a process of its own: what it leaves behind, a crash included, is no other check's
 * concern.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/* How it ended, and what it had to say, cut to what has room. */
struct outcome
{
    bool ended; /* by itself, within the time */
    unsigned long code;
    char text[65536];
};

/* Prepares what all checks have in common. */
void process_prepare(void);

/* Runs this program once more, with its own arguments and --run NUMBER, for so many seconds at the
 * most. False where no process could be started. */
bool process_run(size_t number, unsigned seconds, struct outcome *outcome);

#endif
