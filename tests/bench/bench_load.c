/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What loading and unloading the DLL costs, against a DLL that does nothing and has the same
 * imports. Prints a table: tab-separated, nanoseconds for a pair.
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include "measure.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum
{
    TURNS = 10,
    CALLS = 10
};

static void load(const char *name)
{
    HMODULE module = LoadLibraryA(name);

    if (!module)
    {
        fprintf(stderr, "%s does not load: error %lu\n", name, GetLastError());
        exit(1);
    }
    FreeLibrary(module);
}

static void load_qutil(void *argument)
{
    (void)argument;
    load("qutil.dll");
}

static void load_empty(void *argument)
{
    (void)argument;
    load("bench_empty.dll");
}

/* What both import stays loaded. */
int main(void)
{
    static const operation contestants[] = {load_qutil, load_empty};
    const HMODULE ole32 = LoadLibraryA("ole32.dll"), advapi32 = LoadLibraryA("advapi32.dll");
    struct measurement got;

    if (!ole32 || !advapi32)
        return 1;
    measure(contestants, COUNT_OF(contestants), NULL, TURNS, CALLS, &got);
    printf("pair of LoadLibrary and FreeLibrary\tqutil.dll ns\tempty DLL "
           "ns\tratio\tleast\tgreatest\tgoal\n");
    printf("LoadLibrary\t%.0f\t%.0f\t%.3f\t%.3f\t%.3f\t1.15\n", got.nanoseconds[0],
           got.nanoseconds[1], got.ratio, got.least, got.greatest);
    FreeLibrary(advapi32);
    FreeLibrary(ole32);
    return 0;
}
