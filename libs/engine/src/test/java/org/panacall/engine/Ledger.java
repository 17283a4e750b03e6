// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The smallest core that shows all an engine does: it sums, refuses, announces, has a deadline. */
public final class Ledger implements Core<Ledger.Command, Ledger.Added, String, String> {

    /** What can be asked. */
    public sealed interface Command {
        record Add(int amount) implements Command {}

        record AddLater(int amount, Duration delay) implements Command {}

        record Break() implements Command {}
    }

    /** What happened. */
    public record Added(int amount) {}

    /** Amounts in decimal with spaces, after the time. */
    public static final Codec<Added> CODEC =
            new Codec<>() {
                @Override
                public byte[] encode(Turn<Added> turn) {
                    var text = new StringBuilder(turn.at().toString());
                    turn.events().forEach(event -> text.append(' ').append(event.amount));
                    return text.toString().getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public Turn<Added> decode(byte[] message) {
                    var words = new String(message, StandardCharsets.UTF_8).split(" ");
                    var events =
                            Arrays.stream(words)
                                    .skip(1)
                                    .map(word -> new Added(Integer.parseInt(word)))
                                    .toList();
                    return new Turn<>(Instant.parse(words[0]), events);
                }
            };

    private static final int LIMIT = 1_000_000;

    private final List<Integer> amounts = new ArrayList<>();
    private int sum;
    private Optional<Instant> deadline = Optional.empty();
    private int due;

    public int sum() {
        return sum;
    }

    public List<Integer> amounts() {
        return List.copyOf(amounts);
    }

    @Override
    public Decision<Added, String, String> handle(Command command, Instant now) {
        return switch (command) {
            case Command.Add(var amount) when sum + amount > LIMIT ->
                    new Decision<>(List.of(), List.of(), Optional.of("too much"));
            case Command.Add(var amount) -> added(amount);
            case Command.AddLater(var amount, var delay) -> {
                due = amount;
                deadline = Optional.of(now.plus(delay));
                yield new Decision<>(List.of(), List.of(), Optional.empty());
            }
            case Command.Break() -> {
                apply(new Added(77));
                throw new IllegalStateException("broken on purpose");
            }
        };
    }

    @Override
    public Decision<Added, String, String> tick(Instant now) {
        if (deadline.filter(then -> !then.isAfter(now)).isEmpty()) {
            return new Decision<>(List.of(), List.of(), Optional.empty());
        }
        deadline = Optional.empty();
        return added(due);
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return deadline;
    }

    @Override
    public void apply(Added event) {
        amounts.add(event.amount);
        sum += event.amount;
    }

    private Decision<Added, String, String> added(int amount) {
        var event = new Added(amount);
        apply(event);
        return new Decision<>(List.of(event), List.of("sum is " + sum), Optional.empty());
    }
}
