// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.lookup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.ivr.core.outside.Outcome;

/**
 * Looks for the person who takes care of the caller.
 *
 * @param sources asked in their order
 * @param excluded extensions to which nobody is led
 * @param byDefault extension when nobody is found; empty: none
 * @param variable gets the extension
 */
public record ManagerLookup(
        List<Source> sources, List<String> excluded, String byDefault, String variable, Reach reach)
        implements Errand {

    /** Who is thought to take care of a caller. */
    public enum Source {
        CONTACT,
        LAST_TALK,
        CRM
    }

    /**
     * How far it looks.
     *
     * @param cityCode put before numbers without one
     * @param lastTalkWithin how far back a talk counts
     * @param crm how the clinic's own system is asked; its answer's only value is the extension
     */
    public record Reach(String cityCode, Duration lastTalkWithin, Optional<HttpErrand> crm) {

        /** Without asking the clinic's own system. */
        public Reach(String cityCode, Duration lastTalkWithin) {
            this(cityCode, lastTalkWithin, Optional.empty());
        }
    }

    /** Asks one source. */
    @FunctionalInterface
    public interface Asking {

        /**
         * An extension; empty when the source knows of none.
         *
         * @throws SourceAway when it does not answer
         */
        Optional<String> ask(Source source) throws SourceAway;
    }

    /** A source does not answer: the next one is asked. */
    public static final class SourceAway extends Exception {
        private static final long serialVersionUID = 1L;

        public SourceAway(Throwable cause) {
            super(cause);
        }
    }

    public ManagerLookup {
        sources = List.copyOf(sources);
        excluded = List.copyOf(excluded);
    }

    @Override
    public String word() {
        return "manager";
    }

    /** Asks one source after another until one knows somebody who can be led to. */
    public Outcome outcome(Asking asking, Responsibles responsibles) {
        int away = 0;
        for (var source : sources) {
            try {
                var extension = asking.ask(source).filter(one -> fits(one, responsibles));
                if (extension.isPresent()) {
                    return found(extension.get());
                }
            } catch (SourceAway silent) {
                away++;
            }
        }
        if (!byDefault.isEmpty() && responsibles.isDialled(byDefault)) {
            return found(byDefault);
        }
        return Outcome.of(away == sources.size() ? Step.FAILED : ContactLookup.NOT_FOUND);
    }

    private boolean fits(String extension, Responsibles responsibles) {
        return !excluded.contains(extension) && responsibles.isDialled(extension);
    }

    private Outcome found(String extension) {
        var values = new TreeMap<String, String>();
        values.put(variable, extension);
        return new Outcome(ContactLookup.FOUND, values);
    }
}
