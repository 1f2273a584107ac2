/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A Windows service that does nothing and runs until it is told to stop. Tests install it under the
 * name napagent, which is that of NAP's own service.
 */
#include <windows.h>

static SERVICE_STATUS_HANDLE status_handle;
static HANDLE stop_event;

static void report(DWORD state)
{
    SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS,
                             .dwCurrentState = state,
                             .dwControlsAccepted = SERVICE_ACCEPT_STOP};

    SetServiceStatus(status_handle, &status);
}

static void WINAPI control(DWORD code)
{
    if (code == SERVICE_CONTROL_STOP)
        SetEvent(stop_event);
}

/* The first argument is the name under which the service is installed. */
static void WINAPI serve(DWORD argument_count, WCHAR **arguments)
{
    status_handle = RegisterServiceCtrlHandlerW(arguments[0], control);
    if (!status_handle)
        return;
    report(SERVICE_RUNNING);
    WaitForSingleObject(stop_event, INFINITE);
    report(SERVICE_STOPPED);
}

int main(void)
{
    static WCHAR name[] = L"napagent";
    static const SERVICE_TABLE_ENTRYW services[] = {{name, serve}, {NULL, NULL}};

    stop_event = CreateEventW(NULL, TRUE, FALSE, NULL);
    return stop_event && StartServiceCtrlDispatcherW(services) ? 0 : 1;
}
