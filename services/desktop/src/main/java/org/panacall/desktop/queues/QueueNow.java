// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.desktop.Wire;
import org.panacall.proto.acd.v1.QueueStatus;

/**
 * How a queue stands: how many wait, and its agents by what they do.
 *
 * @param waitingSince since when the call waits that has waited longest; absent while nobody waits
 * @param longestWait how long that is
 * @param agentsSignedIn present for work: they have said so, and can be rung
 * @param agentsRegistered whose SIP phone is
 */
public record QueueNow(
        int waiting,
        Instant waitingSince,
        Duration longestWait,
        int agentsReady,
        int agentsNotReady,
        int agentsOffered,
        int agentsOnCall,
        int agentsWrapUp,
        int agentsSignedIn,
        int agentsRegistered) {

    /** Names of all of it, which are told and not set. */
    static final Set<String> NAMES =
            Stream.of(QueueNow.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.toUnmodifiableSet());

    public static QueueNow of(QueueStatus status) {
        return new QueueNow(
                status.getWaiting(),
                Wire.time(status.hasWaitingSince(), status.getWaitingSince()),
                Wire.duration(
                        status.getWaiting() > 0 && status.hasLongestWait(),
                        status.getLongestWait()),
                status.getAgentsReady(),
                status.getAgentsNotReady(),
                status.getAgentsOffered(),
                status.getAgentsOnCall(),
                status.getAgentsWrapUp(),
                status.getAgentsSignedIn(),
                status.getAgentsRegistered());
    }
}
