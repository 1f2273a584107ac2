# SPDX-License-Identifier: MIT
#
# Defines what cmake --install installs, which is also the package for one machine.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(CMAKE_SIZEOF_VOID_P EQUAL 8)
  set(package_machine x64)
else()
  set(package_machine x86)
endif()
set(package_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/qutil)

install(TARGETS qutil napguid
  EXPORT qutil
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS qagent LIBRARY DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${PROJECT_BINARY_DIR}/qutil.manifest ${PROJECT_BINARY_DIR}/qagent.manifest
  DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES LICENSE CHANGELOG.md README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The examples: programs, which do not have qutil.dll beside them, their sources, and manifests.
install(TARGETS enforcement_client health_exchange health_agent health_validator
  RUNTIME DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  LIBRARY DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES
  examples/agent.exe.manifest
  examples/enforcement_client.c
  examples/health_agent.c
  examples/health_exchange.c
  examples/health_validator.c
  examples/health_validator.def
  examples/program.exe.manifest
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

# qutil-tests is only built with BUILD_TESTING, which scripts/package sets.
if(TARGET qutil-tests)
  install(TARGETS qutil-tests RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

# For find_package(qutil CONFIG): qutil depends on no other package, so the targets are enough.
install(EXPORT qutil
  NAMESPACE qutil::
  FILE qutilConfig.cmake
  DESTINATION ${package_config_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/qutilConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/qutilConfigVersion.cmake DESTINATION ${package_config_dir})

configure_file(cmake/qutil.pc.in ${PROJECT_BINARY_DIR}/qutil.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/qutil.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(CPACK_GENERATOR ZIP)
set(CPACK_PACKAGE_FILE_NAME qutil-${PROJECT_VERSION}-win-${package_machine})
include(CPack)

# These files are at the top of the package for Wine.
install(PROGRAMS scripts/install-wine DESTINATION . COMPONENT wine EXCLUDE_FROM_ALL)
install(FILES LICENSE CHANGELOG.md README.md DESTINATION . COMPONENT wine EXCLUDE_FROM_ALL)
configure_file(cmake/CPackWineConfig.cmake.in ${PROJECT_BINARY_DIR}/CPackWineConfig.cmake @ONLY)
