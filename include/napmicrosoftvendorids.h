/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The ids of Microsoft's own NAP components. Names and values are those of the Windows SDK header
 * of the same name. As there, the ids are variables and not macros: a program can take their
 * addresses, and can give members the same names.
 */
#ifndef NAPMICROSOFTVENDORIDS_H
#define NAPMICROSOFTVENDORIDS_H

#include <basetsd.h>

/* Microsoft's SMI code: the upper 24 bits of the ids below. */
static const UINT32 MicrosoftVendorId = 0x137;

/* The id of NAP itself. No component has it. */
static const UINT32 NapSystemId = 0x00013700;

/* Enforcement clients: DHCP, VPN, IPsec, the wireless 802.1X of Windows XP SP3, Remote Desktop
 * Gateway, ISA Server, EAP. The VPN client of Windows 8.1 is 0x00013708, which has no name. */
static const UINT32 NapDhcpEnforcementId = 0x00013701;
static const UINT32 NapRasEnforcementId = 0x00013702;
static const UINT32 NapIpsecEnforcementId = 0x00013703;
static const UINT32 Nap8021xEnforcementId = 0x00013704;
static const UINT32 NapAnywhereAccessEnforcementId = 0x00013705;
static const UINT32 NapIsaEnforcementId = 0x00013706;
static const UINT32 NapEapEnforcementId = 0x00013707;

/* Health agents: Windows' own, Systems Management Server, Forefront Client Security, TPM. */
static const UINT32 NapOutOfBoxSystemHealthId = 0x00013780;
static const UINT32 NapSmsSystemHealthId = 0x00013781;
static const UINT32 NapFCSv1SystemHealthId = 0x00013782;
static const UINT32 NapFCSv2SystemHealthId = 0x00013783;
static const UINT32 NapTpmSystemHealthId = 0x00013784;

#endif
