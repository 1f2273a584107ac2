/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts about the file, from the image in memory and from its version resource, and about the
 * system.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "describe.h"
#include "dll.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const void *at(DWORD rva)
{
    return (const BYTE *)dll_module() + rva;
}

static const IMAGE_NT_HEADERS *headers(void)
{
    return at((DWORD)((const IMAGE_DOS_HEADER *)at(0))->e_lfanew);
}

/* NULL where the DLL has none. */
static const void *directory(unsigned index)
{
    DWORD rva = headers()->OptionalHeader.DataDirectory[index].VirtualAddress;

    return rva ? at(rva) : NULL;
}

static void tell_headers(const char *key, unsigned argument)
{
    const IMAGE_OPTIONAL_HEADER *optional = &headers()->OptionalHeader;

    (void)argument;
    fact("file", "machine", "%04x", headers()->FileHeader.Machine);
    fact(key, "characteristics", "%04x", headers()->FileHeader.Characteristics);
    fact(key, "dll-characteristics", "%04x", optional->DllCharacteristics);
    fact(key, "subsystem", "%u, version %u.%u", optional->Subsystem,
         optional->MajorSubsystemVersion, optional->MinorSubsystemVersion);
    fact(key, "alignment", "%lx %lx", optional->SectionAlignment, optional->FileAlignment);
    fact(key, "linker", "%u.%u", optional->MajorLinkerVersion, optional->MinorLinkerVersion);
    fact(key, "time-stamp", "%08lx", headers()->FileHeader.TimeDateStamp);
    fact(key, "checksum", "%08lx", optional->CheckSum);
    fact(key, "size-of-image", "%lx", optional->SizeOfImage);
}

static void tell_sections(const char *key, unsigned argument)
{
    const IMAGE_SECTION_HEADER *section = IMAGE_FIRST_SECTION(headers());
    WORD i;

    (void)argument;
    for (i = 0; i < headers()->FileHeader.NumberOfSections; i++)
    {
        fact(key, text_of("%02u", i + 1), "%.8s, characteristics %08lx, size %lx",
             (const char *)section[i].Name, section[i].Characteristics,
             section[i].Misc.VirtualSize);
    }
}

static void tell_exports(const char *key, unsigned argument)
{
    const IMAGE_EXPORT_DIRECTORY *table = directory(IMAGE_DIRECTORY_ENTRY_EXPORT);
    const DWORD *names;
    const WORD *indices;
    DWORD i;

    (void)argument;
    fact(key, "name-of-dll", "%s", table ? (const char *)at(table->Name) : "no exports");
    if (!table)
        return;
    names = at(table->AddressOfNames);
    indices = at(table->AddressOfNameOrdinals);
    for (i = 0; i < table->NumberOfNames; i++)
    {
        fact(key, text_of("export.%s", (const char *)at(names[i])), "by name");
        fact(key, text_of("ordinal.%s", (const char *)at(names[i])), "%lu",
             table->Base + indices[i]);
    }
    fact(key, "exports-without-name", "%lu", table->NumberOfFunctions - table->NumberOfNames);
}

static void tell_imports(const char *key, unsigned argument)
{
    const IMAGE_IMPORT_DESCRIPTOR *entry = directory(IMAGE_DIRECTORY_ENTRY_IMPORT);

    (void)argument;
    for (; entry && entry->Name; entry++)
    {
        const IMAGE_THUNK_DATA *thunk = at(entry->OriginalFirstThunk);

        for (; thunk->u1.AddressOfData; thunk++)
        {
            const char *name = text_of("#%u", (unsigned)IMAGE_ORDINAL(thunk->u1.Ordinal));

            if (!IMAGE_SNAP_BY_ORDINAL(thunk->u1.Ordinal))
                name =
                    (const char *)((const IMAGE_IMPORT_BY_NAME *)at((DWORD)thunk->u1.AddressOfData))
                        ->Name;
            fact(key, text_of("%s.%s", (const char *)at(entry->Name), name), "imported");
        }
    }
}

static BOOL CALLBACK tell_resource(HMODULE module, LPCSTR type, LPSTR name, LONG_PTR parameter)
{
    HRSRC resource = FindResourceA(module, name, type);
    const char *text = IS_INTRESOURCE(name) ? text_of("%u", (unsigned)(uintptr_t)name) : name;

    fact((const char *)parameter,
         IS_INTRESOURCE(type) ? text_of("%u.%s", (unsigned)(uintptr_t)type, text)
                              : text_of("%s.%s", type, text),
         "%lu bytes", SizeofResource(module, resource));
    return TRUE;
}

static BOOL CALLBACK tell_resource_type(HMODULE module, LPSTR type, LONG_PTR parameter)
{
    return EnumResourceNamesA(module, type, tell_resource, parameter);
}

static void tell_resources(const char *key, unsigned argument)
{
    (void)argument;
    EnumResourceTypesA(dll_module(), tell_resource_type, (LONG_PTR)key);
}

static void tell_version_strings(const char *key, const void *info, DWORD language)
{
    static const char *const names[] = {
        "CompanyName",    "FileDescription", "FileVersion",      "InternalName",
        "LegalCopyright", "ProductName",     "OriginalFilename", "Comments",
        "PrivateBuild",   "ProductVersion",  "SpecialBuild",     "LegalTrademarks",
    };
    size_t i;

    for (i = 0; i < COUNT_OF(names); i++)
    {
        void *value = NULL;
        UINT size = 0;

        if (VerQueryValueA(info,
                           text_of("\\StringFileInfo\\%04x%04x\\%s", LOWORD(language),
                                   HIWORD(language), names[i]),
                           &value, &size) &&
            size)
            fact(key, names[i], "%s", (const char *)value);
    }
}

static void tell_version(const char *key, unsigned argument)
{
    static BYTE info[8192];
    VS_FIXEDFILEINFO *fixed = NULL;
    DWORD *languages = NULL;
    char path[MAX_PATH] = "";
    UINT size = 0;

    (void)argument;
    GetModuleFileNameA(dll_module(), path, sizeof(path) - 1);
    if (!GetFileVersionInfoA(path, 0, sizeof(info), info))
        return;
    if (VerQueryValueA(info, "\\", (void **)&fixed, &size))
        fact(key, "fixed", "file %08lx%08lx, product %08lx%08lx, flags %lx, system %lx, type %lx",
             fixed->dwFileVersionMS, fixed->dwFileVersionLS, fixed->dwProductVersionMS,
             fixed->dwProductVersionLS, fixed->dwFileFlags, fixed->dwFileOS, fixed->dwFileType);
    if (VerQueryValueA(info, "\\VarFileInfo\\Translation", (void **)&languages, &size) && size >= 4)
    {
        fact(key, "language", "%04x, code page %u", LOWORD(*languages), HIWORD(*languages));
        tell_version_strings(key, info, *languages);
    }
}

static void tell_size(const char *key, unsigned argument)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    char path[MAX_PATH] = "";

    (void)argument;
    GetModuleFileNameA(dll_module(), path, sizeof(path) - 1);
    if (GetFileAttributesExA(path, GetFileExInfoStandard, &data))
        fact(key, "size", "%lu", data.nFileSizeLow);
}

/* As it is in the file: where the DLL is loaded, the header in memory has that address. */
static void tell_image_base(const char *key, unsigned argument)
{
    IMAGE_DOS_HEADER dos;
    IMAGE_NT_HEADERS image;
    char path[MAX_PATH] = "";
    FILE *file;

    (void)argument;
    GetModuleFileNameA(dll_module(), path, sizeof(path) - 1);
    if (!(file = fopen(path, "rb")))
        return;
    if (fread(&dos, sizeof(dos), 1, file) == 1 && !fseek(file, dos.e_lfanew, SEEK_SET) &&
        fread(&image, sizeof(image), 1, file) == 1)
        fact(key, "", "%I64x", (unsigned __int64)image.OptionalHeader.ImageBase);
    (void)fclose(file);
}

static void tell_environment_line(const char *what, const char *value)
{
    fact("environment", what, "%s", value);
}

/* The agent's service: 1 stopped, 4 running. */
static void tell_environment(const char *key, unsigned argument)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = manager ? OpenServiceW(manager, L"napagent", SERVICE_QUERY_STATUS) : NULL;
    const DWORD error = GetLastError();
    SERVICE_STATUS status;

    (void)argument;
    dll_describe(tell_environment_line);
    if (!service)
        fact(key, "napagent", "cannot be opened, error %lu", error);
    else if (QueryServiceStatus(service, &status))
        fact(key, "napagent", "state %lu", status.dwCurrentState);
    if (service)
        CloseServiceHandle(service);
    if (manager)
        CloseServiceHandle(manager);
}

/* What is asked of a DLL of this name is the file's, the rest that of its build. */
static const struct part parts[] = {
    {"file", tell_exports, 0, NULL},
    {"build", tell_headers, 0, NULL},
    {"build.image-base", tell_image_base, 0, NULL},
    {"build.section", tell_sections, 0, NULL},
    {"build.import", tell_imports, 0, NULL},
    {"build.resource", tell_resources, 0, NULL},
    {"build.version", tell_version, 0, NULL},
    {"build", tell_size, 0, NULL},
    {"environment", tell_environment, 0, NULL},
};

const struct parts file_parts = {parts, COUNT_OF(parts)};
