// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.EndReason;

class MediaFailureTest {

    @Test
    void aLegThatMediaCannotCarryEndsInsteadOfHearingNothing() {
        // Given
        var world = new World();
        var caller = world.ring(World.CARRIER, "+74950000199", Optional.of(Bodies.MU_LAW));
        world.run(Duration.ofMillis(100));
        var call = world.core().callsAfter(new CallId("_")).iterator().next();
        var leg = call.primary().id();
        assertTrue(world.media().hears(call.id(), leg, leg));
        // When
        world.media().refuse(open -> true);
        world.send(new IngressCommand.MediaFailed(leg));
        world.run(Duration.ofMinutes(2));
        // Then
        assertEquals(List.of(EndReason.us("media-lost")), world.audit().ends());
        assertTrue(
                world.heard().stream()
                        .filter(UserAgentOutput.ByeReceived.class::isInstance)
                        .map(UserAgentOutput.ByeReceived.class::cast)
                        .anyMatch(bye -> bye.leg().equals(caller)));
    }
}
