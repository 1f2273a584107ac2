/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The components that are registered on this machine: a key for each in the registry. There is
 * nothing in it, since no method gives back what a component was registered with. 32-bit and 64-bit
 * programs share the store: it is in the view of the 64-bit programs.
 */
#include "qagent_private.h"

#include <napmicrosoftvendorids.h>

#define STORE L"Software\\qutil\\NapAgent\\"

enum
{
    PATH_LENGTH = sizeof(STORE L"Shas\\00000000") / sizeof(WCHAR) /* with the terminator */
};

/* The id takes the place of the zeros. */
static const WCHAR paths[][PATH_LENGTH] = {
    [STORE_HEALTH_AGENTS] = STORE L"Shas\\00000000",
    [STORE_ENFORCEMENT_CLIENTS] = STORE L"Qecs\\00000000",
};

/* Whether a component can have the id: 0 is nobody's, and the other is the NAP system's own. */
static bool is_component_id(NapComponentId id)
{
    return id != 0 && id != NapSystemId;
}

static void make_path(enum store_list list, NapComponentId id, WCHAR path[PATH_LENGTH])
{
    size_t end = PATH_LENGTH - 1;

    memcpy(path, paths[list], sizeof(paths[list]));
    for (; id != 0; id >>= 4)
        path[--end] = L"0123456789ABCDEF"[id & 0xf];
}

/* Whoever makes the key has registered the component: of those who do so at the same time, one makes
 * it, and the others find it. */
HRESULT store_add(enum store_list list, NapComponentId id)
{
    WCHAR path[PATH_LENGTH];
    DWORD disposition;
    LSTATUS status;
    HKEY key;

    if (!is_component_id(id))
        return E_INVALIDARG;
    make_path(list, id, path);
    /* KEY_SET_VALUE: a user without the right to write is told so, also where the key is there. */
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                             KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, &disposition);
    if (status != ERROR_SUCCESS)
        return HRESULT_FROM_WIN32((DWORD)status);
    RegCloseKey(key);
    return disposition == REG_CREATED_NEW_KEY ? S_OK : NAP_E_CONFLICTING_ID;
}

/* An earlier version has left keys with values in them, which go with the key. */
HRESULT store_remove(enum store_list list, NapComponentId id)
{
    WCHAR path[PATH_LENGTH];
    LSTATUS status;

    if (!is_component_id(id))
        return E_INVALIDARG;
    make_path(list, id, path);
    status = RegDeleteKeyExW(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, 0);
    if (status == ERROR_FILE_NOT_FOUND)
        return NAP_E_NOT_REGISTERED;
    return HRESULT_FROM_WIN32((DWORD)status);
}
