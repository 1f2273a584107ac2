# SPDX-License-Identifier: MIT
#
# Makes the import library of the DLL. The names come from the module definition file, without those
# that are PRIVATE; their decoration (AllocConnections@8) comes from the objects that define them.
#
#   cmake -DNM= -DDLLTOOL= -DMACHINE= -DDEFINITIONS= -DOBJECTS= -DLIBRARY= -P import_library.cmake
cmake_minimum_required(VERSION 3.25)

# The compiled resources, which have no symbols, are an object of the target too.
list(FILTER OBJECTS INCLUDE REGEX "\\.c\\.")
execute_process(
  COMMAND ${NM} --defined-only --extern-only ${OBJECTS}
  OUTPUT_VARIABLE symbols
  COMMAND_ERROR_IS_FATAL ANY)

file(STRINGS ${DEFINITIONS} exports REGEX "@[0-9]+$")
set(definitions "LIBRARY qutil.dll\nEXPORTS\n")
foreach(export IN LISTS exports)
  string(REGEX MATCH "[A-Za-z]+" name "${export}")
  if(NOT symbols MATCHES " T _?(${name}(@[0-9]+)?)\n")
    message(FATAL_ERROR "${DEFINITIONS} exports ${name}, which no object defines")
  endif()
  string(APPEND definitions "    ${CMAKE_MATCH_1}\n")
endforeach()

set(decorated ${LIBRARY}.def)
file(WRITE ${decorated} "${definitions}")
execute_process(
  COMMAND ${DLLTOOL} -k -m ${MACHINE} -d ${decorated} -l ${LIBRARY}
  COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE ${decorated})
