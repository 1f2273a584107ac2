/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The DLL under test exports the names of the original, with the ordinals from 1. The tests read
 * the image in memory.
 */
#include "test.h"

#include <string.h>

#include <windows.h>

#include "dll.h"
#include "image.h"

static const char *const qutil_exports[] = {
    "AllocConnections",
    "AllocCountedString",
    "AllocFixupInfo",
    "DllCanUnloadNow",
    "DllGetClassObject",
    "DllRegisterServer",
    "DllUnregisterServer",
    "FreeConnections",
    "FreeCountedString",
    "FreeFixupInfo",
    "FreeIsolationInfo",
    "FreeIsolationInfoEx",
    "FreeNapComponentRegistrationInfoArray",
    "FreeNetworkSoH",
    "FreePrivateData",
    "FreeSoH",
    "FreeSoHAttributeValue",
    "FreeSystemHealthAgentState",
    "InitializeNapAgentNotifier",
    "UninitializeNapAgentNotifier",
};

/* COM and regsvr32 need these. */
static const char *const qagent_exports[] = {
    "DllCanUnloadNow",
    "DllGetClassObject",
    "DllRegisterServer",
    "DllUnregisterServer",
};

static HMODULE module;
static const char *const *exports;
static size_t export_count;

static int load_dll(void **state)
{
    const bool is_qutil = strcmp(dll_name(), "qutil.dll") == 0;

    exports = is_qutil ? qutil_exports : qagent_exports;
    export_count = is_qutil ? COUNT_OF(qutil_exports) : COUNT_OF(qagent_exports);
    module = dll_load();
    return module ? 0 : -1;
}

static const void *at(DWORD rva)
{
    return image_at(module, rva);
}

static void test_exports_names_and_ordinals(void **state)
{
    const IMAGE_EXPORT_DIRECTORY *table = image_directory(module, IMAGE_DIRECTORY_ENTRY_EXPORT);
    const DWORD *functions = at(table->AddressOfFunctions);
    const DWORD *names = at(table->AddressOfNames);
    const WORD *indices = at(table->AddressOfNameOrdinals);
    DWORD i;

    assert_string_equal((const char *)at(table->Name), dll_name());
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

/* Each function is in the DLL itself: a forwarded name would be found in another DLL. */
static void test_exports_found_by_name(void **state)
{
    const IMAGE_EXPORT_DIRECTORY *table = image_directory(module, IMAGE_DIRECTORY_ENTRY_EXPORT);
    const DWORD *functions = at(table->AddressOfFunctions);
    size_t i;

    for (i = 0; i < export_count; i++)
        assert_ptr_equal((uintptr_t)dll_export(exports[i]), at(functions[i]));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_exports_names_and_ordinals),
    cmocka_unit_test(test_exports_found_by_name),
};

TEST_GROUP(exports, .setup = load_dll);
