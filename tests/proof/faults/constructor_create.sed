# src/qutil/soh_constructor.c: the critical section is left where there is no marshaler.
# all critical sections are left and deleted
/^static HRESULT soh_constructor_init/,/^}/s/DeleteCriticalSection(&constructor->lock);/;/
