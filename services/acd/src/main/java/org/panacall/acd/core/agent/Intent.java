// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

/**
 * What an agent says of himself, or what is said for him, whatever his phone and his calls say.
 *
 * @param reason why not ready, of the tenant's list; "" for none, and when ready
 */
public record Intent(Wish wish, String reason, Author author) {

    /** What he wants, or is to want. */
    public enum Wish {
        READY,
        NOT_READY,
        /** Gets no calls, and counts as absent. */
        SIGNED_OUT
    }

    /** Who wants it so. */
    public sealed interface Author {

        /** He himself, or nobody so far. */
        record Self() implements Author {}

        /** A supervisor, who forced it. */
        record Supervisor(String person) implements Author {

            public Supervisor {
                if (person.isEmpty() || person.length() > REASON_MAX) {
                    throw new IllegalArgumentException("a supervisor has an id");
                }
            }
        }

        /** He missed as many offers in a row as are tolerated. */
        record MissedOffers() implements Author {}

        /** He exceeded a limit of a reason after which he is ready again. */
        record Overdue() implements Author {}
    }

    private static final Author SELF = new Author.Self();
    private static final int REASON_MAX = 64;

    /** Wants calls. */
    public static final Intent READY = new Intent(true, "");

    /** Has said nothing yet. */
    public static final Intent SILENT = new Intent(Wish.SIGNED_OUT, "", SELF);

    /** Rang in vain too often. */
    public static final Intent MISSED_OFFERS =
            new Intent(Wish.NOT_READY, "missed-offers", new Author.MissedOffers());

    /** His break was over. */
    public static final Intent OVERDUE = new Intent(Wish.READY, "", new Author.Overdue());

    public Intent {
        if (reason.length() > REASON_MAX) {
            throw new IllegalArgumentException("a reason must have at most 64 characters");
        }
    }

    /** What he says himself. */
    public Intent(boolean ready, String reason) {
        this(ready ? Wish.READY : Wish.NOT_READY, reason, SELF);
    }

    public boolean ready() {
        return wish == Wish.READY;
    }

    public boolean signedIn() {
        return wish != Wish.SIGNED_OUT;
    }

    /** Whether a supervisor wants it so. */
    public boolean forced() {
        return author instanceof Author.Supervisor;
    }

    /** The same, wanted by another. */
    public Intent by(Author other) {
        return new Intent(wish, reason, other);
    }
}
