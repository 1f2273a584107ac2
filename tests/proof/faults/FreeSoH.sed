# src/qutil/memory.c: a count over NULL is believed.
# then the array
/^VOID WINAPI FreeSoH(/,/^}/s/soh->attributes && i </i </
