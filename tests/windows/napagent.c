/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Installs, starts, stops and deletes a NapAgent service for the notifier's tests.
 *
 * While the service manager starts other services, StartService may fail (request timeout, database
 * locked). Once in some thousand times Wine 8.0 cannot start the process (internal error). In each
 * case a later attempt succeeds.
 */
#include "test.h"

#include <stdio.h>
#include <wchar.h>

#include "napagent.h"
#include "usage.h"

#define NAME        L"napagent"
#define PROGRAM     L"napagent_service.exe"
#define START_LIMIT 180000
#define LIMIT       20000 /* these are milliseconds */
#define PAUSE       5

static BOOL installed;

static BOOL may_be_tried_again(DWORD error)
{
    return error == ERROR_SERVICE_REQUEST_TIMEOUT || error == ERROR_SERVICE_DATABASE_LOCKED ||
           error == ERROR_INTERNAL_ERROR;
}

static SC_HANDLE open_manager(void)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE);

    if (!manager)
        fail_msg("no access to the service manager (run as administrator): %lu", GetLastError());
    return manager;
}

/* Returns NULL if there is no such service. */
static SC_HANDLE open_service(void)
{
    SC_HANDLE manager = open_manager();
    SC_HANDLE service = OpenServiceW(manager, NAME, SERVICE_ALL_ACCESS);
    DWORD error = service ? ERROR_SUCCESS : GetLastError();

    CloseServiceHandle(manager);
    if (!service && error != ERROR_SERVICE_DOES_NOT_EXIST)
        fail_msg("OpenService: %lu", error);
    return service;
}

/* Waits until the service is in this state, and closes the handle. */
static void await_state(SC_HANDLE service, DWORD state)
{
    const DWORD start = GetTickCount();
    SERVICE_STATUS status;

    do
    {
        Sleep(PAUSE);
        assert_true(QueryServiceStatus(service, &status));
        if (GetTickCount() - start > LIMIT)
            fail_msg("state %lu instead of %lu", status.dwCurrentState, state);
    }
    while (status.dwCurrentState != state);
    CloseServiceHandle(service);
}

static void assert_is_ours(void)
{
    const SC_HANDLE service = open_service();
    union
    {
        QUERY_SERVICE_CONFIGW config;
        BYTE bytes[8192];
    } buffer;
    DWORD needed;

    if (!service)
        return;
    assert_true(QueryServiceConfigW(service, &buffer.config, sizeof(buffer), &needed));
    CloseServiceHandle(service);
    if (!wcsstr(buffer.config.lpBinaryPathName, PROGRAM))
        fail_msg("A NapAgent service is installed here. This test would replace it.");
}

/* A program that crashed may have left its service, in any state: that is deleted first. */
void napagent_install(void)
{
    SC_HANDLE manager = open_manager(), service;
    WCHAR folder[MAX_PATH], command[2 * MAX_PATH];

    assert_is_ours();
    installed = TRUE;
    napagent_delete();
    assert_in_range(GetModuleFileNameW(NULL, folder, MAX_PATH), 1, MAX_PATH - 1);
    /* cppcheck-suppress uninitvar ; GetModuleFileName fills it. */
    *wcsrchr(folder, L'\\') = 0;
    swprintf(command, COUNT_OF(command), L"\"%ls\\" PROGRAM L"\"", folder);
    service = CreateServiceW(manager, NAME, NAME, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
                             SERVICE_DEMAND_START, SERVICE_ERROR_NORMAL, command, NULL, NULL, NULL,
                             NULL, NULL);
    if (!service)
        fail_msg("CreateService: %lu", GetLastError());
    CloseServiceHandle(service);
    CloseServiceHandle(manager);
}

void napagent_start(void)
{
    SC_HANDLE service = open_service();
    DWORD start = GetTickCount();

    assert_non_null(service);
    for (; !StartServiceW(service, 0, NULL); Sleep(PAUSE))
    {
        DWORD error = GetLastError();

        if (error == ERROR_SERVICE_ALREADY_RUNNING)
            break;
        if (!may_be_tried_again(error) || GetTickCount() - start > START_LIMIT)
            fail_msg("StartService: %lu", error);
    }
    await_state(service, SERVICE_RUNNING);
}

void napagent_stop(void)
{
    SC_HANDLE service = open_service();
    SERVICE_STATUS status;

    assert_non_null(service);
    if (!ControlService(service, SERVICE_CONTROL_STOP, &status))
        fail_msg("ControlService: %lu", GetLastError());
    await_state(service, SERVICE_STOPPED);
}

/* Windows removes a deleted service once it has stopped and nobody has it open. Errors are ignored:
 * the service may already be stopped or deleted. */
void napagent_delete(void)
{
    const DWORD start = GetTickCount();
    SERVICE_STATUS status;
    SC_HANDLE service;

    for (; (service = open_service()); Sleep(PAUSE))
    {
        DeleteService(service);
        ControlService(service, SERVICE_CONTROL_STOP, &status);
        CloseServiceHandle(service);
        if (GetTickCount() - start > LIMIT)
            fail_msg("the deleted service is still there");
    }
}

int napagent_begin(void **state)
{
    usage_ignore_heap();
    return 0;
}

int napagent_end(void **state)
{
    if (installed)
        napagent_delete();
    return 0;
}
