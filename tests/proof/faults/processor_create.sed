# src/qutil/soh_processor.c: the object is left where there is no marshaler.
# all memory is freed
/^HRESULT soh_processor_create/,/^}/s/CoTaskMemFree(processor);/;/
