# SPDX-License-Identifier: MIT
#
# The sources of the DLLs, for them and for the tests. Native programs take those of the functions
# over memory, of the codec and of the classes.
set(QUTIL_CLASS_SOURCES
  common/factory.c
  common/guids.c
  common/module.c
  qutil/classes.c
  qutil/memory.c
  qutil/soh.c
  qutil/soh_constructor.c
  qutil/soh_packet.c
  qutil/soh_processor.c
  qutil/soh_value.c)
set(QUTIL_SOURCES
  ${QUTIL_CLASS_SOURCES}
  common/register.c
  common/runtime.c
  qutil/notifier.c)
set(QAGENT_CLASS_SOURCES
  common/factory.c
  common/guids.c
  common/module.c
  qagent/classes.c
  qagent/client_management.c
  qagent/enforcement_client_binding.c
  qagent/health_agent_binding.c
  qagent/no_agent.c
  qagent/store.c)
set(QAGENT_SOURCES
  ${QAGENT_CLASS_SOURCES}
  common/register.c
  common/runtime.c)
foreach(list IN ITEMS QUTIL_CLASS_SOURCES QUTIL_SOURCES QAGENT_CLASS_SOURCES QAGENT_SOURCES)
  list(TRANSFORM ${list} PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
endforeach()
