/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Reads the image of a DLL that is loaded: an RVA is an offset from the address of the module.
 */
#include "test.h"

#include "image.h"

const void *image_at(HMODULE module, DWORD rva)
{
    return (const BYTE *)module + rva;
}

const IMAGE_NT_HEADERS *image_headers(HMODULE module)
{
    const IMAGE_DOS_HEADER *dos = image_at(module, 0);

    return image_at(module, (DWORD)dos->e_lfanew);
}

const void *image_directory(HMODULE module, unsigned index)
{
    DWORD rva = image_headers(module)->OptionalHeader.DataDirectory[index].VirtualAddress;

    assert_int_not_equal(rva, 0);
    return image_at(module, rva);
}
