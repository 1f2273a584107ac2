# SPDX-License-Identifier: MIT
#
# Fails where the compiler warns of our headers, in old and in new C and C++: all of them with what
# programs define before them, and each by itself.
#
#   cmake -DC=gcc -DCXX=g++ -DHEADERS=folder -P check_warnings.cmake
cmake_minimum_required(VERSION 3.25)

set(failed)
function(compile compiler standard headers)
  list(TRANSFORM headers PREPEND "-include;")
  execute_process(
    COMMAND ${compiler} -std=${standard} -Wall -Wextra -Wpedantic -Werror -I ${HEADERS} ${ARGN}
      ${headers} -include stddef.h -fsyntax-only /dev/null
    RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    set(failed ${failed} "${standard} ${headers} ${ARGN}" PARENT_SCOPE)
  endif()
endfunction()

file(GLOB all RELATIVE ${HEADERS} ${HEADERS}/*.h)
foreach(header IN LISTS all)
  compile("${C};-xc" c99 ${header})
endforeach()
list(REVERSE all)
foreach(definitions IN ITEMS "-DCOBJMACROS" "-DCOBJMACROS;-DCONST_VTABLE" "-DCINTERFACE;-DNONAMELESSUNION")
  compile("${C};-xc" c11 "${all}" ${definitions})
  compile("${CXX};-xc++" c++98 "${all}" ${definitions})
endforeach()

list(LENGTH all total)
if(total LESS 4 OR failed)
  list(JOIN failed "\n  " failed)
  message(FATAL_ERROR "${total} headers in ${HEADERS}; the compiler complains of:\n  ${failed}")
endif()
message("${total} headers compile without a warning")
