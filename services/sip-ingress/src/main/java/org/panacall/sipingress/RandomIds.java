// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.panacall.engine.id.Ids;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.CallIds;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.PlayId;

/** Identifiers: prefixed UUIDv7 for what is ours, bits nobody can guess for SIP. */
final class RandomIds implements CallIds {

    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random = new SecureRandom();
    private final String host;

    /**
     * @param host our SIP host, for Call-IDs
     */
    RandomIds(String host) {
        this.host = host;
    }

    /** Tells a process from those before it of the same name. */
    static String boot() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1L << 36, 1L << 40), 36);
    }

    @Override
    public CallId call() {
        return new CallId(Ids.next("call"));
    }

    @Override
    public LegId leg() {
        return new LegId(Ids.next("leg"));
    }

    @Override
    public PlayId play() {
        return new PlayId(Ids.next("play"));
    }

    @Override
    public long sdp() {
        return ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
    }

    @Override
    public String traceparent() {
        return "00-" + bits(16) + "-" + bits(8) + "-01";
    }

    @Override
    public String tag() {
        return bits(8);
    }

    @Override
    public String callId() {
        return bits(16) + "@" + host;
    }

    @Override
    public String branch() {
        return bits(10);
    }

    @Override
    public int below(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private String bits(int bytes) {
        var drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HEX.formatHex(drawn);
    }
}
