// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Why an engine could not carry a command out though nothing was wrong with the command and the
 * engine had room: something it rests on is away. Callers may try again, perhaps elsewhere.
 */
public abstract sealed class EngineFailure extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    private EngineFailure(String message, Throwable cause) {
        super(message, new IOException(message, cause));
    }

    /** The engine is closed, or fenced off for good: ask the new leader. */
    public static final class Stopped extends EngineFailure {
        private static final long serialVersionUID = 1L;

        public Stopped(String engine) {
            super("engine " + engine + " is stopped", null);
        }
    }

    /** The journal did not answer; whether it kept the turn is not known. */
    public static final class JournalUnavailable extends EngineFailure {
        private static final long serialVersionUID = 1L;

        public JournalUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another writer appended to the shard: this one is no leader any more. */
    public static final class Fenced extends EngineFailure {
        private static final long serialVersionUID = 1L;

        public Fenced(String message) {
            super(message, null);
        }
    }
}
