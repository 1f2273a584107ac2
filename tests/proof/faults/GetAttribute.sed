# src/qutil/soh_processor.c: the block is left when there is no memory for the value.
# after an error nothing is left
/^free_block:/,/^}/s/CoTaskMemFree(block);/;/
