# src/qutil/soh.c: the last code is read beyond the end.
# pointer outside object bounds in bytes[(signed long int)3]
# also: soh_round_trip
/^static void get_elements/,/^}/s/get_word(bytes + i)/get_word(bytes + i + 1)/
