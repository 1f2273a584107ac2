/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * What the classes answer where no NAP agent runs.
 */
#include "qagent_private.h"

/* The callback is exchanged, without a lock: nothing is held while a callback is called, and each
 * reference is given back by the one who took it out. */
static IUnknown *wanted_exchange(struct wanted *wanted, IUnknown *callback)
{
    return InterlockedExchangePointer(&wanted->callback, callback);
}

HRESULT wanted_begin(struct wanted *wanted, IUnknown *callback)
{
    IUnknown *former;

    if (!callback)
        return E_INVALIDARG;
    IUnknown_AddRef(callback);
    if ((former = wanted_exchange(wanted, callback)))
        IUnknown_Release(former);
    return RPC_E_DISCONNECTED;
}

HRESULT wanted_end(struct wanted *wanted)
{
    IUnknown *former = wanted_exchange(wanted, NULL);

    if (!former)
        return NAP_E_NOT_INITIALIZED;
    IUnknown_Release(former);
    return RPC_E_DISCONNECTED;
}

HRESULT wanted_answer(struct wanted *wanted)
{
    if (!InterlockedCompareExchangePointer(&wanted->callback, NULL, NULL))
        return NAP_E_NOT_INITIALIZED;
    return RPC_E_DISCONNECTED;
}

HRESULT clear_isolation_info(IsolationInfo **info, BOOL *unknown)
{
    if (info)
        *info = NULL;
    if (unknown)
        *unknown = FALSE;
    return info && unknown ? S_OK : E_INVALIDARG;
}

HRESULT clear_isolation_info_ex(IsolationInfoEx **info, BOOL *unknown)
{
    if (info)
        *info = NULL;
    if (unknown)
        *unknown = FALSE;
    return info && unknown ? S_OK : E_INVALIDARG;
}
