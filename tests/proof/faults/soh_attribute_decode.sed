# src/qutil/soh_attribute.c: the count is that of the bytes.
# the count is that of the elements
/^HRESULT soh_attribute_decode/,/^}/s#size / layout->element#size#
