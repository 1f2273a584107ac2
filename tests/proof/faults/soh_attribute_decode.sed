# src/qutil/soh_attribute.c: the count is that of the bytes.
# the count is that of the elements
/^static HRESULT decode_elements/,/^}/s#size / layout->element#size#
