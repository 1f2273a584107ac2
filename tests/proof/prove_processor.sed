# SPDX-License-Identifier: MIT
#
# The invariants of the loops in src/qutil/soh.c and src/qutil/soh_processor.c. watched is in
# prove_processor.c. What the codec promises is proved in prove_soh.c; and in place of soh_packet_copy
# and FreeSoH, which are proved in prove_packet.c and prove_memory_lists.c, models are called.

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

/^enum soh_status soh_validate/,/^}/{
/^    for (i = 0; i < count; ++i)$/a\
    __CPROVER_assigns(i, seen, has_result, is_repeated)\
    __CPROVER_loop_invariant(i <= count)\
    __CPROVER_decreases(count - i)
}

/^static HRESULT STDMETHODCALLTYPE soh_processor_Initialize/,/^}/{
s/soh_packet_copy(/model_packet_copy(/
s/FreeSoH(/model_packet_free(/
}
