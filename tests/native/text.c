/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Functions of Windows for text, which native tests need.
 */
#include <string.h>

#include <windows.h>

INT WINAPI lstrlenW(const WCHAR *text)
{
    INT length = 0;

    while (text[length])
        length++;
    return length;
}

WCHAR *WINAPI lstrcpyW(WCHAR *to, const WCHAR *from)
{
    return memcpy(to, from, ((size_t)lstrlenW(from) + 1) * sizeof(*to));
}

WCHAR *WINAPI lstrcatW(WCHAR *to, const WCHAR *from)
{
    lstrcpyW(to + lstrlenW(to), from);
    return to;
}

WCHAR *WINAPI lstrcpynW(WCHAR *to, const WCHAR *from, INT room)
{
    INT i;

    for (i = 0; i < room - 1 && from[i]; i++)
        to[i] = from[i];
    to[i] = 0;
    return to;
}

static WCHAR upper(WCHAR character)
{
    return character >= 'a' && character <= 'z' ? (WCHAR)(character - 'a' + 'A') : character;
}

/* Only CSTR_EQUAL is reliable: different texts are always CSTR_LESS_THAN. */
INT WINAPI CompareStringOrdinal(const WCHAR *a, INT a_length, const WCHAR *b, INT b_length,
                                BOOL ignore_case)
{
    const INT length = a_length == -1 ? lstrlenW(a) : a_length;
    INT i = 0;

    if (length != (b_length == -1 ? lstrlenW(b) : b_length))
        return CSTR_LESS_THAN;
    while (i < length && (ignore_case ? upper(a[i]) == upper(b[i]) : a[i] == b[i]))
        i++;
    return i == length ? CSTR_EQUAL : CSTR_LESS_THAN;
}
