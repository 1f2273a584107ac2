/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * For the sources that are proved: error codes as the same numbers without the headers' casts of
 * 0x8... to a signed type, which depend on the compiler.
 */
#undef _HRESULT_TYPEDEF_
#define _HRESULT_TYPEDEF_(code) ((HRESULT)((code) > 0x7fffffff ? (code)-0x100000000 : (code)))
#undef HRESULT_FROM_WIN32
#define HRESULT_FROM_WIN32(error) ((HRESULT)((error) + 0x80070000L - 0x100000000))
