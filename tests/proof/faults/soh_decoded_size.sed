# src/qutil/soh.c: a small size over NULL is taken.
# there are no bytes at NULL
/^static bool is_well_formed/,/^}/s/attribute->size != 0 \&\&/attribute->size > WORD \&\&/
