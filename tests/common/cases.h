/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The list of the test cases of a program. Include test.h first.
 */
#ifndef CASES_H
#define CASES_H

struct test_case
{
    char name[128]; /* GROUP.TEST */
    const struct test_group *group;
    const struct CMUnitTest *test;
    const char *dll;
};

size_t cases_count(void);
const struct test_case *cases_get(size_t index);

/* Whether the name of a case matches one of the patterns, in which * stands for any characters and
 * ? for one character. If there are no patterns, every name matches. */
bool case_matches(const struct test_case *test_case, char *const *patterns, size_t count);

/* Runs a case with CMocka, which prints the result. Returns the number of failures. */
int case_run(const struct test_case *test_case);

#endif
