/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The table of the classes of qutil.dll, for the class factories and for registering.
 */
#include "qutil_private.h"

struct class classes[] = {
    CLASS(NapSoHConstructor, soh_constructor_create),
    CLASS(NapSoHProcessor, soh_processor_create),
};

const size_t class_count = sizeof(classes) / sizeof(classes[0]);

C_ASSERT(sizeof(classes) / sizeof(classes[0]) <= MAX_CLASSES);

/* Replaces the registration of an earlier version of this DLL, or of Microsoft's qutil.dll. */
const bool registers_over_others = true;
