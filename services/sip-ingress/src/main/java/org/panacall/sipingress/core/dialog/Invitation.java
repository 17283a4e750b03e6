// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.time.Instant;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.NameAddress;
import org.panacall.sipingress.core.message.Party;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipUri;

/**
 * What an INVITE to us said.
 *
 * @param requestUser user part of the request URI: the number or extension dialled
 * @param requestHost its host
 * @param assertedIdentity the first P-Asserted-Identity
 * @param source value of X-Panacall-Source as the edge set it: who was let in, and as what
 * @param sdp their offer; without it {@code Accept} carries ours and the ACK their answer
 * @param receivedFrom the address the datagram came from
 * @param receivedAt when the edge had it first
 * @param key common to all attempts of the edge at this INVITE, and to no other INVITE
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
        Endpoint receivedFrom,
        Instant receivedAt,
        String key) {

    static Invitation of(Request invite, Endpoint source, long now) {
        var uri = SipUri.parse(invite.uri()).orElseThrow();
        var headers = invite.headers();
        var asserted = headers.values(HeaderName.P_ASSERTED_IDENTITY);
        boolean offered = invite.body().length > 0;
        return new Invitation(
                uri.user(),
                uri.host(),
                invite.envelope().from().address(),
                invite.envelope().to().address(),
                asserted.isEmpty()
                        ? Optional.empty()
                        : Party.parse(asserted.getFirst()).map(Party::address),
                headers.readable(HeaderName.X_PANACALL_SOURCE),
                invite.envelope().callId(),
                offered ? Optional.of(invite.text()) : Optional.empty(),
                source,
                Instant.ofEpochMilli(invite.receivedAt(now)),
                key(invite));
    }

    private static String key(Request invite) {
        var received = invite.headers().first(HeaderName.X_PANACALL_RECEIVED).orElse("");
        return Shard.invitationKey(invite) + ' ' + received;
    }
}
