# src/qutil/soh_attribute.c: the value is freed before its list.
# double free
/^VOID WINAPI FreeSoHAttributeValue/,/^}/{
/^    CoTaskMemFree(read_array/i\
    CoTaskMemFree(value);
}
