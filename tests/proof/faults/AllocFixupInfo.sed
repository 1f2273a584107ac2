# src/qutil/memory.c: a failed allocation is not noticed.
# after an error nothing is left allocated
/^HRESULT WINAPI AllocFixupInfo/,/^}/s/FreeFixupInfo(info);/;/
