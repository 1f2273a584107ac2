/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * consumer.c in C++: references in place of pointers to GUIDs, methods in place of call macros.
 */
#include <naputil.h>

#include <cstdint>
#include <cstdio>

using get_class_object_function = HRESULT(WINAPI *)(REFCLSID, REFIID, void **);

int main()
{
    IClassFactory *factory;
    CountedString *string;
    Connections *list;

    if (FAILED(AllocConnections(&list, 20)))
        return 1;
    std::printf("AllocConnections: %u connections\n", list->count);
    FreeConnections(list);

    if (FAILED(AllocCountedString(&string, L"NAP")))
        return 2;
    std::printf("AllocCountedString: %u characters, %ls\n", string->length, string->string);
    FreeCountedString(string);

    const FARPROC function = GetProcAddress(GetModuleHandleA("qutil.dll"), "DllGetClassObject");
    if (!function ||
        FAILED(
            reinterpret_cast<get_class_object_function>(reinterpret_cast<std::uintptr_t>(function))(
                CLSID_NapSoHConstructor, IID_IClassFactory, reinterpret_cast<void **>(&factory))))
        return 3;
    factory->Release();
    std::printf("DllGetClassObject: S_OK\nconsumer: done\n");
    return 0;
}
