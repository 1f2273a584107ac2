# SPDX-License-Identifier: MIT
#
# The sources of the DLL, for it and for the tests. Native programs take those of the functions over
# memory, of the codec and of the classes.
set(QUTIL_CLASS_SOURCES
  common/factory.c
  common/guids.c
  qutil/memory.c
  common/module.c
  qutil/soh.c
  qutil/soh_constructor.c
  qutil/soh_packet.c
  qutil/soh_processor.c
  qutil/soh_value.c)
set(QUTIL_SOURCES
  ${QUTIL_CLASS_SOURCES}
  qutil/notifier.c
  common/register.c
  common/runtime.c
  qutil/watcher.c)
list(SORT QUTIL_SOURCES)
foreach(list IN ITEMS QUTIL_CLASS_SOURCES QUTIL_SOURCES)
  list(TRANSFORM ${list} PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
endforeach()
