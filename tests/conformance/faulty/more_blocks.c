/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * memory.c with a block more, and never given back, for each FixupInfo.
 */
#include "../../../src/qutil/qutil_private.h"

#define AllocFixupInfo real_AllocFixupInfo

/* The whole source, but for the name. NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "../../../src/qutil/memory.c"
#undef AllocFixupInfo

HRESULT WINAPI AllocFixupInfo(FixupInfo **fixupInfo, UINT16 countResultCodes)
{
    /* cppcheck-suppress leakReturnValNotUsed ; that is the fault. */
    CoTaskMemAlloc(1);
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
    return real_AllocFixupInfo(fixupInfo, countResultCodes);
}
