# src/memory.c: the value is freed before its list.
# memcpy source region readable
/^VOID WINAPI FreeSoHAttributeValue/,/^}/s/soh_value_clear/CoTaskMemFree(value), soh_value_clear/
