# SPDX-License-Identifier: MIT
set(triplet i686-w64-mingw32)
set(processor X86)
set(machine x86)
include(${CMAKE_CURRENT_LIST_DIR}/mingw-w64-gcc.cmake)
