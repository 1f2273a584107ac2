/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The checks: the cases of the project's test files that are part of the contract.
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
    TAG_COUNT
};

/* As tests/contract/tags.h has them. */
extern const char *const tag_names[TAG_COUNT];

struct check
{
    const char *group;
    const char *name;
    enum tag tag;
};

/* Collects the checks. False, with a message, where one has no tag. */
bool checks_collect(void);

size_t checks_count(void);
const struct check *checks_get(size_t index);

/* Whether a check's "group: name" matches a pattern, in which * stands for any characters and ? for
 * one. */
bool checks_match(size_t index, const char *pattern);

/* Runs a check in this process, with CMocka's output. Returns the number of failures. */
int checks_run(size_t index);

#endif
