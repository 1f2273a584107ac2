/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about the registry, which is only read: the two classes, and what else of NAP this system
 * has registered.
 */
#include <stdio.h>
#include <string.h>
#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <naputil.h>

#include "describe.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum
{
    LONGEST = 256,
    DEEPEST = 4
};

/* Where the DLL is lies with the system, and with whoever installed it. */
static void tell_value(const char *key, const char *name, DWORD type, const BYTE *data, DWORD size)
{
    const char *shown = *name ? name : "default";
    const size_t length = strlen(key);

    if (type != REG_SZ && type != REG_EXPAND_SZ)
        fact(key, shown, "type %lu, %s", type, hex_of(data, size));
    else if (!*name && length > 14 && !strcmp(key + length - 14, "InprocServer32"))
        fact("environment", text_of("%s.%s", key, shown), "%s", (const char *)data);
    else
        fact(key, shown, "%s%s", type == REG_SZ ? "" : "expanded: ", (const char *)data);
}

static void tell_values(const char *key, HKEY handle)
{
    char name[LONGEST];
    BYTE data[1024 + 1];
    DWORD i, name_size, size, type;

    for (i = 0;; i++)
    {
        name_size = sizeof(name);
        size = sizeof(data) - 1;
        if (RegEnumValueA(handle, i, name, &name_size, NULL, &type, data, &size) != ERROR_SUCCESS)
            return;
        data[size] = 0;
        tell_value(key, name, type, data, size);
    }
}

/* A key with all that is below it. */
static void tell_key(const char *key, const char *path, unsigned depth)
{
    char name[LONGEST], below[2 * LONGEST], key_below[2 * LONGEST];
    HKEY handle;
    DWORD i;

    if (RegOpenKeyExA(HKEY_CLASSES_ROOT, path, 0, KEY_READ, &handle) != ERROR_SUCCESS)
        return;
    tell_values(key, handle);
    for (i = 0; depth && RegEnumKeyA(handle, i, name, sizeof(name)) == ERROR_SUCCESS; i++)
    {
        snprintf(below, sizeof(below), "%s\\%s", path, name);
        snprintf(key_below, sizeof(key_below), "%s.%s", key, name);
        tell_key(key_below, below, depth - 1);
    }
    RegCloseKey(handle);
}

static const struct
{
    const char *name;
    const GUID *guid;
} classes[] = {
    {"constructor", &CLSID_NapSoHConstructor},
    {"processor", &CLSID_NapSoHProcessor},
};

/* The agent's classes and the validators' side, as the toolchain's napguid has them. */
static const struct
{
    const char *name, *guid;
} others[] = {
    {"NapCertRelyingParty", "{E5FAE3B3-1AC8-4BD3-87E6-48EFF509DDAA}"},
    {"NapClientManagement", "{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}"},
    {"NapEnforcementClientBinding", "{9443B89B-6564-496A-B19C-6C6D22709045}"},
    {"NapServerInfo", "{3B881B82-5BF4-4657-A3A2-CCE17E4FD39A}"},
    {"NapServerManagement", "{BFCB2C6D-04AA-4FB9-BC72-58E1AF64BE39}"},
    {"NapSystemHealthAgentBinding", "{8E594310-16CA-4A00-932F-F70969F990C0}"},
};

static void tell_class(const char *key, unsigned index)
{
    WCHAR guid[40];
    char path[64];

    StringFromGUID2(classes[index].guid, guid, COUNT_OF(guid));
    snprintf(path, sizeof(path), "CLSID\\%.40ls", guid);
    tell_key(key, path, DEEPEST);
}

static void tell_others(const char *key, unsigned argument)
{
    char path[64], name[64];
    size_t i;

    (void)argument;
    for (i = 0; i < COUNT_OF(others); i++)
    {
        snprintf(name, sizeof(name), "%s.%s", key, others[i].name);
        snprintf(path, sizeof(path), "CLSID\\%s", others[i].guid);
        tell_key(name, path, DEEPEST);
    }
}

/* Interfaces whose registered name says that they are NAP's. */
static void tell_interfaces(const char *key, unsigned argument)
{
    char guid[LONGEST], name[2 * LONGEST], path[2 * LONGEST];
    HKEY interfaces;
    LONG size;
    DWORD i;

    (void)argument;
    if (RegOpenKeyExA(HKEY_CLASSES_ROOT, "Interface", 0, KEY_READ, &interfaces) != ERROR_SUCCESS)
        return;
    for (i = 0; RegEnumKeyA(interfaces, i, guid, sizeof(guid)) == ERROR_SUCCESS; i++)
    {
        size = sizeof(name);
        if (RegQueryValueA(interfaces, guid, name, &size) != ERROR_SUCCESS ||
            strncmp(name, "INap", 4) != 0)
            continue;
        snprintf(path, sizeof(path), "Interface\\%s", guid);
        snprintf(name, sizeof(name), "%s.%s", key, guid);
        tell_key(name, path, DEEPEST);
    }
    RegCloseKey(interfaces);
}

static const struct part parts[] = {
    {"registry.constructor", tell_class, 0, NULL},
    {"registry.processor", tell_class, 1, NULL},
    {"environment.class", tell_others, 0, NULL},
    {"environment.interface", tell_interfaces, 0, NULL},
};

const struct parts registry_parts = {parts, COUNT_OF(parts)};
