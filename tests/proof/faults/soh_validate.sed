# src/qutil/soh.c: the number of attributes is not bounded.
# a packet has 1 to 100 attributes
s/ || count > SOH_MAX_ATTRIBUTES//
