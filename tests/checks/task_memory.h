/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Tells static analyzers which functions allocate and free COM's task memory. scripts/analyze
 * includes this file before everything else.
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

/* As in objbase.h. It is not included, since each file defines macros before it includes that. */
__declspec(dllimport) void __stdcall CoTaskMemFree(void *block) FREES;
__declspec(dllimport) void *__stdcall CoTaskMemAlloc(SIZE_T size) ALLOCATES;

#endif
