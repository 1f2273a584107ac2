# SPDX-License-Identifier: MIT
#
# The invariants of the loops in src/qutil/soh.c. What they promise is proved in prove_soh.c; and in
# place of soh_packet_copy, which is proved in prove_packet.c, its model is called.

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

/^enum soh_status soh_validate/,/^}/{
/^    for (i = 0; i < count; ++i)$/a\
    __CPROVER_assigns(i, seen, has_result, is_repeated)\
    __CPROVER_loop_invariant(i <= count)\
    __CPROVER_decreases(count - i)
}

/^static HRESULT STDMETHODCALLTYPE soh_constructor_GetSoH/,/^}/s/soh_packet_copy(/model_packet_copy(/
