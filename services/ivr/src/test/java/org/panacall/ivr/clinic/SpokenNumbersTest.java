// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.ivr.core.flow.SayPart.As;
import org.panacall.ivr.core.say.Speech;

/**
 * What the bundled synthesiser makes of numbers, dates, times and money: never silence, as long as
 * such words take, and no two numbers alike. Versions of it differ in their samples, so those are
 * not compared. {@code -Dsay.step=1} speaks every number up to 9999, else a sample.
 */
class SpokenNumbersTest {

    private static final int LAST = 9_999;
    private static final int STEP = Integer.getInteger("say.step", 1_111);
    private static final int WAVE_HEADER = 44;
    private static final int LOUD_MIN = 500;

    /** Seconds for any text, and for each of its letters; spelling a text out takes far longer. */
    private static final double LEAST = 0.2;

    private static final double LEAST_A_LETTER = 0.03;
    private static final double MOST = 0.7;
    private static final double MOST_A_LETTER = 0.12;

    private record Spoken(String text, double seconds, double level, int hash) {}

    @ParameterizedTest
    @ValueSource(strings = {"ru", "uk", "en"})
    void everyNumberIsHeardAndIsLikeNoOther(String language) throws Exception {
        // Given
        var numbers =
                IntStream.concat(IntStream.rangeClosed(0, 20), IntStream.of(30, 40, 90, 100, 200))
                        .boxed()
                        .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
        IntStream.iterate(0, number -> number <= LAST, number -> number + STEP)
                .forEach(numbers::add);

        // When
        var spoken =
                spoken(
                        numbers.stream()
                                .map(number -> said((long) number, As.NUMBER, "", language))
                                .toList(),
                        language);

        // Then
        assertEquals(List.of(), odd(spoken));
        var alike = new TreeMap<Integer, TreeSet<String>>();
        spoken.forEach(
                one -> alike.computeIfAbsent(one.hash(), any -> new TreeSet<>()).add(one.text()));
        assertEquals(List.of(), alike.values().stream().filter(texts -> texts.size() > 1).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ru", "uk", "en"})
    void datesTimesOrdinalsAndMoneyAreHeard(String language) throws Exception {
        // Given
        var texts =
                Stream.of(
                                Stream.of("2026-01-09", "2026-05-31", "2026-12-03")
                                        .map(day -> said(day, As.DATE, "", language)),
                                Stream.of("00:00", "10:05", "21:41")
                                        .map(time -> said(time, As.TIME, "", language)),
                                Stream.of(1L, 3L, 40L, 2026L)
                                        .map(number -> said(number, As.ORDINAL, "", language)),
                                Stream.of("RUB", "UAH", "USD", "EUR")
                                        .map(unit -> said(1022L, As.MONEY, unit, language)))
                        .flatMap(part -> part)
                        .toList();

        // Then
        assertEquals(List.of(), odd(spoken(texts, language)));
    }

    private static String said(Object value, As as, String currency, String language) {
        return Speech.of(value, as, currency, language).orElseThrow();
    }

    private static List<Spoken> odd(List<Spoken> spoken) {
        return spoken.stream().filter(one -> one.level() < LOUD_MIN || !isAsLong(one)).toList();
    }

    private static boolean isAsLong(Spoken one) {
        int letters = one.text().length();
        return one.seconds() > LEAST + LEAST_A_LETTER * letters
                && one.seconds() < MOST + MOST_A_LETTER * letters;
    }

    private static List<Spoken> spoken(List<String> texts, String language) throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var tasks =
                    texts.stream()
                            .map(text -> (Callable<Spoken>) () -> speak(text, language))
                            .toList();
            var results = new java.util.ArrayList<Spoken>();
            for (var done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        }
    }

    /** As media does. */
    private static Spoken speak(String text, String language)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("espeak-ng", "-v", language, "-s", "150", "--stdin", "--stdout")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var input = process.getOutputStream()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        }
        var wave = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor());
        var bytes = ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN);
        int rate = bytes.getInt(24);
        var samples = bytes.position(WAVE_HEADER).slice().order(ByteOrder.LITTLE_ENDIAN);
        int count = samples.remaining() / 2;
        double power = 0;
        for (int i = 0; i < count; i++) {
            power += Math.pow(samples.getShort(2 * i), 2);
        }
        return new Spoken(
                text,
                (double) count / rate,
                count == 0 ? 0 : Math.sqrt(power / count),
                Arrays.hashCode(wave));
    }
}
