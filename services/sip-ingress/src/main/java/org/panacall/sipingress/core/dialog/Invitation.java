// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.NameAddress;

/**
 * What an INVITE to us said.
 *
 * @param requestUser user part of the request URI: the number or extension dialled
 * @param requestHost its host
 * @param assertedIdentity the first P-Asserted-Identity
 * @param source value of X-Panacall-Source as the edge set it: who was let in, and as what
 * @param sdp their offer; without it {@code Accept} carries ours and the ACK their answer
 * @param receivedFrom the address the datagram came from
 */
public record Invitation(
        String requestUser,
        String requestHost,
        NameAddress from,
        NameAddress to,
        Optional<NameAddress> assertedIdentity,
        Optional<String> source,
        String callId,
        Optional<String> sdp,
        Endpoint receivedFrom) {}
