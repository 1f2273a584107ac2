# src/qutil/soh.c: the size of the buffer is not compared with the value's.
# memcpy source region readable
/^enum soh_status soh_encode(/,/^}/s/size != needed/size == needed + 1/
