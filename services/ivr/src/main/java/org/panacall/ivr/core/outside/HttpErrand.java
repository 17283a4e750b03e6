// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.outside;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.flow.Variable;

/**
 * A request to a server of the tenant's. Its arguments are {@code url.0} and so on, which stand
 * between the pieces of the address, {@code header.NAME} and {@code body.MEMBER}.
 */
public record HttpErrand(Target target, Secrets secrets, Wanted wanted, Terms terms)
        implements Errand {

    /** Before the number of a piece of the address. */
    public static final String URL = "url.";

    /** Before a header's name. */
    public static final String HEADER = "header.";

    /** Before a member of the body, or a JSON pointer. */
    public static final String BODY = "body.";

    /**
     * What is asked.
     *
     * @param method "GET"
     * @param url pieces of the address, one more than there are expressions in it
     */
    public record Target(String method, List<String> url) {
        public Target {
            url = List.copyOf(url);
        }
    }

    /**
     * Names of the tenant's secrets.
     *
     * @param headers header → name of what it carries
     * @param signature by which the request is signed
     */
    public record Secrets(SortedMap<String, String> headers, Optional<String> signature) {
        public Secrets {
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }
    }

    /**
     * What is taken from the answer.
     *
     * @param values variable → where its value is
     * @param status variable that gets the status
     */
    public record Wanted(SortedMap<String, Place> values, Optional<String> status) {
        public Wanted {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    /**
     * Where a value is in an answer.
     *
     * @param pointer JSON pointer
     */
    public record Place(String pointer, Variable.Kind kind) {}

    /**
     * How much of it is borne.
     *
     * @param whole for all attempts together
     */
    public record Terms(Duration connect, Duration whole, int retries, int redirects) {}

    /** The same within that time. */
    public HttpErrand within(Duration time) {
        var whole = time.compareTo(terms.whole) < 0 ? time : terms.whole;
        var connect = time.compareTo(terms.connect) < 0 ? time : terms.connect;
        var shorter = new Terms(connect, whole, terms.retries, terms.redirects);
        return new HttpErrand(target, secrets, wanted, shorter);
    }

    @Override
    public String word() {
        return "http";
    }
}
