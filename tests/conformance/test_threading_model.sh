#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Registers another threading model for a moment, which qutil-conformance has to see.
#
#   test_threading_model.sh PROGRAM FACTS BITS WINE...
set -euo pipefail

program=$1 facts=$2 bits=$3
shift 3
key='HKLM\Software\Classes\CLSID\{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}\InprocServer32'

register() {
    "${wine[@]}" reg add "$key" /v ThreadingModel /d "$1" /f "/reg:$bits"
}
wine=("$@")
trap 'register Both' EXIT
register Apartment
found=$("${wine[@]}" "$program" --compare "$facts" --filter 'registry*' | tr -d '\r' || true)
echo "$found"
diff <(echo "$found") - <<EOF
decided     registry.constructor.InprocServer32.ThreadingModel
    file: Both
    DLL:  Apartment
# 1 differences
EOF
