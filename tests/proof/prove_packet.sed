# SPDX-License-Identifier: MIT
#
# Inserts the invariants of the loops into src/qutil/soh_packet.c, and the call of
# model_copy_attribute. They use variables of prove_packet.c.

/^HRESULT soh_packet_copy/,/^}/{
s/hr = copy_attribute(/hr = model_copy_attribute(/
/^    while (made->count < packet.count)$/a\
    __CPROVER_assigns(hr, made->count, caller_packet.count, attribute, watched_blocks)\
    __CPROVER_loop_invariant(made->count <= packet.count)\
    __CPROVER_loop_invariant(watched_blocks <= (watched < made->count))\
    __CPROVER_decreases(packet.count - made->count)
}

/^static BOOL contains/,/^}/{
/^    for (i = 0; i < count; i++)$/a\
    __CPROVER_assigns(i)\
    __CPROVER_loop_invariant(i <= count)\
    __CPROVER_decreases(count - i)
}

/^HRESULT soh_packet_validate/,/^}/{
/^    for (i = 0; i < packet.count; i++)$/a\
    __CPROVER_assigns(i, has_result, has_repeated, __CPROVER_object_whole(types))\
    __CPROVER_loop_invariant(i <= packet.count)\
    __CPROVER_loop_invariant(watched >= i || watched_is_valid)\
    __CPROVER_decreases(packet.count - i)
}
