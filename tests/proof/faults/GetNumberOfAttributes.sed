# src/qutil/soh_processor.c: the count stays as it was where there is no packet.
# the count is the packet's, or 0
/^static HRESULT STDMETHODCALLTYPE soh_processor_GetNumberOfAttributes/,/^}/s/\*attributeCount = 0;/;/
