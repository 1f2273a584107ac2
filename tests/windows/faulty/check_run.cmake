# SPDX-License-Identifier: MIT
#
# Runs a program. Fails unless it ends with exit code CODE, and its output matches each regular
# expression in HAS and none in HAS_NOT:
#
#   cmake -D CODE=N -D OUTPUT=FILE [-D HAS=...] [-D HAS_NOT=...] -P check_run.cmake -- PROGRAM...
#
# ctest's PASS_REGULAR_EXPRESSION is no use here: with it, ctest ignores the exit code.
set(command "")
set(seen FALSE)
foreach(i RANGE 1 ${CMAKE_ARGC})
  if(seen)
    list(APPEND command "${CMAKE_ARGV${i}}")
  elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
    set(seen TRUE)
  endif()
endforeach()

# The output goes to files: Wine's background processes would keep a pipe open.
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
