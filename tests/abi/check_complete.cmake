# SPDX-License-Identifier: MIT
#
# Fails where the toolchain's NAP headers declare something that abi_facts.h says nothing about.
#
#   cmake -DFACTS=abi_facts.h -DHEADERS=folder -P check_complete.cmake
cmake_minimum_required(VERSION 3.25)

# Appends the first group of each match of the pattern in the text to the list.
function(collect list text pattern)
  string(REGEX MATCHALL "${pattern}" matches "${text}")
  foreach(match IN LISTS matches)
    string(REGEX REPLACE "${pattern}" "\\1" name "${match}")
    list(APPEND ${list} ${name})
  endforeach()
  set(${list} ${${list}} PARENT_SCOPE)
endfunction()

file(READ ${FACTS} facts)
set(names)
file(GLOB headers ${HEADERS}/nap*.h)
foreach(header IN LISTS headers)
  file(READ ${header} text)
  string(REPLACE ";" "@" text "${text}")
  collect(names "${text}" "#define ([A-Za-z0-9]+) \\(")               # constants
  collect(names "${text}" "\n +([A-Za-z0-9]+) = ")                   # enumerators
  collect(names "${text}" "\n *} ([A-Za-z0-9]+)@")                   # structures, enumerations
  collect(names "${text}" "\ntypedef [A-Za-z0-9 ]+ ([A-Za-z0-9]+)@") # other types
  collect(names "${text}" "\n +[A-Za-z0-9]+ \\**([A-Za-z0-9]+)@")    # members
  collect(names "${text}" "STDMETHODCALLTYPE ([A-Za-z0-9]+)\\(")     # methods
  collect(names "${text}" "WINAPI ([A-Za-z0-9]+)\\(")                # functions
  collect(names "${text}" "DEFINE_GUID\\(IID_([A-Za-z0-9]+),")       # interfaces
  collect(names "${text}" "const CLSID CLSID_([A-Za-z0-9]+)@")       # classes
  collect(names "${text}" "const UINT32 ([A-Za-z0-9]+) =")           # constants of another kind
  # Variables, of which the value is in the text alone.
  string(REGEX MATCHALL "static UINT32 [A-Za-z0-9]+ = 0x[0-9a-fA-F]+@" variables "${text}")
  foreach(variable IN LISTS variables)
    string(REGEX REPLACE "static UINT32 (.*) = (.*)@" "NUMBER[(]\\1, \\2[)]" variable "${variable}")
    if(NOT facts MATCHES "${variable}")
      message(FATAL_ERROR "${FACTS} has no ${variable}")
    endif()
  endforeach()
endforeach()
list(REMOVE_DUPLICATES names)
list(FILTER names EXCLUDE REGEX "Vtbl$")

list(LENGTH names total)
if(total LESS 280)
  message(FATAL_ERROR "only ${total} names found in ${HEADERS}: the patterns no longer match")
endif()
set(missing)
foreach(name IN LISTS names)
  if(NOT facts MATCHES "[^A-Za-z0-9_]${name}[^A-Za-z0-9]")
    list(APPEND missing ${name})
  endif()
endforeach()
if(missing)
  list(JOIN missing "\n  " missing)
  message(FATAL_ERROR "${FACTS} says nothing about:\n  ${missing}")
endif()
message("${total} names of the toolchain's headers are covered")
