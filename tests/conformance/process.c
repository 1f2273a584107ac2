/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The process of one check, and the file that its output goes to: CMocka's, which has lines of TAP
 * of its own.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "process.h"

/* Of a check, in milliseconds. The slowest takes seconds. */
#define TIME_LIMIT 300000

/* A path, and what a command line can hold. */
#define COMMAND_SIZE 32768

void process_prepare(void)
{
    /* A check that crashes is not to wait for somebody who closes a window. */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetEnvironmentVariableA("CMOCKA_MESSAGE_OUTPUT", "TAP");
    SetEnvironmentVariableA("CMOCKA_TEST_ABORT", NULL);
}

static void say(struct outcome *outcome, const char *format, ...)
{
    size_t length = strlen(outcome->text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(outcome->text + length, sizeof(outcome->text) - length, format, arguments);
    va_end(arguments);
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

static void wait_for(HANDLE process, struct outcome *outcome, HANDLE output)
{
    DWORD code = 1, size = 0;
    bool ended = WaitForSingleObject(process, TIME_LIMIT) == WAIT_OBJECT_0;

    if (!ended)
    {
        TerminateProcess(process, 1);
        WaitForSingleObject(process, INFINITE);
    }
    GetExitCodeProcess(process, &code);
    /* Room is left for what is said about the process. */
    SetFilePointer(output, 0, NULL, FILE_BEGIN);
    ReadFile(output, outcome->text, sizeof(outcome->text) - 128, &size, NULL);
    outcome->text[size] = 0;
    /* A function that ends the process has not passed. */
    outcome->passed = ended && code == 0 && strstr(outcome->text, "\nok 1 - ");
    if (!ended)
        say(outcome, "\nit did not end within %u seconds\n", TIME_LIMIT / 1000);
    else if (!outcome->passed && code != 1)
        say(outcome, "\nits process ended with 0x%08lx\n", code);
}

void process_run(size_t number, struct outcome *outcome)
{
    HANDLE output = create_output(), process;

    outcome->passed = false;
    outcome->text[0] = 0;
    process = output == INVALID_HANDLE_VALUE ? NULL : start(number, output);
    if (!process)
    {
        say(outcome, "no process could be started for it: error %lu\n", GetLastError());
    }
    else
    {
        wait_for(process, outcome, output);
        CloseHandle(process);
    }
    if (output != INVALID_HANDLE_VALUE)
        CloseHandle(output);
}
