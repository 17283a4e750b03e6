// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.panacall.simkit.Dice;

/**
 * Sound requests to be broken: calls to the demo clinic's numbers and requests of dialogs that
 * nobody has.
 *
 * @param domain of the clinic
 * @param host the sender's, in Via, Contact and SDP
 * @param port the sender's
 * @param headers lines that stand above the others, each with its line end
 */
public record SipSamples(String domain, String host, int port, String headers) {

    private static final List<String> METHODS =
            List.of("INVITE", "INVITE", "INVITE", "BYE", "ACK", "CANCEL", "OPTIONS", "INFO");
    private static final List<String> NUMBERS =
            List.of("74950000100", "+74950000101", "74950000199", "74950000000");

    /** The next request; the number makes its transaction and its Call-ID. */
    public byte[] next(Dice dice, String number) {
        var method = dice.oneOf(METHODS);
        var to = dice.chance(0.2) ? ";tag=t" + dice.below(5) : "";
        var body = dice.chance(0.8) ? sdp() : "";
        var text =
                """
                %1$s sip:%2$s@%3$s SIP/2.0
                Via: SIP/2.0/UDP %6$s:%7$d;branch=z9hG4bKm%4$s
                %8$sFrom: "Пациент" <sip:+79161234567@%6$s>;tag=f%4$s
                To: <sip:%2$s@%3$s>%5$s
                Call-ID: m%4$s@%6$s
                CSeq: 1 %1$s
                Max-Forwards: 69
                Contact: <sip:+79161234567@%6$s:%7$d>
                Supported: timer
                Reason: Q.850;cause=16;text="Normal"
                Content-Type: application/sdp
                Content-Length: %9$d

                """
                        .formatted(
                                method,
                                dice.oneOf(NUMBERS),
                                domain,
                                number,
                                to,
                                host,
                                port,
                                headers,
                                body.length());
        return (text.replace("\n", "\r\n") + body).getBytes(StandardCharsets.UTF_8);
    }

    private String sdp() {
        return """
        v=0
        o=party 1 1 IN IP4 %1$s
        s=-
        c=IN IP4 %1$s
        t=0 0
        m=audio 40000 RTP/AVP 0 8 101
        a=rtpmap:101 telephone-event/8000
        a=sendrecv
        """
                .formatted(host)
                .replace("\n", "\r\n");
    }
}
