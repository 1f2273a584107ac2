/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Runs a part of this program in a process of its own: what it leaves behind, a crash included, is
 * no other part's concern.
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

/* Prepares what all parts have in common. */
void process_prepare(void);

/* Runs this program once more, with its own arguments, and an option with a number, for so many
 * seconds at the most. False where no process could be started. */
bool process_run(const char *option, size_t number, unsigned seconds, struct outcome *outcome);

#endif
