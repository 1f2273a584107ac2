# SPDX-License-Identifier: MIT
#
# Fails where the call macros for C (COBJMACROS) of our headers differ from those of the toolchain's,
# and where the result codes of naperror.h do: with this toolchain winerror.h has them.
#
#   cmake -DCOMPILER=gcc -DHEADERS=folder -P check_macros.cmake
cmake_minimum_required(VERSION 3.25)

function(normalize list)
  list(TRANSFORM ${list} REPLACE "^#define " "")
  list(TRANSFORM ${list} REPLACE " " "")
  list(SORT ${list})
  set(${list} ${${list}} PARENT_SCOPE)
endfunction()

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
    calls "${macros}")
  string(REGEX MATCHALL "#define NAP_[ES]_[^\n]+" codes "${macros}")
  normalize(calls)
  normalize(codes)
  set(${result} ${calls} PARENT_SCOPE)
  set(${result}_codes ${codes} PARENT_SCOPE)
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
file(STRINGS ${HEADERS}/naperror.h our_codes REGEX "^#define NAP_")
normalize(our_codes)
if(NOT theirs_codes OR NOT our_codes STREQUAL theirs_codes)
  message(FATAL_ERROR "result codes:\n  ${our_codes}\nthe toolchain's:\n  ${theirs_codes}")
endif()
message("${total} call macros are those of the toolchain's headers")
