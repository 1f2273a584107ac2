# src/qutil/memory.c: a list is left allocated when the second allocation fails.
# after an error nothing is left allocated
/^HRESULT WINAPI AllocConnections/,/^}/s/FreeConnections(list);/;/
