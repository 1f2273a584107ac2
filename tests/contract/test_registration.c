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

#define MOST_CHARACTERS (2 * MAX_PATH) /* of a text in the registry */

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

#define OUR_SERVER             (&servers[0])
#define OUR_SERVER_IN_CAPITALS (&servers[3])
#define THEIR_SERVER           (&servers[5])
#define THEIR_BARE_NAME        (&servers[8])
#define NO_SERVER              (&servers[COUNT_OF(servers) - 1])

/* What the registry has before a call: one class with this server, or without a key if that is
 * NULL; and if it is full, the other classes with our file. */
static const struct start
{
    bool full;
    size_t index;
    const struct server *server;
} starts[] = {
    {false, 0, NULL},         {true, 0, OUR_SERVER},       {false, 0, NO_SERVER},
    {false, 1, THEIR_SERVER}, {false, 0, THEIR_BARE_NAME},
};

/* Of places. */
static size_t place;

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

    if (base == OUR_PATH || base == OUR_PATH_IN_CAPITALS)
        lstrcpyW(end, registration_path());
    if (base == OUR_PATH_IN_CAPITALS)
        CharUpperW(end);
    if (base == SYSTEM_FOLDER || base == LONGEST)
        GetSystemDirectoryW(end, MAX_PATH);
    while (base == LONGEST && lstrlenW(text) < MAX_PATH - 1 - lstrlenW(L"kernel32.dll"))
        lstrcatW(text, L"\\");
}

/* Adds a class with this server, and with a value and a key of others. */
static void add_server(size_t index, const struct server *server)
{
    WCHAR text[MOST_CHARACTERS];
    DWORD size;

    add_text(key_of(index, L""), L"", L"Of old");
    add_text(key_of(index, L""), L"AppID", L"{0}");
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
    registry_add_key(key_of(index, SERVER L"\\Foreign"));
}

/* The registry has keys of others too. */
static void open_registry(const struct start *start)
{
    size_t i;

    registry_open();
    registry_add_key(CLASSES L"{0}");
    add_text(COMPONENT, L"", L"of other programs");
    for (i = 0; i < class_count; i++)
    {
        if (i != start->index && start->full)
            add_server(i, OUR_SERVER);
        else if (i == start->index && start->server)
            add_server(i, start->server);
    }
}

static bool is_others(const struct start *start)
{
    return start->server && start->server->is_others;
}

static HRESULT expected_result(bool registers, const struct start *start)
{
    if (places[place].error != ERROR_SUCCESS)
        return HRESULT_FROM_WIN32(places[place].error);
    if (registers && is_others(start) && strcmp(dll_name(), "qagent.dll") == 0)
        return HRESULT_FROM_WIN32(ERROR_ALREADY_REGISTERED);
    return S_OK;
}

/* Saves what the registry has to be after a call with this result. Registering keeps what others
 * have added to a class; unregistering removes all of it. */
static void save_expected(bool registers, const struct start *start, HRESULT result)
{
    const struct start left = {false, start->index, is_others(start) ? start->server : NULL};
    size_t i;

    open_registry(!registers && result == S_OK ? &left : start);
    for (i = 0; registers && result == S_OK && i < class_count; i++)
    {
        add_text(key_of(i, L""), L"", name_of(i));
        add_text(key_of(i, SERVER), L"", registration_path());
        add_text(key_of(i, SERVER), L"ThreadingModel", L"Both");
    }
    registry_save();
}

/* Has a bit for each class whose key exists. */
static size_t classes_there(void)
{
    size_t i, found = 0;

    for (i = 0; i < class_count; i++)
        found |= (size_t)registry_has_key(key_of(i, L"")) << i;
    return found;
}

static HRESULT call_failing(bool registers, const struct start *start, unsigned nth)
{
    HRESULT hr;

    open_registry(start);
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

    open_registry(start);
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

/* Natively the nth call of Windows fails, if it is not 0. A failure that is not reported has no
 * effect. A second call of the function changes nothing. */
static void expect_call(bool registers, const struct start *start, unsigned nth)
{
    const char *function = registers ? "DllRegisterServer" : "DllUnregisterServer";
    const char *class = classes[start->index].name;
    const char *server = start->server ? start->server->name : "no class";
    const HRESULT expected = expected_result(registers, start);
    HRESULT hr;

    save_expected(registers, start, expected);
    hr = call_failing(registers, start, nth);
    if (nth > 0 && hr != expected)
    {
        expect_undone(registers, start, nth);
        return;
    }
    expect_result(expected, hr, "%s, %s: %s", function, class, server);
    expect_size(true, registry_is_saved(), "%s, %s: %s: the registry", function, class, server);
    expect_result(expected, call_registration(registers), "%s again", function);
    expect_size(true, registry_is_saved(), "%s again: the registry", function);
}

static void expect_calls(const struct start *start, unsigned nth)
{
    expect_call(true, start, nth);
    expect_call(false, start, nth);
}

/* DllRegisterServer either replaces classes of other files or refuses. DllUnregisterServer leaves
 * them alone. */
static void test_over_what_is_there(void **state)
{
    struct start start = {.full = true};
    size_t i;

    for (i = 0; i < COUNT_OF(servers); i++)
    {
        start.server = &servers[i];
        for (start.index = 0; start.index < class_count; start.index++)
            expect_calls(&start, 0);
    }
}

/* The DLL registers its own path, and recognises it when it unregisters. */
static void test_DllRegisterServer_from_each_place(void **state)
{
    static const struct start in_capitals = {true, 0, OUR_SERVER_IN_CAPITALS};

    for (place = 0; place < place_count; place++)
    {
        registration_close();
        registration_open(place);
        expect_calls(&starts[0], 0);
        if (places[place].error == ERROR_SUCCESS)
            expect_calls(&in_capitals, 0);
    }
}

static void test_each_call_fails_in_turn(void **state)
{
    unsigned nth;
    size_t i;

    for (i = 0; i < COUNT_OF(starts); i++)
    {
        for (nth = 1; nth <= most_calls; nth++)
            expect_calls(&starts[i], nth);
    }
}

static int begin(void **state)
{
    classes = dll_classes(&class_count);
    place = 0;
    registry_open();
    registration_open(place);
    return 0;
}

static int end(void **state)
{
    registration_close();
    registry_close();
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

static const struct CMUnitTest tests[] = {
    TEST(test_over_what_is_there),
    TEST(test_DllRegisterServer_from_each_place),
    TEST(test_each_call_fails_in_turn),
};

TEST_GROUP(registration, .own = true);
