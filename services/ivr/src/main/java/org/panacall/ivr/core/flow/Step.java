// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;

/** A box of a flow's drawing: what it does, and where each of its exits leads. */
public record Step(StepId id, Kind kind, Map<String, StepId> exits) {

    /** Exit of a play that is over. */
    public static final String DONE = "done";

    /** Exit of a menu at which nothing was pressed. */
    public static final String NO_INPUT = "no-input";

    /** Exit of a menu after too many wrong inputs. */
    public static final String INVALID = "invalid";

    /** What records say when a caller dialled an extension; not an exit that can be drawn. */
    public static final String EXTENSION = "extension";

    public Step {
        exits = Map.copyOf(exits);
    }

    public Optional<StepId> exit(String name) {
        return Optional.ofNullable(exits.get(name));
    }

    /** What a step does. */
    public sealed interface Kind {}

    /** Plays prompts. With barge-in a key ends them and is kept for the next menu. */
    public record Play(List<Prompt> prompts, boolean bargeIn) implements Kind {
        public Play {
            prompts = List.copyOf(prompts);
        }
    }

    /** Asks for a key, or for the extension of a person or queue. */
    public record Menu(
            List<Prompt> prompts, List<Prompt> invalidPrompts, Keys keys, Patience patience)
            implements Kind {
        public Menu {
            prompts = List.copyOf(prompts);
            invalidPrompts = List.copyOf(invalidPrompts);
        }
    }

    /** What a menu takes: its keys, each with an exit of its name, and perhaps extensions. */
    public record Keys(List<String> keys, boolean extensionDialling) {
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /** How long a menu waits, and how many wrong inputs it bears. */
    public record Patience(Duration firstKey, Duration interKey, int attempts) {
        public Patience {
            if (!firstKey.isPositive() || !interKey.isPositive() || attempts < 1) {
                throw new IllegalArgumentException(
                        "a menu waits longer than nothing and allows one attempt at least");
            }
        }
    }

    /** Hands the call to a queue. */
    public record Enqueue(QueueId queue, Map<String, String> attributes) implements Kind {
        public Enqueue {
            attributes = Map.copyOf(attributes);
        }
    }

    /** Hands the call to a person. */
    public record Transfer(Extension extension) implements Kind {}

    /** Lets the caller hear himself until he hangs up. */
    public record Echo() implements Kind {}

    /** Ends the call. */
    public record HangUp() implements Kind {}
}
