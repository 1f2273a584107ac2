/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A program that exits while the notifier is at work. Linked with the import library made from the
 * original DLL.
 *
 *   notifier_exit subscribed MILLISECONDS   subscribes, waits, and returns without unsubscribing
 *   notifier_exit detach MILLISECONDS       a DLL has subscribed, whose DllMain unsubscribes
 *   notifier_exit crowd MILLISECONDS        the same, while threads call the DLL
 *
 * The exit code is 7, or another where something failed.
 */
#include <stdlib.h>
#include <string.h>

#include <windows.h>
#include <naputil.h>

enum
{
    SUBSCRIBED = 7,
    THREADS = 4
};

static DWORD WINAPI call_for_ever(void *unused)
{
    while (!unused)
        UninitializeNapAgentNotifier(napNotifyTypeQuarState);
    return 0;
}

/* It stays loaded to the end. */
static BOOL load_client(void)
{
    static HMODULE client;

    client = LoadLibraryW(L"notifier_client.dll");
    return client != NULL;
}

static BOOL subscribe(void)
{
    const HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    return SUCCEEDED(InitializeNapAgentNotifier(napNotifyTypeServiceState, event)) &&
           SUCCEEDED(InitializeNapAgentNotifier(napNotifyTypeQuarState, event));
}

int main(int argc, char **argv)
{
    int i;

    if (argc != 3)
        return 2;
    if (!(strcmp(argv[1], "subscribed") == 0 ? subscribe() : load_client()))
        return 1;
    for (i = 0; i < THREADS && strcmp(argv[1], "crowd") == 0; i++)
        CloseHandle(CreateThread(NULL, 0, call_for_ever, NULL, 0, NULL));
    Sleep((DWORD)strtol(argv[2], NULL, 10));
    return SUBSCRIBED;
}
