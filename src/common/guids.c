/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Defines the GUIDs of COM that the DLLs use. The toolchain's uuid library has them too, but in one
 * object with many others, which would add 6 KB to each DLL. napguid.c has those of NAP.
 */
#include <windows.h>

#include <initguid.h>

DEFINE_OLEGUID(IID_IUnknown, 0, 0, 0);
DEFINE_OLEGUID(IID_IClassFactory, 1, 0, 0);
DEFINE_OLEGUID(IID_IMarshal, 3, 0, 0);
