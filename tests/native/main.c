/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Runs test cases natively: those of DLL_NAME, whose sources are linked with the program.
 *
 *   PROGRAM [--list] [PATTERN...]   runs the cases whose names match; --list prints their names
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "cases.h"

int main(int argc, char **argv)
{
    const bool list = argc > 1 && strcmp(argv[1], "--list") == 0;
    const int first = list ? 2 : 1;
    int failures = 0;
    size_t i, run = 0;

    for (i = 0; i < cases_count(); i++)
    {
        if (strcmp(cases_get(i)->dll, DLL_NAME) != 0 ||
            !case_matches(cases_get(i), argv + first, (size_t)(argc - first)))
            continue;
        run++;
        if (list)
            puts(cases_get(i)->name);
        else
            failures += case_run(cases_get(i));
    }
    if (run == 0)
        fprintf(stderr, "no test has such a name: --list prints those there are\n");
    return run == 0 || failures != 0;
}
