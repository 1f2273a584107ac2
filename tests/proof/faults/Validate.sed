# src/qutil/soh_packet.c: an attribute behind the last is looked at.
# memcpy source region readable
/^HRESULT soh_packet_validate/,/^}/s/soh->count/soh->count + 1u/
