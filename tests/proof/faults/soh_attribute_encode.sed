# src/qutil/soh_attribute.c: the elements are written over the head.
# each octet is in its place
/^HRESULT soh_attribute_encode/,/^}/s/copy_elements(layout, bytes + layout->head,/copy_elements(layout, bytes,/
