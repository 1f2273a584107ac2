/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A COM object to put into a list of connections.
 */
#include <stddef.h>
#include <string.h>
#include <windows.h>

#include "connection.h"

static struct connection *impl_from_iface(INapEnforcementClientConnection *iface)
{
    return CONTAINING_RECORD(iface, struct connection, iface);
}

static HRESULT STDMETHODCALLTYPE connection_QueryInterface(INapEnforcementClientConnection *iface,
                                                           REFIID iid, void **out)
{
    (void)iface;
    (void)iid;
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE connection_AddRef(INapEnforcementClientConnection *iface)
{
    return (ULONG)++impl_from_iface(iface)->ref;
}

static ULONG STDMETHODCALLTYPE connection_Release(INapEnforcementClientConnection *iface)
{
    return (ULONG)--impl_from_iface(iface)->ref;
}

/* The functions under test call no other method: a call of one would crash and be seen. */
static INapEnforcementClientConnectionVtbl connection_vtbl = {
    .QueryInterface = connection_QueryInterface,
    .AddRef = connection_AddRef,
    .Release = connection_Release,
};

void connection_init(struct connection *connection)
{
    connection->iface.lpVtbl = &connection_vtbl;
    connection->ref = 1;
}
