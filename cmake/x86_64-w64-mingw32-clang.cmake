# SPDX-License-Identifier: MIT
set(triplet x86_64-w64-mingw32)
set(processor AMD64)
set(machine x64)
include(${CMAKE_CURRENT_LIST_DIR}/mingw-w64-clang.cmake)
