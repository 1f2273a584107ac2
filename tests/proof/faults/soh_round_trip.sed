# src/qutil/soh.c: the halves of a time are exchanged.
# the low half is the same
/^static void get_head/,/^}/s/value->time_low = get_word(bytes + WORD)/value->time_low = get_word(bytes)/
