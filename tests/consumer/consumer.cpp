/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * consumer.c in C++.
 */
#include <naputil.h>

#include <cstdio>

int main()
{
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

    std::printf("NapSoHConstructor: %08lX\nconsumer: done\n",
                static_cast<unsigned long>(CLSID_NapSoHConstructor.Data1));
    return 0;
}
