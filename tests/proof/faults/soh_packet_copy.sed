# src/qutil/soh_packet.c: the count is read again for the array.
# there is room for each
/^HRESULT soh_packet_copy/,/^}/s/alloc_zeroed(packet.count,/alloc_zeroed(soh->count,/
