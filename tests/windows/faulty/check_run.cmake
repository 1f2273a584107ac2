# SPDX-License-Identifier: MIT
#
# Runs a program and fails unless it ends with an exit code, prints what it should, and nothing that
# it should not:
#
#   cmake -D CODE=N -D OUTPUT=FILE [-D HAS=REGEX;...] [-D HAS_NOT=REGEX;...] -P check_run.cmake -- PROGRAM...
#
# Of ctest's own properties, those that look at the output make it ignore the exit code.
set(command "")
set(seen FALSE)
foreach(i RANGE 1 ${CMAKE_ARGC})
  if(seen)
    list(APPEND command "${CMAKE_ARGV${i}}")
  elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
    set(seen TRUE)
  endif()
endforeach()

# Wine's processes that stay in the background would keep a pipe open.
execute_process(COMMAND ${command}
  RESULT_VARIABLE code
  OUTPUT_FILE ${OUTPUT}
  ERROR_FILE ${OUTPUT}.err)
file(READ ${OUTPUT} text)
file(READ ${OUTPUT}.err errors)
string(REPLACE "\r" "" text "\n${text}${errors}")
message("${text}")

if(NOT code STREQUAL CODE)
  message(SEND_ERROR "exit code ${code}, not ${CODE}")
endif()
foreach(regex IN LISTS HAS)
  if(NOT text MATCHES "${regex}")
    message(SEND_ERROR "no match for: ${regex}")
  endif()
endforeach()
foreach(regex IN LISTS HAS_NOT)
  if(text MATCHES "${regex}")
    message(SEND_ERROR "match for: ${regex}")
  endif()
endforeach()
