/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Runs a check in a process of its own: what it leaves behind, a crash included, is no other
 * check's concern.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/* What a check had to say, cut to what has room. */
struct outcome
{
    bool passed;
    char text[8192];
};

/* Prepares what all checks have in common. */
void process_prepare(void);

/* Runs this program once more, with its own arguments and --run. */
void process_run(size_t number, struct outcome *outcome);

#endif
