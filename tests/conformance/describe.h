/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * Facts: what a qutil.dll does, a line each, whoever is right.
 */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include <stddef.h>
#include <stdint.h>

/* A part of the facts that is told by a process of its own, which may crash. */
struct part
{
    const char *key; /* with which its facts begin */
    void (*tell)(const char *key, unsigned argument);
    unsigned argument;
    const char *needs; /* an export, or NULL */
};

struct parts
{
    const struct part *parts;
    size_t count;
};

extern const struct parts file_parts, registry_parts, function_parts, notifier_parts, class_parts,
    call_parts, packet_parts, agent_parts;

/* Prints a fact: "key.name = value", without the point where either is empty. */
void fact(const char *key, const char *name, const char *format, ...);

/* A text that stays until eight others have been made. */
const char *text_of(const char *format, ...);
const char *hex_of(const void *bytes, size_t size);
const char *code_of(long hr);

/* What has become of an out parameter. */
#define SENTINEL ((void *)(uintptr_t)0x5e47)
const char *state_of(const void *pointer);

/* What a fact is known from, by its key: documented, observed, decided. */
const char *describe_tag(const char *key);

/* Prints the facts of a part, which is named by its number, and returns an exit code. */
int describe_part(size_t number);

/* Prints the facts whose keys match a pattern, sorted; or where those of a file differ from them.
 * Both return an exit code. */
int describe(const char *pattern);
int describe_differences(const char *path, const char *pattern);

#endif
