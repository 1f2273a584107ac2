/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Collects the cases of the test files: these are compiled with another name for main, and with
 * conformance_add_group in the place of CMocka's function that runs a group.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "checks.h"
#include "tags.h"

enum
{
    CAPACITY = 200
};

/* What the mains of the test files are called here. */
int memory_main(void);
int constructor_main(int argc, char **argv);
int processor_main(int argc, char **argv);
int class_factory_main(int argc, char **argv);
int threads_main(int argc, char **argv);
int image_main(void);
int notifier_main(void);

void conformance_select(int argc, char **argv);
int conformance_add_group(const char *group, const struct CMUnitTest *tests, size_t count,
                          CMFixtureFunction setup, CMFixtureFunction teardown);

const char *const tag_names[TAG_COUNT] = {DOCUMENTED, OBSERVED, DECIDED};

static struct check checks[CAPACITY];
/* What CMocka runs for each of them. */
static struct
{
    const struct CMUnitTest *test;
    CMFixtureFunction setup, teardown;
} cases[CAPACITY];
static size_t check_count;
static bool complete = true;

static void add(const char *group, const struct CMUnitTest *test, CMFixtureFunction setup,
                CMFixtureFunction teardown)
{
    const char *name = test->initial_state ? test->initial_state : "";
    enum tag tag = TAG_DOCUMENTED;

    if (!strcmp(name, OWN))
        return;
    while (tag < TAG_COUNT && strcmp(name, tag_names[tag]) != 0)
        tag++;
    if (tag == TAG_COUNT || check_count == CAPACITY)
    {
        fprintf(stderr, "%s: %s has no tag, or no room\n", group, test->name);
        complete = false;
        return;
    }
    checks[check_count] = (struct check){group, test->name, tag};
    cases[check_count].test = test;
    cases[check_count].setup = setup;
    cases[check_count].teardown = teardown;
    check_count++;
}

int conformance_add_group(const char *group, const struct CMUnitTest *tests, size_t count,
                          CMFixtureFunction setup, CMFixtureFunction teardown)
{
    size_t i;

    for (i = 0; i < count; i++)
        add(group, &tests[i], setup, teardown);
    return 0;
}

/* In the place of classes_select: the classes are those of the DLL under test, never the ones that
 * COM finds in the registry. */
void conformance_select(int argc, char **argv)
{
    (void)argc;
    (void)argv;
}

bool checks_collect(void)
{
    char *arguments[] = {NULL};

    memory_main();
    constructor_main(0, arguments);
    processor_main(0, arguments);
    class_factory_main(0, arguments);
    threads_main(0, arguments);
    image_main();
    notifier_main();
    return complete;
}

size_t checks_count(void)
{
    return check_count;
}

const struct check *checks_get(size_t index)
{
    return &checks[index];
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

bool checks_match(size_t index, const char *pattern)
{
    char text[128];

    snprintf(text, sizeof(text), "%s: %s", checks[index].group, checks[index].name);
    return text_matches(text, pattern);
}

int checks_run(size_t index)
{
    return _cmocka_run_group_tests(checks[index].group, cases[index].test, 1, cases[index].setup,
                                   cases[index].teardown);
}
