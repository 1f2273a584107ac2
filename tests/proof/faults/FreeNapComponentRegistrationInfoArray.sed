# src/qutil/memory.c: the vendor's name is not freed.
# each string is freed
/^static void clear_registration_info/,/^}/s/&info->vendorName/\&info->version/
