/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The result codes of NAP. Names and values are those of the Windows SDK. The SDK and mingw-w64
 * define them in winerror.h; Wine does not define them.
 */
#ifndef __naperror_h__
#define __naperror_h__

#include <windows.h>

/* The format of a Statement of Health is wrong. */
#ifndef NAP_E_INVALID_PACKET
#define NAP_E_INVALID_PACKET _HRESULT_TYPEDEF_(0x80270001)
#endif

/* A Statement of Health is missing. */
#ifndef NAP_E_MISSING_SOH
#define NAP_E_MISSING_SOH _HRESULT_TYPEDEF_(0x80270002)
#endif

/* The id is registered already. */
#ifndef NAP_E_CONFLICTING_ID
#define NAP_E_CONFLICTING_ID _HRESULT_TYPEDEF_(0x80270003)
#endif

/* The NAP agent has kept no Statement of Health. */
#ifndef NAP_E_NO_CACHED_SOH
#define NAP_E_NO_CACHED_SOH _HRESULT_TYPEDEF_(0x80270004)
#endif

/* The component is in use. */
#ifndef NAP_E_STILL_BOUND
#define NAP_E_STILL_BOUND _HRESULT_TYPEDEF_(0x80270005)
#endif

/* The component is not registered. */
#ifndef NAP_E_NOT_REGISTERED
#define NAP_E_NOT_REGISTERED _HRESULT_TYPEDEF_(0x80270006)
#endif

/* Initialize has not been called. */
#ifndef NAP_E_NOT_INITIALIZED
#define NAP_E_NOT_INITIALIZED _HRESULT_TYPEDEF_(0x80270007)
#endif

/* The response belongs to another request. */
#ifndef NAP_E_MISMATCHED_ID
#define NAP_E_MISMATCHED_ID _HRESULT_TYPEDEF_(0x80270008)
#endif

/* There is no such pending request. */
#ifndef NAP_E_NOT_PENDING
#define NAP_E_NOT_PENDING _HRESULT_TYPEDEF_(0x80270009)
#endif

/* The id does not exist. */
#ifndef NAP_E_ID_NOT_FOUND
#define NAP_E_ID_NOT_FOUND _HRESULT_TYPEDEF_(0x8027000A)
#endif

/* The packet is larger than the protocol of the connection can carry. */
#ifndef NAP_E_MAXSIZE_TOO_SMALL
#define NAP_E_MAXSIZE_TOO_SMALL _HRESULT_TYPEDEF_(0x8027000B)
#endif

/* The NAP agent does not run. */
#ifndef NAP_E_SERVICE_NOT_RUNNING
#define NAP_E_SERVICE_NOT_RUNNING _HRESULT_TYPEDEF_(0x8027000C)
#endif

/* The health certificate exists already. */
#ifndef NAP_S_CERT_ALREADY_PRESENT
#define NAP_S_CERT_ALREADY_PRESENT _HRESULT_TYPEDEF_(0x0027000D)
#endif

/* The component is disabled. */
#ifndef NAP_E_ENTITY_DISABLED
#define NAP_E_ENTITY_DISABLED _HRESULT_TYPEDEF_(0x8027000E)
#endif

/* Group policy sets what netsh should change. */
#ifndef NAP_E_NETSH_GROUPPOLICY_ERROR
#define NAP_E_NETSH_GROUPPOLICY_ERROR _HRESULT_TYPEDEF_(0x8027000F)
#endif

/* There are too many calls at the same time. */
#ifndef NAP_E_TOO_MANY_CALLS
#define NAP_E_TOO_MANY_CALLS _HRESULT_TYPEDEF_(0x80270010)
#endif

/* A set of settings with this number exists already in the validator. */
#ifndef NAP_E_SHV_CONFIG_EXISTED
#define NAP_E_SHV_CONFIG_EXISTED _HRESULT_TYPEDEF_(0x80270011)
#endif

/* The validator has no set of settings with this number. */
#ifndef NAP_E_SHV_CONFIG_NOT_FOUND
#define NAP_E_SHV_CONFIG_NOT_FOUND _HRESULT_TYPEDEF_(0x80270012)
#endif

/* The validator took too long. */
#ifndef NAP_E_SHV_TIMEOUT
#define NAP_E_SHV_TIMEOUT _HRESULT_TYPEDEF_(0x80270013)
#endif

#endif
