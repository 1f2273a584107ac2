# SPDX-License-Identifier: MIT
#
# The invariants of the loop in src/qutil/soh_packet.c, and the model that it calls. What is not in
# there is in prove_packet.c.

/^HRESULT soh_packet_copy/,/^}/{
s/hr = copy_attribute(/hr = model_copy_attribute(/
/^    while (made->count < own.count)$/a\
    __CPROVER_assigns(hr, made->count, packet.count, attribute, blocks,\
                      __CPROVER_object_whole(&array))\
    __CPROVER_loop_invariant(made->count <= own.count)\
    __CPROVER_loop_invariant(blocks == (watched < made->count && made->attributes[watched].value))\
    __CPROVER_loop_invariant(watched >= own.count || watched < made->count ||\
                             (made->attributes[watched].size == 0 &&\
                              made->attributes[watched].value == NULL))\
    __CPROVER_decreases(own.count - made->count)
}
