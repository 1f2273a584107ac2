/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The classes of qutil.dll, as the shared code serves and registers them.
 */
#include "qutil_private.h"

struct class classes[] = {
    CLASS(NapSoHConstructor, soh_constructor_create),
    CLASS(NapSoHProcessor, soh_processor_create),
};

const size_t class_count = sizeof(classes) / sizeof(classes[0]);

C_ASSERT(sizeof(classes) / sizeof(classes[0]) <= MAX_CLASSES);

/* An earlier qutil.dll, or the original where this one is to take its place. */
const bool registers_over_others = true;
