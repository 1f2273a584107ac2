/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Collects the facts, each part from a process of its own, and compares them with those of a file.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "describe.h"
#include "dll.h"
#include "process.h"

/* Of a part, in seconds: none does much. */
#define TIME_LIMIT 20

/* Of the process of a part, whatever its exit code: a function may end it. */
#define LAST_LINE "# complete"

enum
{
    MOST_FACTS = 2000,
    LONGEST = 4096, /* a line of a file */
    EXIT_SAME = 0,
    EXIT_DIFFERENT = 1,
    EXIT_NO_FACTS = 2
};

static const struct parts *const all_parts[] = {
    &file_parts,  &registry_parts, &function_parts, &notifier_parts,
    &class_parts, &call_parts,     &packet_parts,   &agent_parts,
};

/* Lines, in the end sorted. */
struct facts
{
    char *lines[MOST_FACTS];
    size_t count;
};

static const char *key_of(const char *line)
{
    return text_of("%.*s", (int)strcspn(line, " "), line);
}

static void add(struct facts *facts, const char *line)
{
    size_t length = strlen(line);

    if (!length || *line == '#')
        return;
    while (line[length - 1] == ' ')
        length--;
    if (facts->count == MOST_FACTS || !(facts->lines[facts->count] = calloc(length + 1, 1)))
    {
        fprintf(stderr, "too many facts\n");
        exit(EXIT_NO_FACTS);
    }
    memcpy(facts->lines[facts->count++], line, length);
}

static int compare_lines(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void sort(struct facts *facts)
{
    qsort(facts->lines, facts->count, sizeof(facts->lines[0]), compare_lines);
}

static const struct part *find_part(size_t number)
{
    size_t i;

    for (i = 0; i < sizeof(all_parts) / sizeof(all_parts[0]); i++)
    {
        if (number < all_parts[i]->count)
            return &all_parts[i]->parts[number];
        number -= all_parts[i]->count;
    }
    return NULL;
}

/* What the process has said before it ended too early counts. */
static void collect_part(struct facts *facts, const struct part *part, size_t number)
{
    static struct outcome outcome;
    bool is_complete = false;
    char *line;

    if (part->needs && !GetProcAddress(dll_module(), part->needs))
        add(facts, text_of("%s = %s is not exported", part->key, part->needs));
    else if (!process_run("--fact", number, TIME_LIMIT, &outcome))
        add(facts, text_of("%s = no process could be started for it", part->key));
    else
    {
        for (line = strtok(outcome.text, "\r\n"); line; line = strtok(NULL, "\r\n"))
        {
            is_complete = !strcmp(line, LAST_LINE);
            if (!is_complete)
                add(facts, line);
        }
        if (!outcome.ended)
            add(facts, text_of("%s = does not end", part->key));
        else if (outcome.code || !is_complete)
            add(facts, text_of("%s = ends the process with 0x%08lx", part->key, outcome.code));
    }
}

/* Whether a part may have facts whose keys a pattern fits. */
static bool may_match(const char *key, const char *pattern)
{
    const size_t length = strlen(key), literal = strcspn(pattern, "*?");

    return !strncmp(key, pattern, length < literal ? length : literal);
}

static struct facts *collect(const char *pattern)
{
    static struct facts facts;
    const struct part *part;
    size_t i;

    for (i = 0; (part = find_part(i)) != NULL; i++)
    {
        if (may_match(part->key, pattern))
            collect_part(&facts, part, i + 1);
    }
    sort(&facts);
    return &facts;
}

int describe_part(size_t number)
{
    const struct part *part = find_part(number - 1);

    if (!part)
        return EXIT_NO_FACTS;
    part->tell(part->key, part->argument);
    printf(LAST_LINE "\n");
    fflush(stdout);
    return EXIT_SAME;
}

int describe(const char *pattern)
{
    const struct facts *facts = collect(pattern);
    size_t i;

    for (i = 0; i < facts->count; i++)
    {
        if (text_matches(key_of(facts->lines[i]), pattern))
            printf("%s\n", facts->lines[i]);
    }
    return EXIT_SAME;
}

static bool read_facts(const char *path, struct facts *facts)
{
    static char line[LONGEST];
    FILE *file = fopen(path, "r");

    if (!file)
        return false;
    while (fgets(line, sizeof(line), file))
    {
        line[strcspn(line, "\r\n")] = 0;
        add(facts, line);
    }
    (void)fclose(file);
    sort(facts);
    return true;
}

/* The system and the build are nobody's decision. */
static const char *next_line(const struct facts *facts, size_t *at, const char *pattern)
{
    for (; *at < facts->count; ++*at)
    {
        const char *key = key_of(facts->lines[*at]);

        if (!text_matches(key, "environment.*") && !text_matches(key, "build.*") &&
            text_matches(key, pattern))
            return facts->lines[*at];
    }
    return NULL;
}

/* As strcmp has it; what is not there comes last. */
static int order(const char *left, const char *right, size_t length)
{
    if (!left || !right)
        return !left - !right;
    return strncmp(left, right, length);
}

static const char *value_of(const char *line)
{
    const char *value = line ? strstr(line, " = ") : NULL;

    return value ? value + 3 : "nothing";
}

static void report(const char *key, const char *theirs, const char *ours)
{
    printf("%-10s  %s\n", describe_tag(key), key);
    printf("    file: %s\n", value_of(theirs));
    printf("    DLL:  %s\n", value_of(ours));
}

static size_t count_differences(const struct facts *theirs, const struct facts *ours,
                                const char *pattern)
{
    size_t i = 0, j = 0, count = 0;

    for (;;)
    {
        const char *left = next_line(theirs, &i, pattern);
        const char *right = next_line(ours, &j, pattern);
        int by_key;

        if (!left && !right)
            return count;
        by_key = order(left, right, left ? strcspn(left, " ") + 1 : 0);
        if (by_key || strcmp(left, right) != 0)
        {
            report(key_of(by_key <= 0 ? left : right), by_key <= 0 ? left : NULL,
                   by_key >= 0 ? right : NULL);
            count++;
        }
        i += by_key <= 0;
        j += by_key >= 0;
    }
}

int describe_differences(const char *path, const char *pattern)
{
    static struct facts theirs;
    size_t count;

    if (!read_facts(path, &theirs) || !theirs.count)
    {
        fprintf(stderr, "%s: no facts can be read\n", path);
        return EXIT_NO_FACTS;
    }
    count = count_differences(&theirs, collect(pattern), pattern);
    printf("# %lu differences\n", (unsigned long)count);
    return count ? EXIT_DIFFERENT : EXIT_SAME;
}

void fact(const char *key, const char *name, const char *format, ...)
{
    va_list arguments;

    printf("%s%s%s = ", key, *key && *name ? "." : "", name);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    /* What comes next may end the process. */
    fflush(stdout);
}

static char *new_text(size_t *size)
{
    static char texts[8][8192 + 16];
    static unsigned next;

    *size = sizeof(texts[0]);
    return texts[next++ % 8];
}

const char *text_of(const char *format, ...)
{
    va_list arguments;
    size_t size;
    char *text = new_text(&size);

    va_start(arguments, format);
    vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return text;
}

const char *hex_of(const void *bytes, size_t size)
{
    size_t capacity, i;
    char *text = new_text(&capacity);

    *text = 0;
    for (i = 0; i < size && 2 * i + 2 < capacity; i++)
        snprintf(text + 2 * i, 3, "%02X", ((const unsigned char *)bytes)[i]);
    return text;
}

const char *code_of(long hr)
{
    return text_of("0x%08lx", (unsigned long)hr);
}

const char *state_of(const void *pointer)
{
    return !pointer ? "NULL" : pointer == SENTINEL ? "unchanged" : "set";
}
