# src/qutil/soh.c: one element more than a type allows is taken.
# the size is 4,000 at most
# also: soh_decoded_size
s/rule->min_count <= count \&\& count <= rule->max_count/rule->min_count <= count \&\& count <= rule->max_count + 1u/
