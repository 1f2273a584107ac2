# SPDX-License-Identifier: MIT
#
# Inserts invariants of loops into src/qutil/memory.c. They use variables of prove_memory.c.

/^static size_t bounded_length/,/^}/{
/^    while (length < limit && string\[length\])$/a\
    __CPROVER_assigns(length)\
    __CPROVER_loop_invariant(length <= limit && length <= terminator)\
    __CPROVER_loop_invariant(watched >= length || string[watched] != 0)\
    __CPROVER_decreases(limit - length)
}

/^VOID WINAPI FreeConnections/,/^}/{
/^    for (i = 0; .*i < connections->count; i++)$/a\
    __CPROVER_assigns(i, freed, watched_freed)\
    __CPROVER_loop_invariant(i <= connections->count)\
    __CPROVER_loop_invariant(watched_freed == (is_watched && watched < i))\
    __CPROVER_decreases(connections->count - i)
}

/^VOID WINAPI FreeSoH(/,/^}/{
/^    for (i = 0; .*i < soh->count; i++)$/a\
    __CPROVER_assigns(i, freed, watched_freed)\
    __CPROVER_loop_invariant(i <= soh->count && freed == i && watched_freed == (watched < i))\
    __CPROVER_decreases(soh->count - i)
}

/^VOID WINAPI FreeNapComponentRegistrationInfoArray/,/^}/{
/^    for (i = 0; i < count; i++)$/a\
    __CPROVER_assigns(i, freed, watched_freed)\
    __CPROVER_loop_invariant(i <= count && freed == i * (size_t)4)\
    __CPROVER_loop_invariant(watched_freed == (watched < i))\
    __CPROVER_decreases(count - i)
}
