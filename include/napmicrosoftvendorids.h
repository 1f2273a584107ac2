/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The qutil authors
 *
 * The ids of Microsoft's own NAP components. Names and values are those of the Windows SDK header
 * of the same name.
 */
#ifndef NAPMICROSOFTVENDORIDS_H
#define NAPMICROSOFTVENDORIDS_H

/* Microsoft's SMI code: the upper 24 bits of the ids below. */
#define MicrosoftVendorId 0x137U

/* NAP itself. */
#define NapSystemId 0x00013700U

/* Enforcement clients: DHCP, VPN, IPsec, 802.1X, DirectAccess, ISA Server, EAP. */
#define NapDhcpEnforcementId           0x00013701U
#define NapRasEnforcementId            0x00013702U
#define NapIpsecEnforcementId          0x00013703U
#define Nap8021xEnforcementId          0x00013704U
#define NapAnywhereAccessEnforcementId 0x00013705U
#define NapIsaEnforcementId            0x00013706U
#define NapEapEnforcementId            0x00013707U

/* Health agents: Windows' own, Systems Management Server, Forefront Client Security, TPM. */
#define NapOutOfBoxSystemHealthId 0x00013780U
#define NapSmsSystemHealthId      0x00013781U
#define NapFCSv1SystemHealthId    0x00013782U
#define NapFCSv2SystemHealthId    0x00013783U
#define NapTpmSystemHealthId      0x00013784U

#endif
