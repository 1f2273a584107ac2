/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Reads the image of a DLL that is loaded.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include <windows.h>

const void *image_at(HMODULE module, DWORD rva);
const IMAGE_NT_HEADERS *image_headers(HMODULE module);

/* Returns what the data directory with this index refers to. The test fails if there is none. */
const void *image_directory(HMODULE module, unsigned index);

#endif
