# SPDX-License-Identifier: MIT
#
# Inserts invariants of loops into src/qutil/memory.c. They use variables of prove_memory_lists.c.

/^VOID WINAPI FreeSoH(/,/^}/{
/^    for (i = 0; .*i < soh->count; i++)$/a\
    __CPROVER_assigns(i, freed)\
    __CPROVER_loop_invariant(i <= soh->count && freed == i)\
    __CPROVER_decreases(soh->count - i)
}

/^VOID WINAPI FreeConnections(/,/^}/{
/^    for (i = 0; .*i < connections->count; i++)$/a\
    __CPROVER_assigns(i, releases)\
    __CPROVER_loop_invariant(i <= connections->count)\
    __CPROVER_loop_invariant(watched >= count ||\
                             releases == (watched < i && connections->connections[watched]))\
    __CPROVER_decreases(connections->count - i)
}

/^VOID WINAPI FreeNapComponentRegistrationInfoArray/,/^}/{
/^    for (i = 0; i < count; i++)$/a\
    __CPROVER_assigns(i, freed)\
    __CPROVER_loop_invariant(i <= count && freed == i * (size_t)4)\
    __CPROVER_decreases(count - i)
}
