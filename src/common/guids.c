/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Defines the GUIDs of COM that the DLLs use; those of NAP are in napguid.c. The toolchain's
 * library has them in one object with some hundred others, which would add 6 KB to each DLL.
 */
#include <windows.h>

#include <initguid.h>

DEFINE_OLEGUID(IID_IUnknown, 0, 0, 0);
DEFINE_OLEGUID(IID_IClassFactory, 1, 0, 0);
DEFINE_OLEGUID(IID_IMarshal, 3, 0, 0);
