/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A program that links with qutil.lib and napguid.lib, and needs no headers and no C runtime, so
 * that it can be compiled for a machine whose SDK is not there. Its entry point is consume.
 */
#ifdef _WIN64
#define STDCALL
#else
#define STDCALL __attribute__((stdcall))
#endif

#define STD_OUTPUT_HANDLE 0xFFFFFFF5u

struct guid
{
    unsigned words[4];
};

struct connections
{
    unsigned short count;
    void **connections;
};

struct counted_string
{
    unsigned short length;
    unsigned short *string;
};

__declspec(dllimport) void *STDCALL GetStdHandle(unsigned);
__declspec(dllimport) int STDCALL WriteFile(void *, const void *, unsigned, unsigned *, void *);
__declspec(dllimport) long STDCALL AllocConnections(struct connections **, unsigned short);
__declspec(dllimport) void STDCALL FreeConnections(struct connections *);
__declspec(dllimport) long STDCALL
    AllocCountedString(struct counted_string **, const unsigned short *);
__declspec(dllimport) void STDCALL FreeCountedString(struct counted_string *);
__declspec(dllimport) void STDCALL FreeNapComponentRegistrationInfoArray(unsigned short, void **);

extern const struct guid CLSID_NapSoHConstructor;

int consume(void);

static void print(const char *line)
{
    unsigned length = 0, written;

    while (line[length])
        length++;
    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), line, length, &written, (void *)0);
}

int consume(void)
{
    static const unsigned short text[] = {'N', 'A', 'P', 0};
    struct connections *list;
    struct counted_string *string;

    if (AllocConnections(&list, 20) != 0)
        return 1;
    if (list->count == 20 && list->connections && !list->connections[19])
        print("AllocConnections: 20 connections\n");
    FreeConnections(list);
    if (AllocCountedString(&string, text) != 0)
        return 2;
    if (string->length == 3 && string->string[2] == 'P')
        print("AllocCountedString: 3 characters, NAP\n");
    FreeCountedString(string);
    FreeNapComponentRegistrationInfoArray(0, (void **)0);
    if (CLSID_NapSoHConstructor.words[0] == 0xE8140D53)
        print("NapSoHConstructor: E8140D53\n");
    print("consumer: done\n");
    return 0;
}
