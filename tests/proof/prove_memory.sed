# SPDX-License-Identifier: MIT
#
# The invariants of the loops in src/qutil/memory.c. They name variables of prove_memory.c too.

/^static size_t bounded_length/,/^}/{
/^    while (length < limit && string\[length\])$/a\
    __CPROVER_assigns(length)\
    __CPROVER_loop_invariant(length <= limit && length <= terminator)\
    __CPROVER_loop_invariant(watched >= length || string[watched] != 0)\
    __CPROVER_decreases(limit - length)
}

/^VOID WINAPI FreeConnections/,/^}/{
/^    for (i = 0; .*i < connections->count; i++)$/a\
    __CPROVER_assigns(i)\
    __CPROVER_loop_invariant(i <= connections->count)\
    __CPROVER_decreases(connections->count - i)
}
