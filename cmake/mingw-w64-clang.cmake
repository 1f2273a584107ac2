# SPDX-License-Identifier: MIT
#
# Cross-compiles with clang, and with mingw-w64's headers, libraries and linker. The toolchain files
# set the variables that mingw-w64-gcc.cmake describes.
include(${CMAKE_CURRENT_LIST_DIR}/mingw-w64-gcc.cmake)
set(CMAKE_C_COMPILER clang)
set(CMAKE_C_COMPILER_TARGET ${triplet})
set(CMAKE_NM ${triplet}-nm)
# No C++ compiler is set, because clang finds no C++ headers for Windows.
unset(CMAKE_CXX_COMPILER)

# clang does not find gcc's runtime if gcc's version has a suffix, as in Debian.
execute_process(
  COMMAND ${triplet}-gcc -print-libgcc-file-name
  OUTPUT_VARIABLE libgcc
  OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
cmake_path(GET libgcc PARENT_PATH libgcc_directory)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-L${libgcc_directory}")
set(CMAKE_MODULE_LINKER_FLAGS_INIT "-L${libgcc_directory}")
