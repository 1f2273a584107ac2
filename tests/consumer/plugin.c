/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A COM server that has forgotten to define what one exports. No library of ours may offer it.
 */
#ifdef _WIN64
#define STDCALL
#else
#define STDCALL __attribute__((stdcall))
#endif

long STDCALL DllCanUnloadNow(void);
long STDCALL DllGetClassObject(const void *, const void *, void **);
long STDCALL DllRegisterServer(void);
long STDCALL DllUnregisterServer(void);

int consume(void);

int consume(void)
{
    return DllCanUnloadNow() || DllGetClassObject(0, 0, 0) || DllRegisterServer() ||
           DllUnregisterServer();
}
