/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * CMake writes groups.inc, with a line GROUP(name) for each test file of the program.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "cases.h"
#include "rows.h"

#define MOST_CASES 400

#define GROUP(name) extern const struct test_group name;
#include "groups.inc"
#undef GROUP

#define GROUP(name) &(name),
static const struct test_group *const groups[] = {
#include "groups.inc"
};

static struct test_case cases[MOST_CASES];
static size_t case_count;

static void add(const struct test_group *group, const char *name_end, const char *dll)
{
    size_t i;

    for (i = 0; i < group->count; i++)
    {
        struct test_case *added = &cases[case_count++];

        if (case_count == MOST_CASES)
        {
            fprintf(stderr, "MOST_CASES is too small\n");
            exit(2);
        }
        snprintf(added->name, sizeof(added->name), "%s%s.%s", group->name, name_end,
                 group->tests[i].name);
        added->group = group;
        added->test = &group->tests[i];
        added->dll = dll;
    }
}

size_t cases_count(void)
{
    size_t i;

    if (case_count > 0)
        return case_count;
    for (i = 0; i < COUNT_OF(groups); i++)
    {
        add(groups[i], "", groups[i]->dll ? groups[i]->dll : "qutil.dll");
        if (!groups[i]->dll)
            add(groups[i], "_qagent", "qagent.dll");
    }
    return case_count;
}

const struct test_case *cases_get(size_t index)
{
    return &cases[index];
}

static bool text_matches(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++)
    {
        if (*pattern == '*')
            return text_matches(text, pattern + 1) || (*text && text_matches(text + 1, pattern));
        if (!*text || (*pattern != '?' && *pattern != *text))
            return false;
    }
    return !*text;
}

bool case_matches(const struct test_case *test_case, char *const *patterns, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
    {
        if (text_matches(test_case->name, patterns[i]))
            return true;
    }
    return count == 0;
}

static CMUnitTestFunction test_function;

static void run_with_rows(void **state)
{
    rows_run(test_function, state);
}

int case_run(const struct test_case *test_case)
{
    struct CMUnitTest tests[] = {*test_case->test};

    test_function = tests[0].test_func;
    tests[0].test_func = run_with_rows;
    return cmocka_run_group_tests_name(test_case->group->name, tests, test_case->group->setup,
                                       test_case->group->teardown);
}
