/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Starts processes, waits for them, and reads their output from a temporary file.
 */
#include <windows.h>

#include "process.h"

#define COMMAND_SIZE 32768 /* characters of the longest command line; no path is longer */

static HANDLE start(const WCHAR *program, WCHAR *command, HANDLE output)
{
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdOutput = output,
                            .hStdError = output};
    PROCESS_INFORMATION process;
    int i;

    /* Once in some thousand times Wine 8.0 cannot start the process; a later attempt succeeds. */
    for (i = 0; i < 5; i++)
    {
        if (CreateProcessW(program, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
        {
            CloseHandle(process.hThread);
            return process.hProcess;
        }
        Sleep(200);
    }
    return NULL;
}

/* Waits for the process, terminates it if it has not ended within the time, and closes the handle.
 * Returns whether it ended within the time, and its exit code in CODE. */
static bool wait_for(HANDLE process, DWORD milliseconds, DWORD *code)
{
    const bool ended = WaitForSingleObject(process, milliseconds) == WAIT_OBJECT_0;

    if (!ended)
    {
        TerminateProcess(process, 1);
        WaitForSingleObject(process, INFINITE);
    }
    GetExitCodeProcess(process, code);
    CloseHandle(process);
    return ended;
}

/* Creates a temporary file, which is deleted when its handle is closed. */
static HANDLE create_output(void)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    char folder[MAX_PATH], path[MAX_PATH];

    if (!GetTempPathA(sizeof(folder), folder) || !GetTempFileNameA(folder, "qut", 0, path))
        return INVALID_HANDLE_VALUE;
    return CreateFileA(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                       &inherit, CREATE_ALWAYS,
                       FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

static HANDLE start_again(const WCHAR *text, HANDLE output)
{
    static WCHAR program[COMMAND_SIZE], command[COMMAND_SIZE];

    /* The command line is copied as a whole, so that quotes in it need not be parsed. */
    if (!GetModuleFileNameW(NULL, program, COMMAND_SIZE) ||
        lstrlenW(GetCommandLineW()) + lstrlenW(text) > COMMAND_SIZE - 2)
        return NULL;
    lstrcpyW(command, GetCommandLineW());
    lstrcatW(command, L" ");
    lstrcatW(command, text);
    return start(program, command, output);
}

bool process_run_again(const WCHAR *text, DWORD milliseconds, char *output, DWORD size, bool *ended,
                       DWORD *code)
{
    HANDLE file = create_output(), process;
    DWORD read = 0;

    if (file == INVALID_HANDLE_VALUE)
        return false;
    process = start_again(text, file);
    if (process)
    {
        *ended = wait_for(process, milliseconds, code);
        SetFilePointer(file, 0, NULL, FILE_BEGIN);
        ReadFile(file, output, size - 1, &read, NULL);
    }
    output[read] = 0;
    CloseHandle(file);
    return process != NULL;
}
