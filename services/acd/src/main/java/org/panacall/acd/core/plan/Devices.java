// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.List;
import org.panacall.acd.core.agent.Presence;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;

/**
 * What a person can be rung on, in the order in which it is.
 *
 * @param step in a cascade, until the next one rings too
 */
public record Devices(List<Device> all, boolean cascade, Duration step) {

    private static final int DEVICES_MAX = 8;

    /** What kind of telephone it is. */
    public enum Kind {
        PHONE,
        BROWSER,
        MOBILE
    }

    /**
     * One of them.
     *
     * @param address SIP user in the tenant's domain, or a mobile's number
     */
    public record Device(Kind kind, PartyNumber address) {

        public Device {
            if (address.isOutside() != (kind == Kind.MOBILE)) {
                throw new IllegalArgumentException("a mobile has a number with +, and no other");
            }
        }

        /** As whom it registers. */
        public Extension user() {
            return new Extension(address.value());
        }

        /** Whether it can be rung at present. */
        public boolean reachable(Presence presence) {
            return kind == Kind.MOBILE ? presence.mobile() : presence.registered(user());
        }
    }

    public Devices {
        all = List.copyOf(all);
        if (all.isEmpty() || all.size() > DEVICES_MAX) {
            throw new IllegalArgumentException("a person may have 1 to 8 devices");
        }
        if (step.isNegative() || cascade && step.isZero()) {
            throw new IllegalArgumentException("a cascade takes some time");
        }
    }

    /** One phone, registered as the person's extension. */
    public static Devices phone(Extension extension) {
        var phone = new Device(Kind.PHONE, new PartyNumber(extension.value()));
        return new Devices(List.of(phone), false, Duration.ZERO);
    }

    public boolean mobile() {
        return all.stream().anyMatch(device -> device.kind() == Kind.MOBILE);
    }

    /** Those that can be rung at present. */
    public List<Device> reachable(Presence presence) {
        return all.stream().filter(device -> device.reachable(presence)).toList();
    }
}
