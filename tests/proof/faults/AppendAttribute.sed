# src/qutil/soh_constructor.c: a block is left when the packet takes no more.
# and leaves nothing allocated
# also: constructor_Initialize
/^static HRESULT soh_constructor_append/,/^}/s/CoTaskMemFree(attribute.value);/;/
