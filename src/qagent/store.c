/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The NAP components that are registered on this machine. Each one is an empty key in the registry:
 * the key needs no values, since no method returns the data of a registration. 32-bit and
 * 64-bit programs share the keys, which are in the 64-bit view of the registry.
 */
#include "qagent_private.h"

#include <napmicrosoftvendorids.h>

#define STORE L"Software\\qutil\\NapAgent\\"

enum
{
    PATH_LENGTH = sizeof(STORE L"Shas\\00000000") / sizeof(WCHAR) /* with the terminator */
};

/* The key of a component. Its id, in hexadecimal digits, replaces the zeros. */
static const WCHAR paths[][PATH_LENGTH] = {
    [STORE_HEALTH_AGENTS] = STORE L"Shas\\00000000",
    [STORE_ENFORCEMENT_CLIENTS] = STORE L"Qecs\\00000000",
};

/* Whether a component can have the id. 0 is not an id, and NapSystemId is the id of NAP itself. */
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

/* Creating the key registers the component. If two threads or programs do so at the same time, one
 * creates the key and gets S_OK; the other finds the key, and gets NAP_E_CONFLICTING_ID. */
HRESULT store_add(enum store_list list, NapComponentId id)
{
    WCHAR path[PATH_LENGTH];
    DWORD disposition;
    LSTATUS status;
    HKEY key;

    if (!is_component_id(id))
        return E_INVALIDARG;
    make_path(list, id, path);
    /* KEY_SET_VALUE asks for write access: a user without it fails, even if the key exists. */
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, REG_OPTION_NON_VOLATILE,
                             KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, &disposition);
    if (status != ERROR_SUCCESS)
        return HRESULT_FROM_WIN32((DWORD)status);
    RegCloseKey(key);
    return disposition == REG_CREATED_NEW_KEY ? S_OK : NAP_E_CONFLICTING_ID;
}

/* RegDeleteKeyExW also deletes the values that earlier versions of this DLL wrote into the key. */
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
