# src/qutil/memory.c: the fixup's codes are not freed.
# FreeSystemHealthAgentState frees all
/^VOID WINAPI FreeSystemHealthAgentState/,/^}/s/clear_fixup_info(&state->fixupInfo);//
