/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the process has open, runs and has allocated.
 */
#ifndef USAGE_H
#define USAGE_H

#include <stddef.h>

struct usage
{
    unsigned handles;
    unsigned threads;
    size_t heap;
};

unsigned count_threads(void);

/* Threads of Wine's own, which wait for notifications, take a moment to end. */
void await_threads(unsigned count);

struct usage measure_usage(void);
void print_usage(const char *what, struct usage before, struct usage after);

/* Fails the test when there is more now, and prints both. What Wine's RPC keeps open varies by a few
 * handles: do what leaks a handle at least a hundred times. */
void assert_no_growth(const char *what, struct usage before);

/* Fails the test unless all is as it was, and prints both. */
void assert_usage_equal(const char *what, struct usage before);

#endif
