// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.adoption;

import java.util.LinkedHashMap;
import org.panacall.sipingress.core.message.SipUri;

/**
 * Requests in dialogs that another holder had: the edge sends them here when that one is dead, and
 * we may become its heir in a moment. Silence makes the other side repeat them; a refusal would end
 * its side of the call for good.
 *
 * <p>Bounded to 256 holders; the one met longest ago is forgotten.
 */
public final class Orphans {

    private static final long PATIENCE_MS = 8_000;
    private static final long FORGOTTEN_MS = 60_000;
    private static final int HOLDERS_MAX = 256;

    private final String own;
    private final LinkedHashMap<String, Long> firstSeen = new LinkedHashMap<>();

    /**
     * @param own the holder's name that our Contacts carry
     */
    public Orphans(String own) {
        this.own = own;
    }

    /** Whether silence is better than a refusal, for a while. */
    public boolean mayBecomeOurs(String uri, long now) {
        var holder = SipUri.parse(uri).flatMap(parsed -> parsed.parameter("pi")).orElse(own);
        if (holder.equals(own) || holder.isEmpty()) return false;
        long since = now - firstSeen.getOrDefault(holder, now - FORGOTTEN_MS);
        if (since < FORGOTTEN_MS) return since < PATIENCE_MS;
        firstSeen.remove(holder);
        if (firstSeen.size() == HOLDERS_MAX) firstSeen.pollFirstEntry();
        firstSeen.put(holder, now);
        return true;
    }
}
