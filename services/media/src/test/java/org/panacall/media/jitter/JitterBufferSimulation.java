// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.jitter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.simkit.VirtualClock;

/**
 * Two minutes of a sender behind a network that delays, loses, repeats and reorders, by seed.
 * Samples carry their number, so that what is played tells where it came from.
 *
 * <p>Invariants: samples are played in order and once, never older than the bound. Validations: on
 * a quiet network all is played; on a bad one hardly more is missing than was lost.
 */
class JitterBufferSimulation {

    private static final int SECONDS = 120;
    private static final byte SILENCE = (byte) 0xff;
    private static final int NUMBERS = 250;

    /** What the network of one run does. */
    private record Weather(int packetMs, int jitterMs, double loss, double repeat, int driftPpm) {

        static Weather of(Dice dice) {
            return new Weather(
                    dice.oneOf(List.of(10, 20, 30, 40, 60)),
                    dice.oneOf(List.of(0, 1, 5, 20, 60)),
                    dice.oneOf(List.of(0.0, 0.0, 0.01, 0.05)),
                    dice.oneOf(List.of(0.0, 0.02)),
                    dice.between(-200, 200));
        }
    }

    private static final class World {

        final Dice dice;
        final Weather weather;
        final JitterBuffer buffer = new JitterBuffer();
        final VirtualClock clock = new VirtualClock();
        final Agenda agenda = new Agenda(clock);
        final Instant start = clock.instant();
        final List<Integer> history = new ArrayList<>();
        final int firstTimestamp;
        long sent;
        long lostFrames;
        long played;
        long missing;
        long missingLately;
        long lastSample = -1;

        World(long seed) {
            dice = new Dice(seed);
            weather = Weather.of(dice);
            // Some runs cross the end of 32 bits.
            firstTimestamp = dice.chance(0.5) ? -160 * dice.below(1000) : dice.below(1 << 30);
        }

        long nanos() {
            return Duration.between(start, clock.instant()).toNanos();
        }

        void send() {
            int samples = weather.packetMs() * 8;
            long number = sent++;
            double stretch = 1 + weather.driftPpm() / 1e6;
            var leaves = Duration.ofNanos((long) (number * weather.packetMs() * 1e6 * stretch));
            if (dice.chance(weather.loss())) {
                lostFrames += samples / 80;
            } else {
                arrive(leaves, number * samples, samples);
                if (dice.chance(weather.repeat())) {
                    arrive(leaves, number * samples, samples);
                }
            }
        }

        private void arrive(Duration leaves, long sample, int samples) {
            var delay = Duration.ofMillis(dice.below(weather.jitterMs() + 1));
            agenda.at(start.plus(leaves).plus(delay), () -> push(sample, samples));
        }

        private void push(long sample, int samples) {
            var packet = ByteBuffer.allocate(samples);
            for (int i = 0; i < samples; i++) {
                packet.put(i, (byte) ((sample + i) / 80 % NUMBERS));
            }
            buffer.push(firstTimestamp + (int) sample, packet, 0, samples, nanos());
        }

        void pull(int frame) {
            var codes = new byte[160];
            boolean present = buffer.pull(codes, SILENCE, nanos());
            history.add(present ? Arrays.hashCode(codes) : 0);
            if (!present) {
                missing++;
                missingLately += frame > 50 * 60 ? 1 : 0;
                return;
            }
            played++;
            for (int i = 0; i < 160; i += 80) {
                if (codes[i] != SILENCE) {
                    inOrder(codes[i] & 0xff);
                }
            }
        }

        /** Numbers repeat every 2.5 s, far beyond what is ever buffered. */
        private void inOrder(int number) {
            long expected = lastSample + 1;
            long ahead = Math.floorMod(number - expected, NUMBERS);
            assertTrue(ahead < NUMBERS / 2, "played again or backwards: " + number);
            lastSample = expected + ahead;
            long spoken = Duration.between(start, clock.instant()).toMillis() / 10;
            assertTrue(spoken - lastSample < 35, "older than 350 ms: " + (spoken - lastSample));
        }
    }

    private static World run(long seed) {
        var world = new World(seed);
        int packets = SECONDS * 1000 / world.weather.packetMs();
        for (int i = 0; i < packets; i++) {
            world.send();
        }
        var phase = Duration.ofMillis(world.dice.below(20)).plusNanos(500_000);
        for (int i = 0; i < SECONDS * 50; i++) {
            int frame = i;
            world.agenda.at(world.start.plus(phase).plusMillis(20L * i), () -> world.pull(frame));
        }
        while (world.agenda.step()) {
            assertTrue(world.buffer.delayMs() < 250);
        }
        return world;
    }

    @Test
    void playsAllThatComesInOrderAndInTime() {
        Seeds.run(
                seed -> {
                    var world = run(seed);
                    var weather = world.weather;
                    if (weather.loss() == 0 && weather.jitterMs() <= 1) {
                        assertTrue(world.missingLately <= 4, weather + " " + world.missingLately);
                    }
                    double allowed = world.lostFrames / 2.0 * 1.3 + world.played * 0.02 + 10;
                    assertTrue(world.missing <= allowed, weather + " missing " + world.missing);
                });
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        assertEquals(run(7).history, run(7).history);
    }
}
