/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * qutil-tests: tests a qutil.dll, whoever made it, and this project's qagent.dll. Each test runs in
 * a process of its own.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "classes.h"
#include "dll.h"
#include "process.h"
#include "usage.h"

#define TIME_LIMIT (15 * 60 * 1000) /* milliseconds for one test */

enum
{
    EXIT_PASSED,
    EXIT_FAILED,
    EXIT_NOT_RUN
};

static struct
{
    const char *dll, *run;
    int repeat; /* 0: --repeat was not given */
    bool list, help, own, registered, single_threaded;
    char **patterns;
    size_t pattern_count;
} options;

/* Without this, the C runtime would replace a pattern with the names of the files that match it. */
extern int _dowildcard;
int _dowildcard = 0;

static void print_usage(FILE *file)
{
    fputs(
        "usage: qutil-tests [OPTION...] [PATTERN...]\n"
        "\n"
        "Tests a qutil.dll: all tests, or those whose name is like a pattern, in which * is any\n"
        "characters and ? one. Without --own nothing is changed on the system.\n"
        "\n"
        "  --list        prints the names of the tests, and runs none\n"
        "  --dll PATH    the qutil.dll or qagent.dll to test; else those that Windows finds by "
        "name\n"
        "  --own         also tests what only this project's DLLs have to be, and tests that "
        "install\n"
        "                a service named napagent: for an administrator, on a system without one\n"
        "  --repeat N    runs each test N times in each of 8 rounds in its process; it fails, "
        "too,\n"
        "                where handles, threads or memory grow from round to round\n"
        "  --registered  creates objects through COM, from the classes that are registered\n"
        "  --sta         uses objects in a single-threaded apartment\n"
        "  --run NAME    runs one test in this process, as for a debugger\n"
        "  --help        prints this\n"
        "\n"
        "docs/contract.md says which rule each test checks, and how the rule is known.\n"
        "\n"
        "Exit code: 0 all passed, 1 some failed, 2 none was run.\n",
        file);
}

static bool parse_number(const char *text, int *number)
{
    char *end = NULL;
    long value = strtol(text, &end, 10);

    *number = (int)value;
    return !*end && value >= 1 && value <= 100000000;
}

static bool parse(int argc, char **argv)
{
    int i;

    options.patterns = calloc((size_t)argc, sizeof(*options.patterns));
    for (i = 1; i < argc; i++)
    {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;

        if (argv[i][0] != '-')
            options.patterns[options.pattern_count++] = argv[i];
        else if (!strcmp(argv[i], "--list"))
            options.list = true;
        else if (!strcmp(argv[i], "--help"))
            options.help = true;
        else if (!strcmp(argv[i], "--own"))
            options.own = true;
        else if (!strcmp(argv[i], "--registered"))
            options.registered = true;
        else if (!strcmp(argv[i], "--sta"))
            options.single_threaded = true;
        else if (value && !strcmp(argv[i], "--dll"))
            options.dll = argv[++i];
        else if (value && !strcmp(argv[i], "--run"))
            options.run = argv[++i];
        else if (value && !strcmp(argv[i], "--repeat") && parse_number(value, &options.repeat))
            i++;
        else
            return false;
    }
    return true;
}

/* No other qagent.dll has to do what this project's does. */
static bool is_own(const struct test_case *test_case)
{
    return test_case->group->own || strcmp(test_case->dll, "qutil.dll") != 0;
}

static bool is_selected(const struct test_case *test_case)
{
    if (options.run)
        return strcmp(test_case->name, options.run) == 0;
    return case_matches(test_case, options.patterns, options.pattern_count) &&
           (options.own || !is_own(test_case)) &&
           (!options.dll || strcmp(test_case->dll, dll_name()) == 0);
}

static const struct CMUnitTest *repeated;

static void repeat(int count)
{
    while (count--)
    {
        void *state = repeated->initial_state;

        if (repeated->setup_func && repeated->setup_func(&state) != 0)
            fail_msg("the set-up failed");
        repeated->test_func(&state);
        if (repeated->teardown_func && repeated->teardown_func(&state) != 0)
            fail_msg("the tear-down failed");
    }
}

static void test_repeat(void **state)
{
    assert_no_growth(repeated->name, repeat, options.repeat);
}

static int run_here(const struct test_case *test_case)
{
    const struct CMUnitTest repeating = {test_case->test->name, test_repeat, NULL, NULL, NULL};
    struct test_case run = *test_case;

    classes_select(options.registered, options.single_threaded);
    dll_select(test_case->dll);
    repeated = test_case->test;
    if (options.repeat)
        run.test = &repeating;
    return case_run(&run) ? EXIT_FAILED : EXIT_PASSED;
}

/* Prints what a test has printed, but not the lines that CMocka prints for every test, nor its hint
 * about debugging in Visual Studio. */
static void print_reasons(char *text)
{
    static const char *const left_out[] = {"[==", "[ RUN", "[  PASSED", "[  FAILED", " 1 FAILED"};
    char *hint = strstr(text, "To debug in Visual Studio"), *line;

    if (hint)
        *hint = 0;
    for (line = strtok(text, "\r\n"); line; line = strtok(NULL, "\r\n"))
    {
        size_t i = 0;

        while (i < COUNT_OF(left_out) && strncmp(line, left_out[i], strlen(left_out[i])) != 0)
            i++;
        if (i == COUNT_OF(left_out))
            printf("    %s\n", line);
    }
}

static bool run_in_process(const struct test_case *test_case)
{
    static char output[65536];
    WCHAR argument[sizeof(test_case->name) + 8];
    bool ended = false, passed;
    DWORD code = 0;

    wsprintfW(argument, L"--run %hs", test_case->name);
    if (!process_run_again(argument, TIME_LIMIT, output, sizeof(output), &ended, &code))
    {
        printf("FAILED  %s\n    no process could be started for it\n", test_case->name);
        return false;
    }
    /* If a function of the DLL ends the process with code 0, CMocka has not printed OK. */
    passed = ended && code == EXIT_PASSED && strstr(output, "[       OK ]");
    printf("%s  %s\n", passed ? "passed" : "FAILED", test_case->name);
    if (!passed)
        print_reasons(output);
    if (!ended)
        printf("    it did not end within %d minutes\n", TIME_LIMIT / 60000);
    else if (!passed && code != EXIT_FAILED)
        printf("    its process ended with 0x%08lx\n", code);
    fflush(stdout); /* the user sees each result at once */
    return passed;
}

/* Runs the selected tests, each in a process of its own; with --run, runs the one test in this
 * process; with --list, prints the names. */
static int run_selected(void)
{
    unsigned passed = 0, selected = 0;
    const char *described = "";
    size_t i;

    for (i = 0; i < cases_count(); i++)
    {
        const struct test_case *test_case = cases_get(i);

        if (!is_selected(test_case))
            continue;
        selected++;
        if (options.run)
            return run_here(test_case);
        if (options.list)
        {
            puts(test_case->name);
            continue;
        }
        dll_select(test_case->dll);
        if (strcmp(described, test_case->dll) != 0 && !dll_describe())
            return EXIT_NOT_RUN;
        described = test_case->dll;
        passed += run_in_process(test_case);
    }
    if (selected == 0)
    {
        fprintf(stderr,
                "there is no such test: --list prints the names, with --own more of them\n");
        return EXIT_NOT_RUN;
    }
    if (!options.list)
        printf("qutil-tests: %u passed, %u failed\n", passed, selected - passed);
    return options.list || passed == selected ? EXIT_PASSED : EXIT_FAILED;
}

int main(int argc, char **argv)
{
    if (!parse(argc, argv))
    {
        print_usage(stderr);
        return EXIT_NOT_RUN;
    }
    if (options.help)
    {
        print_usage(stdout);
        return EXIT_PASSED;
    }
    if (options.dll && !dll_set_path(options.dll))
        return EXIT_NOT_RUN;
    /* A test that crashes ends at once, instead of waiting until somebody closes a message box. */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    return run_selected();
}
