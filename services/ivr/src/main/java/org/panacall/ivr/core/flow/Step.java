// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Notification;

/** A box of a flow's drawing: what it does, and where each of its exits leads. */
public record Step(StepId id, Kind kind, Map<String, StepId> exits) {

    /** Exit of a play that is over. */
    public static final String DONE = "done";

    /** Exit of a menu at which nothing was pressed. */
    public static final String NO_INPUT = "no-input";

    /** Exit of a menu after too many wrong inputs. */
    public static final String INVALID = "invalid";

    /** Exit of a step that could not do what it should; falls back when it is not drawn. */
    public static final String FAILED = "failed";

    /** Exit of a step whose outcome another step awaits. */
    public static final String STARTED = "started";

    /** Exit of a step whose outcome did not come in time. */
    public static final String TIMEOUT = "timeout";

    /** Exits of a transfer by which the call comes back when it is drawn. */
    public static final List<String> NOT_TAKEN =
            List.of("no-answer", "busy", "unavailable", FAILED);

    /** What records say when a caller dialled an extension; not an exit that can be drawn. */
    public static final String EXTENSION = "extension";

    public Step {
        exits = Map.copyOf(exits);
    }

    public Optional<StepId> exit(String name) {
        return Optional.ofNullable(exits.get(name));
    }

    /** What a step does. */
    public sealed interface Kind {

        /** For records, as drawings call it: "menu". */
        default String word() {
            return switch (this) {
                case Play _ -> "play";
                case Menu _ -> "menu";
                case Collect _ -> "collect";
                case Answer _ -> "answer";
                case Branch _ -> "branch";
                case Hours _ -> "hours";
                case Screen _ -> "screen";
                case Assign _ -> "set";
                case Choose _ -> "language";
                case Say _ -> "say";
                case SubFlow _ -> "sub-flow";
                case Finish _ -> "finish";
                case Loop _ -> "loop";
                case Pause _ -> "wait";
                case Tag _ -> "tag";
                case GoTo _ -> "go-to";
                case Enqueue _ -> "queue";
                case Transfer _, Lead _ -> "transfer";
                case Rate _ -> "rate";
                case Echo _ -> "echo";
                case HangUp _ -> "hang-up";
                case Outside outside -> outside.errand().word();
                case Await _ -> "await";
                case RecordMessage _ -> "record";
                case Ring _ -> "ring-group";
                case Notify _ -> "notify";
                case NameBook.Spell _, NameBook.Pick _ -> "dial-by-name";
                case RecordingNotice _ -> "recording-notice";
                case Confer _ -> "conference";
                case Listen _ -> "messages";
            };
        }

        /** Whether the caller is to hear something, for which he must be answered. */
        default boolean isHeard() {
            return switch (this) {
                case Question _, Play _, Say _, Pause _, Echo _ -> true;
                case RecordMessage _, RecordingNotice _, Confer _, Listen _ -> true;
                default -> false;
            };
        }
    }

    /** Something that a caller answers by keys. */
    public sealed interface Question extends Kind
            permits Menu, Collect, Rate, NameBook.Spell, NameBook.Pick {
        List<Prompt> prompts();

        /** Heard after wrong input, before the prompts again. */
        List<Prompt> invalidPrompts();

        Patience patience();
    }

    /** Plays prompts. With barge-in a key ends them and is kept for the next menu. */
    public record Play(List<Prompt> prompts, boolean bargeIn) implements Kind {
        public Play {
            prompts = List.copyOf(prompts);
        }
    }

    /** Asks for a key, or for the extension of a person or queue. */
    public record Menu(
            List<Prompt> prompts, List<Prompt> invalidPrompts, Keys keys, Patience patience)
            implements Question {
        public Menu {
            prompts = List.copyOf(prompts);
            invalidPrompts = List.copyOf(invalidPrompts);
        }
    }

    /**
     * What a menu takes: its keys, each with an exit of its name, and perhaps extensions.
     *
     * @param variable that gets the key which was chosen
     */
    public record Keys(
            List<String> keys, boolean extensionDialling, Words words, Optional<String> variable) {
        public Keys {
            keys = List.copyOf(keys);
        }

        /** Keys to be pressed alone. */
        public Keys(List<String> keys, boolean extensionDialling) {
            this(keys, extensionDialling, Words.NONE, Optional.empty());
        }
    }

    /** Asks for digits and keeps them in a variable. */
    public record Collect(
            List<Prompt> prompts, List<Prompt> invalidPrompts, Digits digits, Patience patience)
            implements Question {
        public Collect {
            prompts = List.copyOf(prompts);
            invalidPrompts = List.copyOf(invalidPrompts);
        }
    }

    /**
     * The digits that are asked for.
     *
     * @param terminator key that ends them early; empty: none
     * @param valid what must be true once they are in the variable
     */
    public record Digits(
            int least, int most, String terminator, String variable, Optional<Expression> valid) {
        public Digits {
            if (least < 1 || most < least) {
                throw new IllegalArgumentException("digits are one at least");
            }
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
    public record Enqueue(
            QueueId queue, Map<String, String> attributes, Map<String, Expression> computed)
            implements Kind {
        public Enqueue {
            attributes = Map.copyOf(attributes);
            computed = Map.copyOf(computed);
        }

        /** With attributes that are known before. */
        public Enqueue(QueueId queue, Map<String, String> attributes) {
            this(queue, attributes, Map.of());
        }
    }

    /** Asks for a key from 1, the worst, to the best. A variable may get the answer as well. */
    public record Rate(
            List<Prompt> prompts,
            List<Prompt> invalidPrompts,
            int best,
            Optional<String> variable,
            Patience patience)
            implements Question {
        public Rate {
            prompts = List.copyOf(prompts);
            invalidPrompts = List.copyOf(invalidPrompts);
            if (best < 2 || best > 9) {
                throw new IllegalArgumentException("the best rating is a key from 2 to 9");
            }
        }
    }

    /** Hands the call to a person or number. */
    public record Transfer(Rung to, Optional<Duration> ringTimeout) implements Kind {

        /** To a person, as usual. */
        public Transfer(Extension extension) {
            this(new Person(extension, false), Optional.empty());
        }

        public Transfer {
            if (ringTimeout.filter(time -> !time.isPositive()).isPresent()) {
                throw new IllegalArgumentException("a phone rings longer than nothing");
            }
        }
    }

    /** Who is rung. */
    public sealed interface Rung {}

    /** {@code only}: none of his devices but that of the extension. */
    public record Person(Extension extension, boolean only) implements Rung {}

    /** A telephone outside, E.164 with "+". */
    public record Telephone(String number) implements Rung {}

    /** Hands the call to the person or queue whose extension comes of an expression. */
    public record Lead(Expression to, boolean only, Optional<Duration> ringTimeout)
            implements Kind {}

    /** Hands the call to whoever of a group answers first. */
    public record Ring(Destination.RingGroup group) implements Kind {}

    /** Has a message sent to somebody. */
    public record Notify(Notification what) implements Kind {}

    /** Lets the caller hear himself until he hangs up. */
    public record Echo() implements Kind {}

    /** Ends the call, for that reason. */
    public record HangUp(EndReason reason) implements Kind {
        public HangUp() {
            this(EndReason.FLOW_ENDED);
        }
    }

    /** Answers the call. */
    public record Answer() implements Kind {}

    /** Takes the exit of the first case that is true. */
    public record Branch(List<Case> cases) implements Kind {

        /** Exit when none is. */
        public static final String ELSE = "else";

        public Branch {
            cases = List.copyOf(cases);
        }
    }

    /** A way out of a branch. */
    public record Case(String exit, Expression when) {}

    /** Looks into a calendar: "open" or "closed". */
    public record Hours(String calendar) implements Kind {}

    /** Looks for the caller in lists: "listed" or "not-listed". */
    public record Screen(List<String> lists) implements Kind {
        public Screen {
            lists = List.copyOf(lists);
        }
    }

    /** Computes variables, one after another. */
    public record Assign(List<Assignment> assignments) implements Kind {
        public Assign {
            assignments = List.copyOf(assignments);
        }
    }

    /** Gives a variable a value. */
    public record Assignment(String variable, Expression value) {}

    /** Chooses a language. */
    public record Choose(String language) implements Kind {}

    /** Says what is made up for this caller. */
    public record Say(List<SayPart> parts, boolean bargeIn) implements Kind {
        public Say {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Goes through another flow.
     *
     * @param arguments its variable → what it gets
     * @param results our variable → its variable
     */
    public record SubFlow(
            FlowId flow, SortedMap<String, Expression> arguments, SortedMap<String, String> results)
            implements Kind {
        public SubFlow {
            arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
            results = Collections.unmodifiableSortedMap(new TreeMap<>(results));
        }
    }

    /** Comes back from a sub-flow by an exit of the step that entered it. */
    public record Finish(String exit) implements Kind {}

    /** Lets pass so many times by "again", then once by "over". */
    public record Loop(int times) implements Kind {}

    /** Waits. */
    public record Pause(Duration time) implements Kind {}

    /** Notes something for reports. */
    public record Tag(String name, Expression value) implements Kind {}

    /** Goes on with another flow. */
    public record GoTo(FlowId flow) implements Kind {}

    /**
     * Has something done outside, and takes the exit that comes of it.
     *
     * @param arguments what it is done with
     * @param within the longest wait for its outcome
     * @param ahead leaves at once by "started"; the outcome takes effect at a step that awaits it
     */
    public record Outside(
            Errand errand, SortedMap<String, Expression> arguments, Duration within, boolean ahead)
            implements Kind {
        public Outside {
            arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
        }
    }

    /** Waits for the outcome of a step that was begun ahead, and takes its exit. */
    public record Await(StepId asking) implements Kind {}

    /**
     * Takes a message.
     *
     * @param mailbox queue or extension; empty: the queue from which the caller comes, else the
     *     flow's fallback queue
     */
    public record RecordMessage(List<Prompt> prompts, String mailbox, Extent extent)
            implements Kind {

        /** Exit of a message in which nothing, or next to nothing, was said. */
        public static final String TOO_SHORT = "too-short";

        public RecordMessage {
            prompts = List.copyOf(prompts);
        }
    }

    /** How long a message may be, and what ends it. */
    public record Extent(Duration longest, Duration silence, Duration shortest, String endKeys) {}

    /** Says that the call is recorded, to the end. */
    public record RecordingNotice(List<Prompt> prompts) implements Kind {
        public RecordingNotice {
            prompts = List.copyOf(prompts);
        }
    }

    /** Takes the caller into the room of that name; an empty {@code leaveKey}: there is none. */
    public record Confer(Expression room, Company company, Duration longest, String leaveKey)
            implements Kind {

        /** Exit when all who may be in the room are there. */
        public static final String FULL = "full";
    }

    /** Lets somebody of the clinic hear the messages that wait for him. */
    public record Listen(Duration patience) implements Kind {}

    /** Who may be together in a room; {@code signs}: all hear when somebody comes or leaves. */
    public record Company(int most, List<Prompt> alone, boolean signs) {
        public Company {
            alone = List.copyOf(alone);
        }
    }
}
