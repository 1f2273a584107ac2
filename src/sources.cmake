# SPDX-License-Identifier: MIT
#
# The sources of the DLL, for it and for the tests. Native programs take those of the functions over
# memory, of the codec and of the classes.
set(QUTIL_CLASS_SOURCES
  factory.c
  guids.c
  memory.c
  module.c
  soh.c
  soh_constructor.c
  soh_packet.c
  soh_processor.c
  soh_value.c)
set(QUTIL_SOURCES
  ${QUTIL_CLASS_SOURCES}
  notifier.c
  register.c
  runtime.c
  watcher.c)
list(SORT QUTIL_SOURCES)
foreach(list IN ITEMS QUTIL_CLASS_SOURCES QUTIL_SOURCES)
  list(TRANSFORM ${list} PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
endforeach()
