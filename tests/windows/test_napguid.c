/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The library napguid against the toolchain's NAP headers, which other people wrote. They have the
 * values of the interfaces, and of the classes only the names: a class that this test does not know
 * does not compile.
 *
 * napguid_names.h is made by the build from those headers: GUID_ROW(name) for each GUID that they
 * define or declare.
 */
#include "test.h"

#include <string.h>

#include <windows.h>
#include <objbase.h>

/* From here on, each IID is declared, and its value kept under another name. */
#undef DEFINE_GUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                               \
    EXTERN_C const GUID name;                                                                      \
    static const GUID header_##name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}

#include <napcertrelyingparty.h>
#include <napcommon.h>
#include <napenforcementclient.h>
#include <napmanagement.h>
#include <napprotocol.h>
#include <napservermanagement.h>
#include <napsystemhealthagent.h>
#include <napsystemhealthvalidator.h>

/* The headers only name these. */
DEFINE_GUID(CLSID_NapCertRelyingParty, 0xe5fae3b3, 0x1ac8, 0x4bd3, 0x87, 0xe6, 0x48, 0xef, 0xf5,
            0x09, 0xdd, 0xaa);
DEFINE_GUID(CLSID_NapClientManagement, 0xeb082ba1, 0xdf8a, 0x46be, 0x82, 0xf3, 0x35, 0xbf, 0x9e,
            0x9b, 0xe5, 0x2f);
DEFINE_GUID(CLSID_NapEnforcementClientBinding, 0x9443b89b, 0x6564, 0x496a, 0xb1, 0x9c, 0x6c, 0x6d,
            0x22, 0x70, 0x90, 0x45);
DEFINE_GUID(CLSID_NapServerInfo, 0x3b881b82, 0x5bf4, 0x4657, 0xa3, 0xa2, 0xcc, 0xe1, 0x7e, 0x4f,
            0xd3, 0x9a);
DEFINE_GUID(CLSID_NapServerManagement, 0xbfcb2c6d, 0x04aa, 0x4fb9, 0xbc, 0x72, 0x58, 0xe1, 0xaf,
            0x64, 0xbe, 0x39);
DEFINE_GUID(CLSID_NapSoHConstructor, 0xe8140d53, 0x6535, 0x46a5, 0xb8, 0xa1, 0xda, 0x6c, 0x57, 0x1d,
            0xa9, 0xb9);
DEFINE_GUID(CLSID_NapSoHProcessor, 0xaa160628, 0x8775, 0x46e3, 0x83, 0x7c, 0xf7, 0xa2, 0xae, 0x66,
            0xe2, 0xf5);
DEFINE_GUID(CLSID_NapSystemHealthAgentBinding, 0x8e594310, 0x16ca, 0x4a00, 0x93, 0x2f, 0xf7, 0x09,
            0x69, 0xf9, 0x90, 0xc0);

#define GUID_ROW(name) {#name, &(name), &header_##name},
static const struct
{
    const char *name;
    const GUID *ours, *theirs;
} rows[] = {
#include "napguid_names.h"
};

static void test_each_GUID(void **state)
{
    size_t i;

    (void)state;
    assert_true(COUNT_OF(rows) >= 33);
    for (i = 0; i < COUNT_OF(rows); i++)
    {
        if (memcmp(rows[i].ours, rows[i].theirs, sizeof(GUID)) != 0)
            fail_msg("%s has another value", rows[i].name);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_each_GUID),
};

const struct test_group test_napguid = {
    .name = "napguid",
    .tests = tests,
    .count = COUNT_OF(tests),
    .dll = "qutil.dll",
    .own = true,
};
