/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Whether the process ever has more open, running or allocated.
 */
#ifndef USAGE_H
#define USAGE_H

unsigned count_threads(void);
/* Waits, for so long that all that end by themselves have ended, until there are no more than COUNT.
 * Returns how many there are. */
unsigned await_threads(unsigned count);

/* Has REPEAT do something COUNT times, over and over, and fails the test when handles, threads or
 * heap grow with every round, once all have had time to settle: that is a leak. A heap that keeps
 * memory for later, and connections of Wine's RPC, which come and go, grow in some rounds. Wine 10
 * takes memory for some thirty small blocks at a time: let a round do it 64 times. */
void assert_no_growth(const char *what, void (*repeat)(int count), int count);

/* To be called where the service manager is used: measures how many bytes of the heap are lost with
 * each OpenSCManager, which are not ours, and no longer counts those of two each time as growth.
 * They are 0 in Wine 8.0 and some 330 in Wine 10.0. */
void tolerate_service_manager(void);

#endif
