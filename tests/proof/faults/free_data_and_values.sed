# src/qutil/memory.c: the value is freed before its list.
# dereference failure: deallocated dynamic object in *value
/^VOID WINAPI FreeSoHAttributeValue/,/^}/s/soh_value_clear/CoTaskMemFree(value), soh_value_clear/
