/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * How the tests get at the classes of the DLL.
 *
 * Two programs stand behind it: tests/unit/native_windows.c calls the sources themselves, and
 * tests/windows/classes.c calls the DLL, as it is loaded by name or, with the argument --registered,
 * as COM finds it in the registry. The apartment is the multithreaded one, or with --sta one of the
 * program's own.
 */
#ifndef CLASSES_H
#define CLASSES_H

#include <stdbool.h>
#include <naputil.h>

/* Takes the arguments of main. */
void classes_select(int argc, char **argv);

/* CMocka set-up and tear-down of a group. */
int classes_open(void **state);
int classes_close(void **state);

/* A class object, from DllGetClassObject, or from COM when registered. */
HRESULT classes_get_object(REFCLSID clsid, REFIID iid, void **out);
HRESULT classes_can_unload_now(void);

/* New objects; the test fails where there is none. */
void *new_object(REFCLSID clsid, REFIID iid);
#define new_constructor()                                                                          \
    ((INapSoHConstructor *)new_object(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor))
#define new_processor()                                                                            \
    ((INapSoHProcessor *)new_object(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor))

#endif
