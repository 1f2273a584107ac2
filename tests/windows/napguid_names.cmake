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
    string(REGEX MATCH "(IID|CLSID)_[A-Za-z0-9_]+" name "${line}")
    string(APPEND names "GUID_ROW(${name})\n")
  endforeach()
endforeach()
file(WRITE ${NAMES} "${names}")
