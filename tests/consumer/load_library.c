/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A program that loads qutil.dll by name, and links with no library of ours. With an argument it
 * keeps the DLL loaded until its standard input ends.
 */
#include <stdio.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <initguid.h>
#include <naputil.h>

DEFINE_GUID(class_of_constructor, 0xe8140d53, 0x6535, 0x46a5, 0xb8, 0xa1, 0xda, 0x6c, 0x57, 0x1d,
            0xa9, 0xb9);
DEFINE_GUID(iid_of_factory, 1, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46);

typedef HRESULT(WINAPI *alloc_connections_function)(Connections **, UINT16);
typedef void(WINAPI *free_connections_function)(Connections *);
typedef HRESULT(WINAPI *alloc_counted_string_function)(CountedString **, const WCHAR *);
typedef void(WINAPI *free_counted_string_function)(CountedString *);
typedef HRESULT(WINAPI *get_class_object_function)(REFCLSID, REFIID, void **);

static HMODULE module;

static void *function(const char *name)
{
    return (void *)(ULONG_PTR)GetProcAddress(module, name);
}

int main(int argc, char **argv)
{
    static const WCHAR text[] = {'N', 'A', 'P', 0};
    IClassFactory *factory;
    CountedString *string;
    Connections *list;

    (void)argv;
    if (!(module = LoadLibraryA("qutil.dll")))
        return 1;
    if (FAILED(((alloc_connections_function)function("AllocConnections"))(&list, 20)))
        return 2;
    printf("AllocConnections: %u connections\n", list->count);
    ((free_connections_function)function("FreeConnections"))(list);

    if (FAILED(((alloc_counted_string_function)function("AllocCountedString"))(&string, text)))
        return 3;
    printf("AllocCountedString: %u characters, %c%c%c\n", string->length, string->string[0],
           string->string[1], string->string[2]);
    ((free_counted_string_function)function("FreeCountedString"))(string);

    if (FAILED(((get_class_object_function)function("DllGetClassObject"))(
            &class_of_constructor, &iid_of_factory, (void **)&factory)))
        return 4;
    IClassFactory_Release(factory);
    printf("NapSoHConstructor: %08lX\nconsumer: done\n", (unsigned long)class_of_constructor.Data1);
    fflush(stdout);
    while (argc > 1 && getchar() != EOF)
        ;
    FreeLibrary(module);
    return 0;
}
