# src/qutil/soh_packet.c: the size is read again after the allocation.
# memcpy destination region writeable
s/memcpy(copy->value, attribute.value, attribute.size)/memcpy(copy->value, attribute.value, source->size)/
