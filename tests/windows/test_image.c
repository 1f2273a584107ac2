/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL's imports, hardening, size and version. The tests load the DLL and read the loaded image.
 * QUTIL_VERSION is the version that the build has given it.
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <windows.h>

#include "dll.h"
#include "image.h"

static HMODULE module;
static char path[MAX_PATH];

static int load(void **state)
{
    module = dll_load();
    return module && GetModuleFileNameA(module, path, MAX_PATH) < MAX_PATH ? 0 : -1;
}

static void test_imports_nothing_else(void **state)
{
    const IMAGE_IMPORT_DESCRIPTOR *entry = image_directory(module, IMAGE_DIRECTORY_ENTRY_IMPORT);
    unsigned found = 0;

    for (; entry->Name; entry++, found++)
    {
        const char *name = image_at(module, entry->Name);

        if (lstrcmpiA(name, "advapi32.dll") && lstrcmpiA(name, "kernel32.dll") &&
            lstrcmpiA(name, "ntdll.dll") && lstrcmpiA(name, "ole32.dll"))
            fail_msg("imports %s", name);
    }
    assert_in_range(found, 3, 4);
}

static void test_characteristics_hardened(void **state)
{
    const IMAGE_DATA_DIRECTORY *directories = image_headers(module)->OptionalHeader.DataDirectory;
    WORD flags = image_headers(module)->OptionalHeader.DllCharacteristics;

    assert_true(flags & IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE);
    assert_true(flags & IMAGE_DLLCHARACTERISTICS_NX_COMPAT);
#ifdef _WIN64
    assert_true(flags & IMAGE_DLLCHARACTERISTICS_HIGH_ENTROPY_VA);
#else
    assert_true(flags & IMAGE_DLLCHARACTERISTICS_NO_SEH);
#endif
    assert_false(image_headers(module)->FileHeader.Characteristics & IMAGE_FILE_RELOCS_STRIPPED);
    assert_true(image_headers(module)->FileHeader.Characteristics & IMAGE_FILE_DLL);
    assert_int_not_equal(directories[IMAGE_DIRECTORY_ENTRY_BASERELOC].Size, 0);
    assert_int_equal(directories[IMAGE_DIRECTORY_ENTRY_DEBUG].Size, 0);
}

static void test_sections_one_executable_none_writable_too(void **state)
{
    const IMAGE_SECTION_HEADER *section = IMAGE_FIRST_SECTION(image_headers(module));
    unsigned executable = 0;
    WORD i;

    for (i = 0; i < image_headers(module)->FileHeader.NumberOfSections; i++)
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

    assert_true(GetFileAttributesExA(path, GetFileExInfoStandard, &data));
    assert_int_equal(data.nFileSizeHigh, 0);
    assert_in_range(data.nFileSizeLow, 1, 32 * 1024);
}

static void test_version_information(void **state)
{
    const struct
    {
        const char *name, *value;
    } strings[] = {
        {"FileVersion", QUTIL_VERSION},       {"ProductVersion", QUTIL_VERSION},
        {"OriginalFilename", dll_name()},     {"InternalName", dll_name()},
        {"CompanyName", "The qutil authors"}, {"ProductName", "qutil"},
    };
    static BYTE info[4096];
    char text[64];
    VS_FIXEDFILEINFO *fixed = NULL;
    void *value = NULL;
    UINT size = 0;
    size_t i;

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

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_imports_nothing_else),
    cmocka_unit_test(test_characteristics_hardened),
    cmocka_unit_test(test_sections_one_executable_none_writable_too),
    cmocka_unit_test(test_file_size),
    cmocka_unit_test(test_version_information),
};

TEST_GROUP(image, .setup = load, .own = true);
