# src/qutil/memory.c: NULL in a list is released.
# what is released is in the list
/^VOID WINAPI FreeConnections/,/^}/s/if (connections->connections\[i\])/if (connections)/
