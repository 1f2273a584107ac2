# SPDX-License-Identifier: MIT
#
# Writes a source file that imports what the objects of a DLL import.
#
#   cmake -DNM= -DOBJECTS= -DPOINTER=.quad|.long -DSOURCE= -P imports.cmake
cmake_minimum_required(VERSION 3.25)

list(FILTER OBJECTS INCLUDE REGEX "\\.c\\.")
execute_process(
  COMMAND ${NM} --undefined-only ${OBJECTS}
  OUTPUT_VARIABLE symbols
  COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "__imp_[A-Za-z0-9_@]+" imports "${symbols}")
list(REMOVE_DUPLICATES imports)
list(LENGTH imports count)
if(count LESS 10)
  message(FATAL_ERROR "only ${count} imports found")
endif()
set(text "__asm__(\".section .rdata,\\\"dr\\\"\\n\"\n")
foreach(import IN LISTS imports)
  string(APPEND text "        \"${POINTER} \\\"${import}\\\"\\n\"\n")
endforeach()
string(APPEND text "        \".text\");\n")
file(WRITE ${SOURCE} "${text}")
