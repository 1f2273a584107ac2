# SPDX-License-Identifier: MIT
#
# Writes the names of the GUIDs that the NAP headers in a folder define or declare.
#
#   cmake -DHEADERS=folder -DNAMES=napguid_names.h -P napguid_names.cmake
cmake_minimum_required(VERSION 3.25)

set(names)
file(GLOB headers ${HEADERS}/nap*.h)
foreach(header IN LISTS headers)
  file(STRINGS ${header} lines REGEX "^(DEFINE_GUID\\(|EXTERN_C const CLSID )")
  foreach(line IN LISTS lines)
    if(line MATCHES "^DEFINE_GUID\\(([A-Za-z0-9_]+),")
      string(APPEND names "IID_ROW(${CMAKE_MATCH_1})\n")
    elseif(line MATCHES "^EXTERN_C const CLSID ([A-Za-z0-9_]+)")
      string(APPEND names "CLSID_ROW(${CMAKE_MATCH_1})\n")
    endif()
  endforeach()
endforeach()
file(WRITE ${NAMES} "${names}")
