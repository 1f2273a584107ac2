# src/qutil/memory.c: a count over NULL is believed.
# then the array
/^static void clear_soh(/,/^}/s/soh->attributes && i </i </
