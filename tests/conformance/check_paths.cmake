# SPDX-License-Identifier: MIT
#
# Fails where a program names a source file by a path of the machine that built it.
file(STRINGS ${PROGRAM} paths REGEX "^(/|[A-Za-z]:).*\\.[ch]$")
if(paths)
  message(FATAL_ERROR "${PROGRAM} has ${paths} in it")
endif()
