# src/qutil/soh.c: a small size over NULL is taken.
# there are no bytes at NULL
# also: soh_decode
/^static bool is_well_formed/,/^}/s/attribute->size != 0 \&\&/attribute->size > WORD \&\&/
