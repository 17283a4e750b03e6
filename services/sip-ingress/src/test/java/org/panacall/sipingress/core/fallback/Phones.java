// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.sipingress.core.b2bua.World;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.sdp.Bodies;

/** The agents' phones: they remember who was rung, and do nothing by themselves unless told so. */
final class Phones {

    private final World world;
    private final List<String> rung = new ArrayList<>();
    private final Map<String, LegId> legs = new LinkedHashMap<>();
    private final LinkedHashSet<LegId> cancelled = new LinkedHashSet<>();
    private final Map<String, Integer> refusing = new LinkedHashMap<>();

    Phones(World world) {
        this.world = world;
        world.partiesAre(this::hear);
    }

    List<String> all() {
        return List.of("103", "104", "105", "106");
    }

    /** Extensions in the order in which they were rung. */
    List<String> rung() {
        return List.copyOf(rung);
    }

    void refuses(String extension, int status) {
        refusing.put(extension, status);
    }

    void ring(String extension) {
        world.party(new UserAgentCommand.Ring(legs.get(extension), 180, Optional.empty()));
    }

    void answer(String extension) {
        world.party(new UserAgentCommand.Accept(legs.get(extension), Bodies.A_LAW));
    }

    void hangUp(String extension) {
        world.party(new UserAgentCommand.Bye(legs.get(extension), Optional.empty()));
    }

    /** Whether the phone's newest call was taken back. */
    boolean isCancelled(String extension) {
        return cancelled.contains(legs.get(extension));
    }

    private void hear(UserAgentOutput output) {
        switch (output) {
            case UserAgentOutput.Invited(var leg, var invitation) -> {
                var extension = invitation.requestUser();
                rung.add(extension);
                legs.put(extension, leg);
                var status = Optional.ofNullable(refusing.get(extension));
                status.ifPresent(no -> refuse(leg, no));
            }
            case UserAgentOutput.Cancelled(var leg, var reason) -> cancelled.add(leg);
            default -> {
                // Nothing that these tests look at.
            }
        }
    }

    private void refuse(LegId leg, int status) {
        world.agenda()
                .in(
                        Duration.ofMillis(1),
                        () -> world.party(new UserAgentCommand.Reject(leg, status)));
    }
}
