// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

/**
 * How many contacts an agent can have at once. Voice alone so far, and one of it: nobody can talk
 * with two.
 */
public record Capacity(int voice) {

    public static final Capacity ONE_TALK = new Capacity(1);

    /** Whether one more fits beside those he has. */
    public boolean holdsAfter(int talks) {
        return talks < voice;
    }
}
