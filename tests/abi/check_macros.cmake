# SPDX-License-Identifier: MIT
#
# Fails where the call macros for C (COBJMACROS) of our headers differ from those of the toolchain's.
#
#   cmake -DCOMPILER=gcc -DHEADERS=folder -P check_macros.cmake
cmake_minimum_required(VERSION 3.25)

function(read_macros result)
  execute_process(
    COMMAND ${COMPILER} -E -dM -D COBJMACROS ${ARGN} -include windows.h -include naputil.h
      -include napcertrelyingparty.h -include napcommon.h
      -include napsystemhealthagent.h -include napsystemhealthvalidator.h
      -x c /dev/null
    OUTPUT_VARIABLE macros
    COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL
    "#define (Async)?INap[A-Za-z0-9]+_[A-Z][^\n]+"
    macros "${macros}")
  list(TRANSFORM macros REPLACE "^#define " "")
  list(TRANSFORM macros REPLACE " " "")
  list(SORT macros)
  set(${result} ${macros} PARENT_SCOPE)
endfunction()

read_macros(ours -I ${HEADERS})
read_macros(theirs)

list(LENGTH theirs total)
if(total LESS 200)
  message(FATAL_ERROR "only ${total} macros found in the toolchain's headers")
endif()
if(NOT ours STREQUAL theirs)
  set(added ${ours})
  list(REMOVE_ITEM added ${theirs})
  set(missing ${theirs})
  list(REMOVE_ITEM missing ${ours})
  list(JOIN added "\n  " added)
  list(JOIN missing "\n  " missing)
  message(FATAL_ERROR "only in ours:\n  ${added}\nonly in the toolchain's:\n  ${missing}")
endif()
message("${total} call macros are those of the toolchain's headers")
