# src/qutil/memory.c: a string without a terminator in time is taken.
# arithmetic overflow on unsigned to unsigned type conversion in (UINT16)length
/^HRESULT WINAPI AllocCountedString/,/^}/s/> UINT16_MAX)/> UINT16_MAX + 1)/
