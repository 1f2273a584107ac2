/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A program that links with qutil.lib and napguid.lib.
 */
#include <naputil.h>
#include <stdio.h>

int main(void)
{
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

    printf("NapSoHConstructor: %08lX\nconsumer: done\n",
           (unsigned long)CLSID_NapSoHConstructor.Data1);
    return 0;
}
