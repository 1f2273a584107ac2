/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Fails a test when handles, threads or heap of the process grow.
 */
#ifndef USAGE_H
#define USAGE_H

/* Calls REPEAT in each of several rounds; it does something COUNT times. The test fails if handles,
 * threads or heap grow in each of the last rounds: that is a leak. Without a leak they may grow in
 * some rounds: a heap keeps memory for later, and Wine's RPC opens connections. Wine 10 takes
 * memory for some thirty small blocks at a time, so COUNT should be 64. */
void assert_no_growth(const char *what, void (*repeat)(int count), int count);

/* A test that uses the service manager calls this, and the heap may then grow: each OpenSCManager
 * of Wine 10.0 loses some 330 bytes. */
void usage_ignore_heap(void);

#endif
