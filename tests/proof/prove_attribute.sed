# SPDX-License-Identifier: MIT
#
# Inserts the invariant of the loop over the bytes of numbers into src/qutil/soh_attribute.c. The
# invariant uses variables of prove_attribute.c.

/^static void copy_numbers/,/^}/{
/^    for (i = 0; i < total; i++)$/a\
    __CPROVER_assigns(i, __CPROVER_object_upto(to, total))\
    __CPROVER_loop_invariant(i <= total)\
    __CPROVER_loop_invariant(watched_to >= i || to[watched_to] == watched_byte)\
    __CPROVER_decreases(total - i)
}
