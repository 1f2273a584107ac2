# SPDX-License-Identifier: MIT
#
# The invariants of the loops in src/qutil/soh.c, for a copy that is proved. watched... is in prove_soh.c.

# Here, and nowhere else, a cast is meant to cut a number off.
/^static void put_word/i\
#pragma CPROVER check push\
#pragma CPROVER check disable "conversion"
/^static uint32_t get_word/i\
#pragma CPROVER check pop

/^static void put_elements/,/^}/{
/^    for (i = 0; i < size; i += WORD)$/a\
    __CPROVER_assigns(i, code, __CPROVER_object_from(bytes))\
    __CPROVER_loop_invariant(i <= size && i % WORD == 0)\
    __CPROVER_loop_invariant(watched >= i || bytes[watched_wire] == watched_byte)\
    __CPROVER_decreases(size - i)
}

/^static void get_elements/,/^}/{
/^    for (i = 0; i < size; i += WORD)$/a\
    __CPROVER_assigns(i, code, __CPROVER_object_from(elements))\
    __CPROVER_loop_invariant(i <= size && i % WORD == 0)\
    __CPROVER_loop_invariant(watched >= i || elements[watched] == watched_byte)\
    __CPROVER_decreases(size - i)
}

/^enum soh_status soh_validate/,/^}/{
/^    for (i = 0; i < count; ++i)$/a\
    __CPROVER_assigns(i, seen, has_result, is_repeated)\
    __CPROVER_loop_invariant(i <= count)\
    __CPROVER_loop_invariant(watched >= i || watched_status == SOH_OK)\
    __CPROVER_decreases(count - i)
}
