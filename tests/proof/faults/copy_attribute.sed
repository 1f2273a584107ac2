# src/qutil/soh_packet.c: the size is read again after the allocation.
# memcpy destination region writeable
s/memcpy(copy->value, own.value, own.size)/memcpy(copy->value, own.value, attribute->size)/
