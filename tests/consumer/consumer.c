/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A program that links with qutil.lib. It needs no headers and no C runtime, so that it can be
 * compiled for a machine whose SDK is not there. Exits with 0, or the number of what went wrong.
 */
#ifdef _WIN64
#define STDCALL
#else
#define STDCALL __attribute__((stdcall))
#endif

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

__declspec(dllimport) long STDCALL AllocConnections(struct connections **, unsigned short);
__declspec(dllimport) void STDCALL FreeConnections(struct connections *);
__declspec(dllimport) long STDCALL
    AllocCountedString(struct counted_string **, const unsigned short *);
__declspec(dllimport) void STDCALL FreeCountedString(struct counted_string *);
__declspec(dllimport) void STDCALL FreeNapComponentRegistrationInfoArray(unsigned short, void **);

int consume(void);

int consume(void)
{
    static const unsigned short text[] = {'N', 'A', 'P', 0};
    struct connections *list;
    struct counted_string *string;

    if (AllocConnections(&list, 20) != 0)
        return 1;
    if (list->count != 20 || !list->connections || list->connections[19])
        return 2;
    FreeConnections(list);
    if (AllocCountedString(&string, text) != 0)
        return 3;
    if (string->length != 3 || string->string[2] != 'P')
        return 4;
    FreeCountedString(string);
    FreeNapComponentRegistrationInfoArray(0, (void **)0);
    return 0;
}
