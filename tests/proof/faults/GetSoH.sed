# src/qutil/soh_constructor.c: the out parameter stays as it was on failure.
# there is a packet after S_OK, and else NULL
/^static HRESULT STDMETHODCALLTYPE soh_constructor_GetSoH/,/^}/s/\*soh = NULL;/;/
