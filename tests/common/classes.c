/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The list of the classes, and how an object is created.
 */
#include "test.h"

#include <string.h>

#define COBJMACROS
#include <windows.h>
#include <objbase.h>
#include <napenforcementclient.h>
#include <napmanagement.h>
#include <napsystemhealthagent.h>

#include "classes.h"

const struct com_class com_classes[CLASSES] = {
    [CONSTRUCTOR] = {"qutil.dll", "NapSoHConstructor", L"{E8140D53-6535-46A5-B8A1-DA6C571DA9B9}",
                     &CLSID_NapSoHConstructor, &IID_INapSoHConstructor},
    [PROCESSOR] = {"qutil.dll", "NapSoHProcessor", L"{AA160628-8775-46E3-837C-F7A2AE66E2F5}",
                   &CLSID_NapSoHProcessor, &IID_INapSoHProcessor},
    [MANAGEMENT] = {"qagent.dll", "NapClientManagement", L"{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}",
                    &CLSID_NapClientManagement, &IID_INapClientManagement2},
    [HEALTH_AGENT] = {"qagent.dll", "NapSystemHealthAgentBinding",
                      L"{8E594310-16CA-4A00-932F-F70969F990C0}", &CLSID_NapSystemHealthAgentBinding,
                      &IID_INapSystemHealthAgentBinding2},
    [ENFORCEMENT_CLIENT] = {"qagent.dll", "NapEnforcementClientBinding",
                            L"{9443B89B-6564-496A-B19C-6C6D22709045}",
                            &CLSID_NapEnforcementClientBinding, &IID_INapEnforcementClientBinding},
};

const struct com_class *dll_classes(size_t *count)
{
    const bool is_qutil = strcmp(dll_name(), "qutil.dll") == 0;

    *count = is_qutil ? MANAGEMENT : CLASSES - MANAGEMENT;
    return &com_classes[is_qutil ? CONSTRUCTOR : MANAGEMENT];
}

void *new_object(REFCLSID clsid, REFIID iid)
{
    IClassFactory *factory = SENTINEL;
    void *object = SENTINEL;

    assert_int_equal(classes_get_object(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    assert_int_equal(IClassFactory_CreateInstance(factory, NULL, iid, &object), S_OK);
    IClassFactory_Release(factory);
    assert_non_null(object);
    return object;
}
