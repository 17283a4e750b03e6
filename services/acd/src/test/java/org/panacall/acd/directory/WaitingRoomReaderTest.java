// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.acd.Wording;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.plan.WaitingRoom.Figures;
import org.panacall.acd.core.plan.WaitingRoom.Information;
import org.panacall.acd.core.plan.WaitingRoom.Offer;
import org.panacall.acd.core.plan.WaitingRoom.Rules;
import org.panacall.proto.directory.v1.Tenant;

class WaitingRoomReaderTest {

    private final org.panacall.proto.directory.v1.WaitingRoom.Builder room =
            org.panacall.proto.directory.v1.WaitingRoom.newBuilder();

    private WaitingRoom read() {
        var tenant = Tenant.newBuilder().setLanguage("uk").setCountry("RU").build();
        return WaitingRoomReader.read(tenant, room.build());
    }

    private static com.google.protobuf.Duration time(Duration time) {
        return Wording.duration(time);
    }

    @Test
    void nothingSaidMeansNothingButMusic() {
        var read = read();
        assertEquals(Figures.NONE, read.figures());
        assertEquals(Information.NONE, read.information());
        assertEquals(Offer.NEVER, read.callbacks().offer());
        assertEquals(Rules.USUAL, read.callbacks().rules());
        assertEquals(Optional.empty(), read.callbacks().automatic());
        assertEquals("uk", read.language());
    }

    @Test
    void whatIsBeyondBoundsIsTheNearestWithin() {
        // Given
        room.getFiguresBuilder().setEvery(time(Duration.ofSeconds(1)));
        room.getInformationBuilder().setEvery(time(Duration.ofSeconds(1)));
        for (int prompt = 0; prompt < 40; prompt++) {
            room.getInformationBuilder().addPromptIds("news/" + prompt);
        }
        room.getCallbacksBuilder()
                .setKey("#")
                .setAttempts(99)
                .setCapacity(-1)
                .setRetryAfter(time(Duration.ofMillis(1)))
                .setExpiresAfter(time(Duration.ofDays(2)));

        // When
        var read = read();

        // Then
        assertEquals(Duration.ofSeconds(10), read.figures().every());
        assertEquals(Duration.ofSeconds(10), read.information().every());
        assertEquals(32, read.information().prompts().size());
        assertEquals('1', read.callbacks().offer().key());
        assertEquals(
                new Rules(Duration.ofDays(1), 10, Duration.ofSeconds(1), 1),
                read.callbacks().rules());
    }

    @Test
    void whatACallerTypesIsANumberOfTheClinicsCountry() {
        var numbers = read().callbacks().numbers();
        var whole = Optional.of("+79161234567");
        assertEquals(whole, numbers.complete("89161234567").map(number -> number.value()));
        assertEquals(whole, numbers.complete("9161234567").map(number -> number.value()));
        assertEquals(Optional.empty(), numbers.complete("12"));
    }

    @Test
    void nobodyIsCalledBackWhoEarnsByIt() {
        var numbers = read().callbacks().numbers();
        assertEquals(Optional.empty(), numbers.complete("88091234567"));
    }
}
