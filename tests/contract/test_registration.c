/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What DllRegisterServer and DllUnregisterServer change in the registry.
 */
#include "test.h"

#include <string.h>

#include <windows.h>
#include <objbase.h>

#include "allocations.h"
#include "classes.h"
#include "registration.h"
#include "registry.h"
#include "rows.h"

#define CLASSES   L"Software\\Classes\\CLSID\\"
#define SERVER    L"\\InprocServer32"
#define COMPONENT L"Software\\qutil\\NapAgent\\Shas\\000137F0"

enum
{
    MOST_CHARACTERS = 2 * MAX_PATH /* of a text in the registry */
};

/* The classes of the DLL under test. */
static const struct com_class *classes;
static size_t class_count;

/* The middle of the path of a server, between its prefix and its suffix. */
enum base
{
    NOTHING,
    OUR_PATH,
    OUR_PATH_IN_CAPITALS,
    SYSTEM_FOLDER,
    LONGEST /* the system folder, with so many backslashes that kernel32.dll may follow */
};

static const struct server
{
    const char *name;
    bool is_others; /* whether the path exists, and is not that of the DLL */
    DWORD type;
    const WCHAR *prefix; /* NULL if there is no such key */
    enum base base;
    const WCHAR *suffix;
    DWORD cut; /* number of bytes that are missing at the end */
} servers[] = {
    {"ours", false, REG_SZ, L"", OUR_PATH, L"", 0},
    {"ours, no terminator", false, REG_SZ, L"", OUR_PATH, L"", sizeof(WCHAR)},
    {"ours, another form", false, REG_SZ, L"\\\\?\\", OUR_PATH, L"", 0},
    {"ours, other case", false, REG_SZ, L"", OUR_PATH_IN_CAPITALS, L"", 0},
    {"ours, a variable", false, REG_EXPAND_SZ, L"%QUTIL_TEST%", NOTHING, L"", 0},
    {"theirs", true, REG_SZ, L"", SYSTEM_FOLDER, L"\\kernel32.dll", 0},
    {"theirs, no terminator", true, REG_SZ, L"", SYSTEM_FOLDER, L"\\kernel32.dll", sizeof(WCHAR)},
    {"theirs, another form", true, REG_SZ, L"\\\\?\\", SYSTEM_FOLDER, L"\\kernel32.dll", 0},
    {"theirs, in the system folder", true, REG_SZ, L"kernel32.dll", NOTHING, L"", 0},
    {"theirs, ours begins so", true, REG_SZ, L"", OUR_PATH, L"x", 0},
    {"theirs, the longest path", true, REG_SZ, L"", LONGEST, L"kernel32.dll", 0},
    {"theirs, a variable", true, REG_EXPAND_SZ, L"%QUTIL_TEST%", NOTHING, L"x", 0},
    {"theirs, not to be opened", true, REG_SZ, L"", SYSTEM_FOLDER, L"", 0},
    {"gone", false, REG_SZ, L"C:\\gone\\qutil.dll", NOTHING, L"", 0},
    {"gone from the system folder", false, REG_SZ, L"gone.dll", NOTHING, L"", 0},
    /* Natively this is a link to our file. */
    {"gone, or a link in the system folder", false, REG_SZ, L"qutil_link.dll", NOTHING, L"", 0},
    {"a single character", false, REG_SZ, L"x", NOTHING, L"", 0},
    {"a variable that is not expanded", false, REG_SZ, L"%QUTIL_TEST%", NOTHING, L"", 0},
    {"empty", false, REG_SZ, L"", NOTHING, L"", 0},
    {"empty, no terminator", false, REG_SZ, L"", NOTHING, L"", sizeof(WCHAR)},
    {"half a character", false, REG_SZ, L"Q:", NOTHING, L"", 1},
    {"longer than a path", false, REG_SZ, L"", LONGEST, L"\\kernel32.dll", 0},
    {"REG_MULTI_SZ", false, REG_MULTI_SZ, L"", SYSTEM_FOLDER, L"\\kernel32.dll", 0},
    {"REG_BINARY", false, REG_BINARY, L"", SYSTEM_FOLDER, L"\\kernel32.dll", 0},
    {"REG_NONE", false, REG_NONE, L"", SYSTEM_FOLDER, L"\\kernel32.dll", 0},
    {"no key for a server", false, REG_SZ, NULL, NOTHING, L"", 0},
};

#define OUR_SERVER      (&servers[0])
#define THEIR_SERVER    (&servers[5])
#define THEIR_BARE_NAME (&servers[8])
#define NO_SERVER       (&servers[COUNT_OF(servers) - 1])

static const WCHAR *key_of(size_t index, const WCHAR *subkey)
{
    static WCHAR path[MAX_PATH];

    lstrcpyW(path, CLASSES);
    lstrcatW(path, classes[index].key);
    return lstrcatW(path, subkey);
}

static DWORD size_of(const WCHAR *text)
{
    return ((DWORD)lstrlenW(text) + 1) * (DWORD)sizeof(*text);
}

static void add_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
    registry_add_value(path, name, REG_SZ, text, size_of(text));
}

static const WCHAR *name_of(size_t index)
{
    static WCHAR name[MAX_PATH];
    size_t length = 0;

    do
        name[length] = (WCHAR)classes[index].name[length];
    while (name[length++]);
    return name;
}

static void append_base(WCHAR *text, enum base base)
{
    WCHAR *end = text + lstrlenW(text);

    switch (base)
    {
    case NOTHING:
        break;
    case OUR_PATH:
        lstrcpyW(end, registration_path());
        break;
    case OUR_PATH_IN_CAPITALS:
        CharUpperW(lstrcpyW(end, registration_path()));
        break;
    case SYSTEM_FOLDER:
        GetSystemDirectoryW(end, MAX_PATH);
        break;
    case LONGEST:
        GetSystemDirectoryW(end, MAX_PATH);
        while (lstrlenW(text) < MAX_PATH - 1 - lstrlenW(L"kernel32.dll"))
            lstrcatW(text, L"\\");
        break;
    }
}

static void add_server(size_t index, const struct server *server)
{
    WCHAR text[MOST_CHARACTERS];
    DWORD size;

    add_text(key_of(index, L""), L"", L"Of old");
    if (!server->prefix)
        return;
    lstrcpyW(text, server->prefix);
    append_base(text, server->base);
    lstrcatW(text, server->suffix);
    size = size_of(text) - server->cut;
    if (server->cut)
        lstrcatW(text, L"x"); /* so that the cut text is not followed by a terminator */
    registry_add_value(key_of(index, SERVER), L"", server->type, text, size);
    add_text(key_of(index, SERVER), L"ThreadingModel", L"Apartment");
}

/* The registry has one of the classes with this server, and keys of others. */
static void open_registry(size_t index, const struct server *server)
{
    registry_open();
    registry_add_key(CLASSES L"{0}");
    add_text(COMPONENT, L"", L"of other programs");
    if (server)
        add_server(index, server);
}

/* The registry has all classes: one with this server, and the others with our file. */
static void open_full_registry(size_t index, const struct server *server)
{
    size_t i;

    open_registry(index, server);
    for (i = 0; i < class_count; i++)
    {
        if (i != index)
            add_server(i, OUR_SERVER);
    }
}

static void save_registered(void)
{
    size_t i;

    open_registry(0, NULL);
    for (i = 0; i < class_count; i++)
    {
        add_text(key_of(i, L""), L"", name_of(i));
        add_text(key_of(i, SERVER), L"", registration_path());
        add_text(key_of(i, SERVER), L"ThreadingModel", L"Both");
    }
    registry_save();
}

/* The second call changes nothing. After each call the registry must be equal to the saved one. */
static void call_twice(bool registers, HRESULT expected, size_t index, const char *name)
{
    const char *function = registers ? "DllRegisterServer" : "DllUnregisterServer";
    unsigned i;

    for (i = 0; i < 2; i++)
    {
        expect_result(expected, call_registration(registers), "%s, %s: %s", function,
                      classes[index].name, name);
        expect_size(true, registry_is_saved(), "%s, %s: %s: the registry", function,
                    classes[index].name, name);
    }
}

static void expect_over_what_is_there(size_t index, const struct server *server)
{
    const bool refuses = server->is_others && strcmp(dll_name(), "qagent.dll") == 0;

    save_registered();
    open_full_registry(index, server);
    if (refuses)
        registry_save();
    call_twice(true, refuses ? HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED) : S_OK, index,
               server->name);
    open_registry(index, server->is_others ? server : NULL);
    registry_save();
    open_full_registry(index, server);
    call_twice(false, S_OK, index, server->name);
}

/* DllRegisterServer either replaces classes of other files or refuses. DllUnregisterServer leaves
 * them alone. */
static void test_over_what_is_there(void **state)
{
    size_t i, index;

    (void)state;
    for (i = 0; i < COUNT_OF(servers); i++)
    {
        for (index = 0; index < class_count; index++)
            expect_over_what_is_there(index, &servers[i]);
    }
}

static void test_DllUnregisterServer_removes_all_below_a_class(void **state)
{
    (void)state;
    open_registry(0, NULL);
    registry_save();
    open_full_registry(0, OUR_SERVER);
    registry_add_key(key_of(0, SERVER L"\\Foreign"));
    add_text(key_of(1, L""), L"AppID", L"{0}");
    assert_int_equal(call_registration(false), S_OK);
    assert_true(registry_is_saved());
}

/* The DLL registers its own path, and recognises it when it unregisters. */
static void test_DllRegisterServer_from_each_place(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < place_count; i++)
    {
        const HRESULT expected = HRESULT_FROM_WIN32(places[i].error);

        registration_close();
        registration_open(i);
        if (expected == S_OK)
            save_registered();
        open_registry(0, NULL);
        if (expected != S_OK)
            registry_save();
        call_twice(true, expected, 0, places[i].name);
        open_registry(0, NULL);
        registry_save();
        if (expected == S_OK)
            open_full_registry(0, &servers[3]);
        call_twice(false, expected, 0, places[i].name);
    }
}

/* Has a bit for each class whose key exists. */
static size_t classes_there(void)
{
    size_t i, found = 0;

    for (i = 0; i < class_count; i++)
        found |= (size_t)registry_has_key(key_of(i, L"")) << i;
    return found;
}

static const struct start
{
    bool full;
    size_t index;
    const struct server *server;
} starts[] = {
    {false, 0, NULL},         {true, 0, OUR_SERVER},       {false, 0, NO_SERVER},
    {false, 1, THEIR_SERVER}, {false, 0, THEIR_BARE_NAME},
};

static void open_start(const struct start *start)
{
    if (start->full)
        open_full_registry(start->index, start->server);
    else
        open_registry(start->index, start->server);
}

static HRESULT call_failing(bool registers, const struct start *start, unsigned nth)
{
    HRESULT hr;

    open_start(start);
    allocations_fail(nth);
    hr = call_registration(registers);
    allocations_fail(0);
    return hr;
}

/* If a function outside the registry failed, nothing has changed. If one of the registry failed,
 * new keys of classes are removed again; after unregistering at most one class is left. */
static void expect_undone(bool registers, const struct start *start, unsigned nth)
{
    size_t before, after;
    HRESULT hr;

    open_start(start);
    registry_save();
    before = classes_there();
    hr = call_failing(registers, start, nth);
    after = classes_there();
    expect_size(true, FAILED(hr), "call %u fails: the result is a failure", nth);
    if (hr != E_ACCESSDENIED || before == 0)
        expect_size(true, registry_is_saved(), "call %u fails: the registry", nth);
    else if (registers)
        expect_size(before, after, "call %u fails: classes", nth);
    else
        expect_size(0, after & (after - 1), "call %u fails: more than a class", nth);
}

/* Saves what the registry has to be after a call with this result. */
static void save_expected(bool registers, const struct start *start, HRESULT result)
{
    const bool is_others = start->server && start->server->is_others;

    if (registers && result == S_OK)
    {
        save_registered();
        return;
    }
    if (result == S_OK)
        open_registry(start->index, is_others ? start->server : NULL);
    else
        open_start(start);
    registry_save();
}

/* Natively each call of Windows fails in turn. A failure that is not reported has no effect. */
static void test_each_call_fails_in_turn(void **state)
{
    unsigned nth;
    size_t i;

    (void)state;
    for (i = 0; i < 2 * COUNT_OF(starts); i++)
    {
        const struct start *start = &starts[i / 2];
        const bool registers = i % 2 == 0;
        const HRESULT expected = call_failing(registers, start, 0);

        for (nth = 1; nth <= most_calls; nth++)
        {
            save_expected(registers, start, expected);
            if (call_failing(registers, start, nth) == expected)
                expect_size(true, registry_is_saved(), "call %u fails: the registry", nth);
            else
                expect_undone(registers, start, nth);
        }
    }
}

static int begin(void **state)
{
    (void)state;
    classes = dll_classes(&class_count);
    registry_open();
    registration_open(0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    registration_close();
    registry_close();
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_over_what_is_there),
    TEST(test_DllUnregisterServer_removes_all_below_a_class),
    TEST(test_DllRegisterServer_from_each_place),
    TEST(test_each_call_fails_in_turn),
};

TEST_GROUP(registration, .own = true);
