// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.id.PartyNumber;

/**
 * How far a caller has come in asking for a callback by keys.
 *
 * <pre>
 *   None ---> Offered --key--> Confirming --1--> Promised
 *                ^    |  ^          |  ^
 *                |    |  +--nothing-+  |
 *                |    +---withheld---> Typing
 *                +--------nothing--------+
 * </pre>
 */
public sealed interface Dialogue {

    /** Nothing was offered. */
    record None() implements Dialogue {}

    /** He may ask for it from now on. */
    record Offered() implements Dialogue {}

    /**
     * He has been told this number.
     *
     * @param asked how often
     */
    record Confirming(PartyNumber number, int asked, Instant until) implements Dialogue {}

    /**
     * He types a number.
     *
     * @param keys those he has pressed; personal data, as any number
     * @param tries how often he was asked to
     */
    record Typing(PartyNumber keys, int tries, Instant until) implements Dialogue {}

    /** He is told so, then hung up on. */
    record Promised() implements Dialogue {}

    /** When he is taken to have changed his mind. */
    default Optional<Instant> deadline() {
        return switch (this) {
            case Confirming confirming -> Optional.of(confirming.until());
            case Typing typing -> Optional.of(typing.until());
            case None none -> Optional.empty();
            case Offered offered -> Optional.empty();
            case Promised promised -> Optional.empty();
        };
    }

    /** Whether nothing else may be said meanwhile. */
    default boolean underWay() {
        return !(this instanceof None) && !(this instanceof Offered);
    }
}
