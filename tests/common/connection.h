/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * A COM object to put into a list of connections. It counts its references and does nothing else.
 */
#ifndef CONNECTION_H
#define CONNECTION_H

#include <naputil.h>

struct connection
{
    INapEnforcementClientConnection iface;
    LONG ref;
};

/* Gives the object one reference, which is the caller's. The memory stays the caller's. */
void connection_init(struct connection *connection);

#endif
