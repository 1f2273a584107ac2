/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL as Windows loads it: exports, imports, hardening, version. Loads it by name, as a program
 * does that is not linked with it, and reads the image in memory.
 *
 * TESTED_DLL is the name of the DLL, whose exports are in a file of their own, and QUTIL_VERSION the
 * version that the build gave it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <windows.h>

#include "tags.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The names that the DLL exports, in the order of their ordinals, from 1. */
extern const char *const exports[];
extern const size_t export_count;

static HMODULE module;
static char path[MAX_PATH];

static const void *at(DWORD rva)
{
    return (const BYTE *)module + rva;
}

static const IMAGE_NT_HEADERS *headers(void)
{
    return at((DWORD)((const IMAGE_DOS_HEADER *)at(0))->e_lfanew);
}

static const void *directory(unsigned index)
{
    DWORD rva = headers()->OptionalHeader.DataDirectory[index].VirtualAddress;

    assert_int_not_equal(rva, 0);
    return at(rva);
}

static int load(void **state)
{
    (void)state;
    module = LoadLibraryA(TESTED_DLL);
    return module && GetModuleFileNameA(module, path, MAX_PATH) < MAX_PATH ? 0 : -1;
}

static void test_exports_names_and_ordinals(void **state)
{
    const IMAGE_EXPORT_DIRECTORY *table = directory(IMAGE_DIRECTORY_ENTRY_EXPORT);
    const DWORD *functions = at(table->AddressOfFunctions);
    const DWORD *names = at(table->AddressOfNames);
    const WORD *indices = at(table->AddressOfNameOrdinals);
    DWORD i;

    (void)state;
    assert_string_equal((const char *)at(table->Name), TESTED_DLL);
    assert_int_equal(table->Base, 1);
    assert_int_equal(table->NumberOfFunctions, export_count);
    assert_int_equal(table->NumberOfNames, export_count);
    for (i = 0; i < export_count; i++)
    {
        assert_string_equal((const char *)at(names[i]), exports[i]);
        assert_int_equal(indices[i], i);
        assert_int_not_equal(functions[i], 0);
    }
}

static void test_exports_found_by_name(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < export_count; i++)
    {
        if (!GetProcAddress(module, exports[i]))
            fail_msg("does not export %s", exports[i]);
    }
}

static void test_imports_nothing_else(void **state)
{
    const IMAGE_IMPORT_DESCRIPTOR *entry = directory(IMAGE_DIRECTORY_ENTRY_IMPORT);
    unsigned found = 0;

    (void)state;
    for (; entry->Name; entry++, found++)
    {
        const char *name = at(entry->Name);

        if (lstrcmpiA(name, "advapi32.dll") && lstrcmpiA(name, "kernel32.dll") &&
            lstrcmpiA(name, "ntdll.dll") && lstrcmpiA(name, "ole32.dll"))
            fail_msg("imports %s", name);
    }
    assert_in_range(found, 3, 4);
}

static void test_characteristics_hardened(void **state)
{
    const IMAGE_DATA_DIRECTORY *directories = headers()->OptionalHeader.DataDirectory;
    WORD flags = headers()->OptionalHeader.DllCharacteristics;

    (void)state;
    assert_true(flags & IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE);
    assert_true(flags & IMAGE_DLLCHARACTERISTICS_NX_COMPAT);
#ifdef _WIN64
    assert_true(flags & IMAGE_DLLCHARACTERISTICS_HIGH_ENTROPY_VA);
#else
    assert_true(flags & IMAGE_DLLCHARACTERISTICS_NO_SEH);
#endif
    assert_false(headers()->FileHeader.Characteristics & IMAGE_FILE_RELOCS_STRIPPED);
    assert_true(headers()->FileHeader.Characteristics & IMAGE_FILE_DLL);
    assert_int_not_equal(directories[IMAGE_DIRECTORY_ENTRY_BASERELOC].Size, 0);
    assert_int_equal(directories[IMAGE_DIRECTORY_ENTRY_DEBUG].Size, 0);
}

static void test_sections_one_executable_none_writable_too(void **state)
{
    const IMAGE_SECTION_HEADER *section = IMAGE_FIRST_SECTION(headers());
    unsigned executable = 0;
    WORD i;

    (void)state;
    for (i = 0; i < headers()->FileHeader.NumberOfSections; i++)
    {
        if (!(section[i].Characteristics & (IMAGE_SCN_MEM_EXECUTE | IMAGE_SCN_CNT_CODE)))
            continue;
        assert_memory_equal(section[i].Name, ".text", sizeof(".text"));
        assert_false(section[i].Characteristics & IMAGE_SCN_MEM_WRITE);
        executable++;
    }
    assert_int_equal(executable, 1);
}

static void test_file_size(void **state)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    (void)state;
    assert_true(GetFileAttributesExA(path, GetFileExInfoStandard, &data));
    assert_int_equal(data.nFileSizeHigh, 0);
    assert_in_range(data.nFileSizeLow, 1, 32 * 1024);
}

static void test_version_information(void **state)
{
    static const struct
    {
        const char *name, *value;
    } strings[] = {
        {"FileVersion", QUTIL_VERSION},       {"ProductVersion", QUTIL_VERSION},
        {"OriginalFilename", TESTED_DLL},     {"InternalName", TESTED_DLL},
        {"CompanyName", "The qutil authors"}, {"ProductName", "qutil"},
    };
    static BYTE info[4096];
    char text[64];
    VS_FIXEDFILEINFO *fixed = NULL;
    void *value = NULL;
    UINT size = 0;
    size_t i;

    (void)state;
    assert_true(GetFileVersionInfoA(path, 0, sizeof(info), info));
    assert_true(VerQueryValueA(info, "\\", (void **)&fixed, &size));
    assert_int_equal(fixed->dwFileType, VFT_DLL);
    snprintf(text, sizeof(text), "%u.%u.%u", HIWORD(fixed->dwFileVersionMS),
             LOWORD(fixed->dwFileVersionMS), HIWORD(fixed->dwFileVersionLS));
    assert_string_equal(text, QUTIL_VERSION);
    for (i = 0; i < COUNT_OF(strings); i++)
    {
        snprintf(text, sizeof(text), "\\StringFileInfo\\040904b0\\%s", strings[i].name);
        assert_true(VerQueryValueA(info, text, &value, &size));
        assert_string_equal(value, strings[i].value);
    }
}

#define TEST(tag, test) TAGGED_TEST(tag, test, NULL, NULL)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(DECIDED, test_exports_names_and_ordinals),
        TEST(OBSERVED, test_exports_found_by_name),
        TEST(OWN, test_imports_nothing_else),
        TEST(OWN, test_characteristics_hardened),
        TEST(OWN, test_sections_one_executable_none_writable_too),
        TEST(OWN, test_file_size),
        TEST(OWN, test_version_information),
    };

    return cmocka_run_group_tests_name("image", tests, load, NULL);
}
