/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The checks: the cases of the project's test files, each with where it is known from.
 */
#ifndef CHECKS_H
#define CHECKS_H

#include <stdbool.h>
#include <stddef.h>

enum tag
{
    TAG_DOCUMENTED,
    TAG_OBSERVED,
    TAG_DECIDED,
    TAG_COUNT,
    TAG_LEFT_OUT
};

struct tagged_name
{
    const char *group;
    const char *name;
    enum tag tag;
};

/* tags.c */
extern const struct tagged_name tagged_names[];
extern const size_t tagged_name_count;

/* Collects the cases of all test files. False, with a message, where they and the tags do not go
 * together. */
bool checks_collect(void);

size_t checks_count(void);
const struct tagged_name *checks_get(size_t index);

/* Whether "group: name" matches a pattern, in which * stands for any characters and ? for one. */
bool checks_match(size_t index, const char *pattern);

/* Runs a check in this process, with CMocka's output. Returns the number of failures. */
int checks_run(size_t index);

#endif
