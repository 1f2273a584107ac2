# src/qutil/soh_packet.c: an attribute behind the first is not checked.
# Check invariant after step for loop soh_packet_validate.0
/^HRESULT soh_packet_validate/,/^}/s/!soh_attribute_is_valid(&attribute) ||/(i == 0 \&\& !soh_attribute_is_valid(\&attribute)) ||/
