# src/qutil/memory.c: NULL in a list is released.
# what is released is in the list
/^static void clear_connections/,/^}/s/if (connections->connections\[i\])/if (connections)/
