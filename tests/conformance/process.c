/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The process of one check, and the file that its output goes to.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "process.h"

/* A path, and what a command line can hold. */
#define COMMAND_SIZE 32768

void process_prepare(void)
{
    /* A check that crashes is not to wait for somebody who closes a window. */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetEnvironmentVariableA("CMOCKA_MESSAGE_OUTPUT", "TAP");
    SetEnvironmentVariableA("CMOCKA_TEST_ABORT", NULL);
}

/* The file is gone when its handle is closed. */
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

static void read_output(HANDLE output, struct outcome *outcome)
{
    DWORD size = 0;

    SetFilePointer(output, 0, NULL, FILE_BEGIN);
    ReadFile(output, outcome->text, sizeof(outcome->text) - 1, &size, NULL);
    outcome->text[size] = 0;
}

static HANDLE start(size_t number, HANDLE output)
{
    static WCHAR program[COMMAND_SIZE], command[COMMAND_SIZE];
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdOutput = output,
                            .hStdError = output};
    PROCESS_INFORMATION process;
    int i;

    /* The arguments are passed on as they are, and no quote has to be understood. */
    if (!GetModuleFileNameW(NULL, program, COMMAND_SIZE) ||
        lstrlenW(GetCommandLineW()) > COMMAND_SIZE - 32)
        return NULL;
    lstrcpyW(command, GetCommandLineW());
    wsprintfW(command + lstrlenW(command), L" --run %lu", (unsigned long)number);
    /* Once in some thousand times Wine 8.0 cannot start a process (ERROR_INTERNAL_ERROR), and then
     * can. */
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

static void wait_for(HANDLE process, unsigned seconds, struct outcome *outcome)
{
    outcome->ended = WaitForSingleObject(process, 1000 * seconds) == WAIT_OBJECT_0;
    if (!outcome->ended)
    {
        TerminateProcess(process, 1);
        WaitForSingleObject(process, INFINITE);
    }
    GetExitCodeProcess(process, &outcome->code);
    CloseHandle(process);
}

bool process_run(size_t number, unsigned seconds, struct outcome *outcome)
{
    HANDLE output = create_output(), process;

    if (output == INVALID_HANDLE_VALUE)
        return false;
    process = start(number, output);
    if (process)
    {
        wait_for(process, seconds, outcome);
        read_output(output, outcome);
    }
    CloseHandle(output);
    return process != NULL;
}
