/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The classes of the DLLs, and their objects.
 *
 * tests/native/classes.c calls functions of src, and tests/windows/classes.c calls the DLL under
 * test.
 */
#ifndef CLASSES_H
#define CLASSES_H

#include <stdbool.h>
#include <naputil.h>

enum
{
    CONSTRUCTOR,
    PROCESSOR,
    MANAGEMENT,
    HEALTH_AGENT,
    ENFORCEMENT_CLIENT,
    CLASSES
};

struct com_class
{
    const char *dll, *name;
    const WCHAR *key; /* in the registry */
    const CLSID *clsid;
    const IID *iid; /* the newest interface */
};

extern const struct com_class com_classes[CLASSES];

/* Those of com_classes that the DLL under test has. */
const struct com_class *dll_classes(size_t *count);

/* Only in Windows: whether COM creates the objects, from the registered classes, and whether the
 * apartment is single-threaded. */
void classes_select(bool through_com, bool single_threaded);

/* CMocka set-up and tear-down of a group. */
int classes_open(void **state);
int classes_close(void **state);

/* Gets a class object from DllGetClassObject, or from COM. */
HRESULT classes_get_object(REFCLSID clsid, REFIID iid, void **out);
HRESULT classes_can_unload_now(void);

/* Creates an object. The test fails if that is not possible. */
void *new_object(REFCLSID clsid, REFIID iid);
#define new_constructor()                                                                          \
    ((INapSoHConstructor *)new_object(&CLSID_NapSoHConstructor, &IID_INapSoHConstructor))
#define new_processor()                                                                            \
    ((INapSoHProcessor *)new_object(&CLSID_NapSoHProcessor, &IID_INapSoHProcessor))

#endif
