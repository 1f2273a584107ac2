/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The service manager's side of the notifier's tests. While the service manager starts services of
 * its own, it answers a start with ERROR_SERVICE_REQUEST_TIMEOUT or ERROR_SERVICE_DATABASE_LOCKED.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include <cmocka.h>

#include "napagent.h"

#define NAME        L"napagent"
#define START_LIMIT 180000
#define LIMIT       20000
#define PATIENCE    3000
#define PAUSE       5

static SC_HANDLE open_manager(void)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE);

    if (!manager)
        fail_msg("no access to the service manager (run as administrator): %lu", GetLastError());
    return manager;
}

/* NULL when there is no such service. */
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

void path_beside_test(WCHAR *path, size_t size, const WCHAR *name)
{
    WCHAR *end;

    assert_in_range(GetModuleFileNameW(NULL, path, (DWORD)size), 1, size - 1);
    /* cppcheck-suppress uninitvar ; GetModuleFileName fills it. */
    end = wcsrchr(path, L'\\');
    assert_non_null(end);
    end[1] = 0;
    assert_true(wcslen(path) + wcslen(name) < size);
    wcscat(path, name);
}

static DWORD current_state(SC_HANDLE service)
{
    SERVICE_STATUS status;

    assert_true(QueryServiceStatus(service, &status));
    return status.dwCurrentState;
}

static void await_state(SC_HANDLE service, DWORD state)
{
    DWORD start = GetTickCount();

    while (current_state(service) != state)
    {
        if (GetTickCount() - start > LIMIT)
            fail_msg("state %lu instead of %lu", current_state(service), state);
        Sleep(PAUSE);
    }
}

void napagent_install(void)
{
    SC_HANDLE manager = open_manager(), service;
    WCHAR program[MAX_PATH], command[MAX_PATH + 2];

    path_beside_test(program, MAX_PATH, L"napagent_service.exe");
    swprintf(command, MAX_PATH + 2, L"\"%ls\"", program);
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
    DWORD start = GetTickCount(), error = ERROR_SUCCESS;

    assert_non_null(service);
    while (!StartServiceW(service, 0, NULL))
    {
        error = GetLastError();
        if (error == ERROR_SERVICE_ALREADY_RUNNING)
            break;
        if (error != ERROR_SERVICE_REQUEST_TIMEOUT && error != ERROR_SERVICE_DATABASE_LOCKED)
            fail_msg("StartService: %lu", error);
        if (GetTickCount() - start > START_LIMIT)
            fail_msg("StartService still fails: %lu", error);
        Sleep(PAUSE);
    }
    await_state(service, SERVICE_RUNNING);
    CloseServiceHandle(service);
}

void napagent_stop(void)
{
    SC_HANDLE service = open_service();
    SERVICE_STATUS status;

    assert_non_null(service);
    if (!ControlService(service, SERVICE_CONTROL_STOP, &status))
        fail_msg("ControlService: %lu", GetLastError());
    await_state(service, SERVICE_STOPPED);
    CloseServiceHandle(service);
}

/* A deleted service goes when it has stopped and nobody has it open. Whatever it does: a program that
 * crashed has left it so. Wine 8.0 holds a service open for a process that ended while it waited for
 * the service to change, until it does: then it is made to. */
void napagent_delete(void)
{
    DWORD start = GetTickCount(), starts = 0;
    SERVICE_STATUS status;
    SC_HANDLE service;

    for (; (service = open_service()); Sleep(PAUSE))
    {
        DWORD state = current_state(service), waited = GetTickCount() - start;

        DeleteService(service);
        if (state != SERVICE_STOPPED)
            ControlService(service, SERVICE_CONTROL_STOP, &status);
        else if (waited / PATIENCE > starts)
        {
            starts = waited / PATIENCE;
            StartServiceW(service, 0, NULL);
        }
        CloseServiceHandle(service);
        if (waited > LIMIT)
            fail_msg("the deleted service is still there, in state %lu", state);
    }
}

static BOOL is_ours(SC_HANDLE service)
{
    union
    {
        QUERY_SERVICE_CONFIGW config;
        BYTE bytes[8192];
    } buffer;
    DWORD needed;

    assert_true(QueryServiceConfigW(service, &buffer.config, sizeof(buffer), &needed));
    return wcsstr(buffer.config.lpBinaryPathName, L"napagent_service.exe") != NULL;
}

int napagent_clean_up(void **state)
{
    (void)state;
    napagent_delete();
    return 0;
}

int napagent_prepare(void **state)
{
    SC_HANDLE service = open_service();

    if (service)
    {
        BOOL ours = is_ours(service);

        CloseServiceHandle(service);
        if (!ours)
        {
            print_error("A NapAgent service is installed here. This test would replace it.\n");
            return -1;
        }
    }
    napagent_delete();
    napagent_install();
    napagent_start();
    return napagent_clean_up(state);
}
