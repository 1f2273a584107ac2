# src/qutil/soh_constructor.c: a packet that has an id takes another one.
# it is the first
/^static HRESULT soh_constructor_check/,/^}/s/constructor->count == 0 ? S_OK : /constructor->count == 1 ? S_OK : /
