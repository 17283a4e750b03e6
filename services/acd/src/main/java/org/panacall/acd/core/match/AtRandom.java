// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Anybody, all with the same chance. The draw follows from the ids of call and agent, so that every
 * replay draws the same.
 */
public record AtRandom() implements Strategy {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        var call = absorb(FNV_OFFSET, situation.call().value());
        return fitting.min(Comparator.comparingLong(one -> lot(call, one.agent().value())));
    }

    private static long absorb(long hash, String text) {
        var all = hash;
        for (int at = 0; at < text.length(); at++) {
            all = (all ^ text.charAt(at)) * FNV_PRIME;
        }
        return all;
    }

    /** FNV-1a, finished as SplitMix64 does, so that similar ids give unlike lots. */
    private static long lot(long call, String agent) {
        var hash = absorb(call, agent);
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
