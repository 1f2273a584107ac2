# SPDX-License-Identifier: MIT
#
# The invariant of the loop in src/qutil/soh.c. What it writes is proved in prove_soh.c.

/^static void put_elements/,/^}/{
/^    for (i = 0; i < size; i += WORD)$/a\
    __CPROVER_assigns(i, code, __CPROVER_object_from(bytes))\
    __CPROVER_loop_invariant(i <= size && i % WORD == 0)\
    __CPROVER_decreases(size - i)
}
/^static void put_word/i\
#pragma CPROVER check push\
#pragma CPROVER check disable "conversion"
/^static uint32_t get_word/i\
#pragma CPROVER check pop
