# SPDX-License-Identifier: MIT
#
# The invariant of the loop over the bytes of numbers in src/qutil/soh_attribute.c. It names variables
# of prove_attribute.c too.

/^static void copy_numbers/,/^}/{
/^    for (i = 0; i < total; i++)$/a\
    __CPROVER_assigns(i, __CPROVER_object_upto(to, total))\
    __CPROVER_loop_invariant(i <= total)\
    __CPROVER_loop_invariant(watched_to >= i || to[watched_to] == watched_byte)\
    __CPROVER_decreases(total - i)
}
