# SPDX-License-Identifier: MIT
#
# The invariants of the loops in src/qutil/soh.c and src/soh_processor.c. watched is in prove_processor.c.
# What the codec writes is proved in prove_soh.c.

/^static void get_elements/,/^}/{
/^    for (i = 0; i < size; i += WORD)$/a\
    __CPROVER_assigns(i, code, __CPROVER_object_from(elements))\
    __CPROVER_loop_invariant(i <= size && i % WORD == 0)\
    __CPROVER_decreases(size - i)
}

/^static HRESULT STDMETHODCALLTYPE soh_processor_FindNextAttribute/,/^}/{
/^    for (i = fromLocation; i < soh->count; i++)$/a\
    __CPROVER_assigns(i, *attributeLocation)\
    __CPROVER_loop_invariant(*attributeLocation == 0 && i >= fromLocation)\
    __CPROVER_loop_invariant(i <= soh->count || i == fromLocation)\
    __CPROVER_loop_invariant(watched < fromLocation || watched >= i ||\
                             soh->attributes[watched].type != (UINT32)type)\
    __CPROVER_decreases(UINT16_MAX - i)
}
