/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Whether the process ever has more open, running or allocated.
 */
#ifndef USAGE_H
#define USAGE_H

/* Has REPEAT do something COUNT times, over and over, and fails the test when handles, threads or
 * heap grow with every round, once all have had time to settle: that is a leak. A heap that keeps
 * memory for later, and connections of Wine's RPC, which come and go, grow in some rounds. Wine 10
 * takes memory for some thirty small blocks at a time: let a round do it 64 times. */
void assert_no_growth(const char *what, void (*repeat)(int count), int count);

/* To be called where the service manager is used: what is lost of the heap with each OpenSCManager is
 * not ours, and is then measured; that of two each time is no growth. It is nothing in Wine 8.0, and
 * some 330 bytes in Wine 10.0. */
void tolerate_service_manager(void);

#endif
