/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The page of hostile.h. While it is watched, each access faults. The handler of the fault opens
 * the page and sets the trap flag, so that the processor stops after that one instruction. Then the
 * handler of the trap closes the page again.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "hostile.h"

#define PAGE      4096
#define TRAP_FLAG 0x100

sigjmp_buf hostile_fault;

static uint8_t *page;
static volatile bool watched;
static volatile unsigned accesses, change_at;
static void (*change_page)(void);

static void on_fault(int number, siginfo_t *info, void *context)
{
    const uint8_t *address = info->si_addr;

    if (!watched || address < page || address >= page + PAGE)
    {
        hostile_unwatch();
        siglongjmp(hostile_fault, 1);
    }
    mprotect(page, PAGE, PROT_READ | PROT_WRITE);
    ((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] |= TRAP_FLAG;
}

static void on_step(int number, siginfo_t *info, void *context)
{
    ((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~TRAP_FLAG;
    if (++accesses == change_at)
        change_page();
    mprotect(page, PAGE, PROT_NONE);
}

/* Sets the handlers each time, because CMocka sets its own for each test. */
static void open_page(void)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO};

    if (!page)
        page = mmap(NULL, 2 * (size_t)PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(page, PAGE, PROT_READ | PROT_WRITE);
    action.sa_sigaction = on_fault;
    sigaction(SIGSEGV, &action, NULL);
    action.sa_sigaction = on_step;
    sigaction(SIGTRAP, &action, NULL);
}

void *hostile_block(size_t size)
{
    open_page();
    return page + PAGE - size;
}

void hostile_watch(unsigned nth, void (*change)(void))
{
    accesses = 0;
    change_at = nth;
    change_page = change;
    watched = true;
    mprotect(page, PAGE, PROT_NONE);
}

unsigned hostile_unwatch(void)
{
    watched = false;
    mprotect(page, PAGE, PROT_READ | PROT_WRITE);
    return accesses;
}
