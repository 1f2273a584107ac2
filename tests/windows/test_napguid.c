/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The library napguid against the toolchain's NAP headers, which other people wrote. They have the
 * values of the interfaces, and of the classes only the names.
 *
 * napguid_names.h is made by the build from those headers: IID_ROW(name) for each IID that they
 * define and CLSID_ROW(name) for each CLSID that they declare.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

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

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct interface_row
{
    const char *name;
    const GUID *ours;
    const GUID *theirs;
};

struct class_row
{
    const char *name;
    const GUID *ours;
};

struct class_value
{
    const char *name;
    const WCHAR *value;
};

#define IID_ROW(name) {#name, &(name), &header_##name},
#define CLSID_ROW(name)
static const struct interface_row interfaces[] = {
#include "napguid_names.h"
};
#undef IID_ROW
#undef CLSID_ROW

#define IID_ROW(name)
#define CLSID_ROW(name) {#name, &(name)},
static const struct class_row classes[] = {
#include "napguid_names.h"
};
#undef IID_ROW
#undef CLSID_ROW

static const struct class_value values[] = {
    {"CLSID_NapCertRelyingParty", L"{E5FAE3B3-1AC8-4BD3-87E6-48EFF509DDAA}"},
    {"CLSID_NapClientManagement", L"{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}"},
    {"CLSID_NapEnforcementClientBinding", L"{9443B89B-6564-496A-B19C-6C6D22709045}"},
    {"CLSID_NapServerInfo", L"{3B881B82-5BF4-4657-A3A2-CCE17E4FD39A}"},
    {"CLSID_NapServerManagement", L"{BFCB2C6D-04AA-4FB9-BC72-58E1AF64BE39}"},
    {"CLSID_NapSoHConstructor", L"{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}"},
    {"CLSID_NapSoHProcessor", L"{AA160628-8775-46E3-837C-F7A2AE66E2F5}"},
    {"CLSID_NapSystemHealthAgentBinding", L"{8E594310-16CA-4A00-932F-F70969F990C0}"},
};

static void test_IID_each(void **state)
{
    size_t i;

    (void)state;
    assert_true(COUNT_OF(interfaces) >= 25);
    for (i = 0; i < COUNT_OF(interfaces); i++)
    {
        if (memcmp(interfaces[i].ours, interfaces[i].theirs, sizeof(GUID)) != 0)
            fail_msg("%s differs from the header's", interfaces[i].name);
    }
}

static const WCHAR *value_of(const char *name)
{
    size_t i;

    for (i = 0; i < COUNT_OF(values); i++)
    {
        if (!strcmp(values[i].name, name))
            return values[i].value;
    }
    fail_msg("this test does not know the value of %s", name);
    return NULL;
}

static void test_CLSID_each(void **state)
{
    WCHAR text[39];
    size_t i;

    (void)state;
    assert_int_equal(COUNT_OF(classes), COUNT_OF(values));
    for (i = 0; i < COUNT_OF(classes); i++)
    {
        const WCHAR *value = value_of(classes[i].name);

        assert_int_equal(StringFromGUID2(classes[i].ours, text, COUNT_OF(text)), COUNT_OF(text));
        if (memcmp(text, value, sizeof(text)) != 0)
            fail_msg("%s is %ls", classes[i].name, text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_IID_each),
        cmocka_unit_test(test_CLSID_each),
    };

    return cmocka_run_group_tests_name("napguid", tests, NULL, NULL);
}
