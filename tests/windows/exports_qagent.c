/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The names that qagent.dll exports: those that COM and regsvr32 ask for.
 */
#include <stddef.h>

extern const char *const exports[];
extern const size_t export_count;

const char *const exports[] = {
    "DllCanUnloadNow",
    "DllGetClassObject",
    "DllRegisterServer",
    "DllUnregisterServer",
};

const size_t export_count = sizeof(exports) / sizeof(exports[0]);
