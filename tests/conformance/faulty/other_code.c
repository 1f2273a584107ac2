/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * soh_constructor.c with another code for a second Initialize, which is decided.
 */
#include "../../../src/qutil/qutil_private.h"

#undef ERROR_ALREADY_INITIALIZED
#define ERROR_ALREADY_INITIALIZED ERROR_INVALID_STATE

/* The whole source, with the fault. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "../../../src/qutil/soh_constructor.c"
