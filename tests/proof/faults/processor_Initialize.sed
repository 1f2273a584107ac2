# src/qutil/soh_processor.c: a copy that is not taken is left.
# after an error nothing is left
/^static HRESULT STDMETHODCALLTYPE soh_processor_Initialize/,/^}/s/model_packet_free(copy);/;/
