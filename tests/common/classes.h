/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * How the tests get at the classes of the DLL.
 *
 * tests/native/classes.c calls the sources themselves, and tests/windows/classes.c the DLL under
 * test.
 */
#ifndef CLASSES_H
#define CLASSES_H

#include <stdbool.h>
#include <naputil.h>

/* Of Windows programs: whether objects come through COM, from the classes that are registered, and
 * whether the apartment is single-threaded. */
void classes_select(bool through_com, bool single_threaded);

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
