# SPDX-License-Identifier: MIT
#
# The sources of the DLLs. Native test programs compile the lists QUTIL_CLASS_SOURCES and
# QAGENT_CLASS_SOURCES as a whole, and the other sources one by one.
set(QUTIL_CLASS_SOURCES
  common/factory.c
  common/guids.c
  common/module.c
  qutil/memory.c
  qutil/qutil_classes.c
  qutil/soh_attribute.c
  qutil/soh_constructor.c
  qutil/soh_packet.c
  qutil/soh_processor.c)
set(QUTIL_SOURCES
  ${QUTIL_CLASS_SOURCES}
  common/register.c
  qutil/notifier.c)
set(QAGENT_CLASS_SOURCES
  common/factory.c
  common/guids.c
  common/module.c
  qagent/binding.c
  qagent/qagent_classes.c
  qagent/client_management.c
  qagent/store.c)
set(QAGENT_SOURCES
  ${QAGENT_CLASS_SOURCES}
  common/register.c)
foreach(list IN ITEMS QUTIL_CLASS_SOURCES QUTIL_SOURCES QAGENT_CLASS_SOURCES QAGENT_SOURCES)
  list(TRANSFORM ${list} PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
endforeach()
