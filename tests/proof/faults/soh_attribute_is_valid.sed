# src/qutil/soh_attribute.c: a small size over NULL is taken.
# there are no bytes at NULL
# also: soh_attribute_decode
/^BOOL soh_attribute_is_valid/,/^}/s/attribute->size \&\& !attribute->value/attribute->size > 4 \&\& !attribute->value/
