/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A program that links with qutil.lib and napguid.lib.
 */
#define COBJMACROS
#include <naputil.h>
#include <stdint.h>
#include <stdio.h>

typedef HRESULT(WINAPI *get_class_object_function)(REFCLSID, REFIID, void **);

int main(void)
{
    FARPROC function;
    IClassFactory *factory;
    CountedString *string;
    Connections *list;

    if (FAILED(AllocConnections(&list, 20)))
        return 1;
    printf("AllocConnections: %u connections\n", list->count);
    FreeConnections(list);

    if (FAILED(AllocCountedString(&string, L"NAP")))
        return 2;
    printf("AllocCountedString: %u characters, %ls\n", string->length, string->string);
    FreeCountedString(string);

    function = GetProcAddress(GetModuleHandleA("qutil.dll"), "DllGetClassObject");
    if (!function || FAILED(((get_class_object_function)(uintptr_t)function)(
                         &CLSID_NapSoHConstructor, &IID_IClassFactory, (void **)&factory)))
        return 3;
    IClassFactory_Release(factory);
    printf("DllGetClassObject: S_OK\nconsumer: done\n");
    return 0;
}
