// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.access;

import java.util.List;

/**
 * Who asks: a person, or another system with an API token.
 *
 * @param id "agent_103", or the token's name
 * @param extension empty for people without a phone and for systems
 */
public record Caller(
        String tenantId, String id, String extension, String name, List<String> roles) {

    private static final List<String> SEEING_ALL =
            List.of("supervisor", "administrator", "integrator");

    public Caller {
        roles = List.copyOf(roles);
    }

    /** Sees everybody's calls and whole numbers, and may act for others. */
    public boolean seesAll() {
        return roles.stream().anyMatch(SEEING_ALL::contains);
    }

    /** Changes configuration. */
    public boolean administers() {
        return roles.contains("administrator");
    }

    /** Whether it is this person, by extension. */
    public boolean is(String otherExtension) {
        return !extension.isEmpty() && extension.equals(otherExtension);
    }

    /** A number as this caller may see it: +7495*****00 for those who do not see all. */
    public String shown(String number) {
        return seesAll() ? number : masked(number);
    }

    private static String masked(String number) {
        int shownFirst = 5;
        int shownLast = 2;
        if (!number.startsWith("+") || number.length() <= shownFirst + shownLast) {
            return number;
        }
        return number.substring(0, shownFirst)
                + "*".repeat(number.length() - shownFirst - shownLast)
                + number.substring(number.length() - shownLast);
    }
}
