/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Checks any qutil.dll against its contract, and reports in TAP. Needs no administrator rights and
 * changes nothing on the system.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "dll.h"
#include "process.h"

/* Of a check, in seconds. The slowest takes some. */
#define TIME_LIMIT 300u

enum
{
    EXIT_CONFORMS,
    EXIT_DIFFERS,
    EXIT_NOT_RUN
};

struct options
{
    const char *dll, *filter;
    size_t run; /* 0: all */
    bool list, help;
};

/* The patterns are not those of files, which the C runtime would put in their place. */
extern int _dowildcard; /* NOLINT(bugprone-reserved-identifier) the runtime's name */
int _dowildcard = 0;

static void print_usage(FILE *file)
{
    fputs(
        "usage: qutil-conformance [--dll PATH] [--filter PATTERN] [--list]\n"
        "\n"
        "Checks a qutil.dll against its contract and prints the result in TAP.\n"
        "\n"
        "  --dll PATH        the qutil.dll to check; else the one that Windows finds by name\n"
        "  --filter PATTERN  only checks whose \"group: name\" matches; * is any characters,\n"
        "                    ? one\n"
        "  --list            prints the checks and where each is known from, and runs none\n"
        "  --run NUMBER      runs one check, without TAP's plan, in this process\n"
        "  --help            prints this\n"
        "\n"
        "Documented is what Microsoft's reference says, observed is how programs use the DLL.\n"
        "Decided is what neither says: a DLL that differs there is reported (TODO), and conforms.\n"
        "\n"
        "Exit code: 0 nothing documented or observed differs, 1 something does, 2 not run.\n",
        file);
}

static bool parse_number(const char *text, size_t *number)
{
    char *end = NULL;

    *number = strtoul(text, &end, 10);
    return !*end && *number >= 1;
}

static bool parse(int argc, char **argv, struct options *options)
{
    int i;

    for (i = 1; i < argc; i++)
    {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;

        if (!strcmp(argv[i], "--list"))
            options->list = true;
        else if (!strcmp(argv[i], "--help"))
            options->help = true;
        else if (value && !strcmp(argv[i], "--dll"))
            options->dll = argv[++i];
        else if (value && !strcmp(argv[i], "--filter"))
            options->filter = argv[++i];
        else if (value && !strcmp(argv[i], "--run") && parse_number(value, &options->run))
            i++;
        else
            return false;
    }
    return true;
}

static bool is_selected(const struct options *options, size_t index)
{
    return !options->filter || checks_match(index, options->filter);
}

static size_t count_selected(const struct options *options)
{
    size_t i, count = 0;

    for (i = 0; i < checks_count(); i++)
        count += is_selected(options, i);
    return count;
}

static int list(const struct options *options)
{
    size_t i;

    for (i = 0; i < checks_count(); i++)
    {
        const struct check *check = checks_get(i);

        if (is_selected(options, i))
            printf("%-10s  %s: %s\n", tag_names[check->tag], check->group, check->name);
    }
    return EXIT_CONFORMS;
}

/* CMocka's own results would be taken for ours. */
static bool is_result(const char *line)
{
    static const char *const starts[] = {"1..", "ok ", "not ok ", "# ok ", "# not ok "};
    size_t i;

    for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
    {
        if (!strncmp(line, starts[i], strlen(starts[i])))
            return true;
    }
    return false;
}

/* The message of a clean-up follows that of its check without a line of its own. */
static void print_reason(const char *message)
{
    static const char failure[] = "error: Failure!";
    const char *end;

    while ((end = strstr(message, failure)))
    {
        end += strlen(failure);
        printf("# %.*s\n", (int)(end - message), message);
        message = end;
    }
    if (*message)
        printf("# %s\n", message);
}

/* What CMocka says in TAP, without its own results, and without its hint for whoever has a debugger
 * and the sources. */
static void print_reasons(char *text)
{
    static const char not_run[] = "Could not run test: ", hint[] = "To debug in Visual Studio";
    char *line, *found;

    if ((found = strstr(text, hint)))
        *found = 0;
    for (line = strtok(text, "\r\n"); line; line = strtok(NULL, "\r\n"))
    {
        /* Where the clean-up fails too, a result has the first line of the reason in it. */
        if ((found = strstr(line, not_run)))
            print_reason(found + strlen(not_run));
        else if (!is_result(line))
            print_reason(strncmp(line, "# ", 2) ? line : line + 2);
    }
}

/* A function that ends the process has not passed. */
static bool has_passed(const struct outcome *outcome)
{
    return outcome->ended && outcome->code == 0 && strstr(outcome->text, "\nok 1 - ");
}

static bool run_one(size_t index, size_t number)
{
    static struct outcome outcome;
    const struct check *check = checks_get(index);
    const bool has_run = process_run(index + 1, TIME_LIMIT, &outcome);
    const bool passed = has_run && has_passed(&outcome);

    printf("%s %lu - %s: %s%s\n", passed ? "ok" : "not ok", (unsigned long)number, check->group,
           check->name, !passed && check->tag == TAG_DECIDED ? " # TODO decided" : "");
    if (!has_run)
        printf("# no process could be started for it\n");
    else if (!passed)
        print_reasons(outcome.text);
    if (has_run && !outcome.ended)
        printf("# it did not end within %u seconds\n", TIME_LIMIT);
    else if (has_run && !passed && outcome.code != 1)
        printf("# its process ended with 0x%08lx\n", outcome.code);
    /* Whoever waits for it sees how far it is. */
    fflush(stdout);
    return passed;
}

static void print_summary(const unsigned *passed, const unsigned *run)
{
    printf("# documented: %u of %u pass\n", passed[TAG_DOCUMENTED], run[TAG_DOCUMENTED]);
    printf("# observed: %u of %u pass\n", passed[TAG_OBSERVED], run[TAG_OBSERVED]);
    printf("# decided: %u of %u as ours\n", passed[TAG_DECIDED], run[TAG_DECIDED]);
}

static void print_comment(const char *what, const char *value)
{
    printf("# %s %s\n", what, value);
}

static int run_all(const struct options *options)
{
    unsigned passed[TAG_COUNT] = {0}, run[TAG_COUNT] = {0};
    size_t i, number = 0;
    bool conforms;

    printf("TAP version 13\n1..%lu\n", (unsigned long)count_selected(options));
    dll_describe(print_comment);
    for (i = 0; i < checks_count(); i++)
    {
        if (!is_selected(options, i))
            continue;
        run[checks_get(i)->tag]++;
        passed[checks_get(i)->tag] += run_one(i, ++number);
    }
    print_summary(passed, run);
    conforms =
        passed[TAG_DOCUMENTED] == run[TAG_DOCUMENTED] && passed[TAG_OBSERVED] == run[TAG_OBSERVED];
    printf("# %s\n", conforms ? "conforms" : "differs");
    return conforms ? EXIT_CONFORMS : EXIT_DIFFERS;
}

int main(int argc, char **argv)
{
    struct options options = {0};

    if (!parse(argc, argv, &options))
    {
        print_usage(stderr);
        return EXIT_NOT_RUN;
    }
    if (options.help)
    {
        print_usage(stdout);
        return EXIT_CONFORMS;
    }
    if (!checks_collect())
        return EXIT_NOT_RUN;
    if (options.run > checks_count() || !count_selected(&options))
    {
        fprintf(stderr, "there is no such check\n");
        return EXIT_NOT_RUN;
    }
    if (options.list)
        return list(&options);
    process_prepare();
    if (!dll_load(options.dll))
        return EXIT_NOT_RUN;
    if (options.run)
        return checks_run(options.run - 1) ? EXIT_DIFFERS : EXIT_CONFORMS;
    return run_all(&options);
}
