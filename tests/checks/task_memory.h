/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Tells compilers that analyze that COM's task memory is allocated and freed, which the headers of
 * Windows do not. scripts/analyze includes it before everything else.
 */
#ifndef QUTIL_TASK_MEMORY_H
#define QUTIL_TASK_MEMORY_H

#include <basetsd.h>

#ifdef __clang__
#define ALLOCATES __attribute__((ownership_returns(malloc)))
#define FREES     __attribute__((ownership_takes(malloc, 1)))
#else
#define ALLOCATES __attribute__((malloc(CoTaskMemFree, 1)))
#define FREES
#endif

/* As objbase.h has them, which is for each file to include when it has said what it wants of it. */
__declspec(dllimport) void __stdcall CoTaskMemFree(void *block) FREES;
__declspec(dllimport) void *__stdcall CoTaskMemAlloc(SIZE_T size) ALLOCATES;

#endif
