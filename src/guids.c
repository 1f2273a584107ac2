/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Defines the GUIDs of the classes and of the interfaces that the DLL knows.
 */
#include <windows.h>
#include <objbase.h>
#include <naptypes.h>

/* Only from here on, or every GUID of the headers above would be defined. */
#include <initguid.h>
#include <napprotocol.h>

/* The toolchain's library of GUIDs has these in one object with some hundred others, 6 KB. */
DEFINE_OLEGUID(IID_IUnknown, 0, 0, 0);
DEFINE_OLEGUID(IID_IClassFactory, 1, 0, 0);

DEFINE_GUID(CLSID_NapSoHConstructor, 0xe8140d53, 0x6535, 0x46a5, 0xb8, 0xa1, 0xda, 0x6c, 0x57, 0x1d,
            0xa9, 0xb9);
DEFINE_GUID(CLSID_NapSoHProcessor, 0xaa160628, 0x8775, 0x46e3, 0x83, 0x7c, 0xf7, 0xa2, 0xae, 0x66,
            0xe2, 0xf5);
