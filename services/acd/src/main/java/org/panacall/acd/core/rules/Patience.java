// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a call that waits is to be looked at for its queue's rules. A look that finds nothing is no
 * event.
 *
 * @param since when it came to the queue
 * @param keptAt when the queue kept it although a rule applied
 */
public record Patience(Instant since, Optional<Instant> keptAt) {

    /** No rule applies again before. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** How soon it is noticed that nobody is there. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** How soon it is noticed that waits have become long. */
    private static final Duration PREDICTION = Duration.ofSeconds(15);

    /** When a rule has applied for long enough, if what it asks for has been so since then. */
    public Instant ripe(OverflowRule rule, Instant soSince) {
        var begun = soSince.isAfter(since) ? soSince : since;
        var due = begun.plus(rule.time());
        var again = keptAt.map(at -> at.plus(longer(rule.time(), AGAIN))).orElse(due);
        return again.isAfter(due) ? again : due;
    }

    /** Whether it was kept a moment ago, so that no rule applies. */
    public boolean rests(Instant now) {
        return keptAt.filter(at -> at.plus(AGAIN).isAfter(now)).isPresent();
    }

    /** Since when the present stay counts, for what happens to the queue meanwhile. */
    public Instant stays() {
        return keptAt.orElse(since);
    }

    /** The first look after an event about the call. */
    public Optional<Instant> firstLook(List<OverflowRule> rules, OpenHours hours, Instant now) {
        return rules.stream()
                .flatMap(rule -> firstLook(rule, hours, now).stream())
                .min(Instant::compareTo);
    }

    private Optional<Instant> firstLook(OverflowRule rule, OpenHours hours, Instant now) {
        return switch (rule.when()) {
            case CLOSED ->
                    hours.open(stays()) ? hours.changesAfter(stays()) : Optional.<Instant>empty();
            case WAITED_TOO_LONG -> Optional.of(ripe(rule, since));
            case NOBODY_SIGNED_IN, NOBODY_READY -> {
                var ripe = ripe(rule, since);
                var soon = now.plus(LOOK);
                yield Optional.of(ripe.isAfter(soon) ? ripe : soon);
            }
            case WAIT_PREDICTED_TOO_LONG -> Optional.of(now.plus(PREDICTION));
            case FULL, LINE_TOO_LONG, UNREACHABLE -> Optional.empty();
        };
    }

    /**
     * The next look, when a rule does not apply now.
     *
     * @param soSince since when what it asks for is so; empty: it is not
     */
    public Optional<Instant> nextLook(
            OverflowRule rule, Optional<Instant> soSince, OpenHours hours, Instant now) {
        return switch (rule.when()) {
            case CLOSED -> hours.open(now) ? hours.changesAfter(now) : Optional.empty();
            case WAITED_TOO_LONG -> Optional.of(ripe(rule, since));
            case NOBODY_SIGNED_IN, NOBODY_READY ->
                    Optional.of(
                            soSince.map(at -> ripe(rule, at))
                                    .orElse(now.plus(longer(rule.time(), LOOK))));
            case WAIT_PREDICTED_TOO_LONG -> Optional.of(now.plus(PREDICTION));
            case FULL, LINE_TOO_LONG, UNREACHABLE -> Optional.empty();
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
