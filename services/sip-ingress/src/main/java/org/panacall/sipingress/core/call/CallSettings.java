// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Duration;
import org.panacall.sipingress.core.admission.Admission;
import org.panacall.sipingress.core.message.Endpoint;

/**
 * How calls are dealt with.
 *
 * @param us who controls a call while no service does
 * @param edge where our INVITEs go
 * @param admission how many calls may wait for us at once; beyond it 503
 * @param controllerTimeout how long a service may take to accept a call
 * @param queuePatience the same for a queue or person: long enough for another leader to take over
 * @param controllerGrace how long a controller may be away before its calls are taken from it
 * @param mediaTimeout how long media may take to open or close a leg, retries included
 * @param clearPatience how long who was told BYE may keep the call's end from its controller
 * @param silenceLimit talks, flows and echoes of which nobody sends anything end after it
 * @param waitingSilenceLimit the same while a queue, a person or a number is waited for
 * @param callLimit no call lasts longer
 * @param apologyLimit how long our own announcements may take
 * @param ringTimeout how long a leg that we originate by ourselves may ring
 * @param musicPrompt what held parties hear
 * @param reanchoring how calls get to another media node
 * @param keeping what is done for callers while acd is away
 */
public record CallSettings(
        Controller us,
        Endpoint edge,
        Admission.Settings admission,
        Duration controllerTimeout,
        Duration queuePatience,
        Duration controllerGrace,
        Duration mediaTimeout,
        Duration clearPatience,
        Duration silenceLimit,
        Duration waitingSilenceLimit,
        Duration callLimit,
        Duration apologyLimit,
        Duration ringTimeout,
        String musicPrompt,
        Reanchoring reanchoring,
        Keeping keeping) {

    /**
     * What is done for callers while acd is away.
     *
     * @param most callers who are kept at once; beyond it they get the apology
     * @param limit how long one is kept
     * @param askPace from acd's failing to answer until it is asked again
     * @param ringFor how long a phone is rung when its queue does not say
     * @param ringPause a phone that was rung in vain is left alone for it, and longer the next time
     */
    public record Keeping(
            int most, Duration limit, Duration askPace, Duration ringFor, Duration ringPause) {

        public static final Keeping USUAL =
                new Keeping(
                        1_000,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(5));

        public Keeping {
            if (most < 0) throw new IllegalArgumentException("a number of callers is wanted");
        }
    }

    /**
     * How calls get to another media node, and their parties are told.
     *
     * @param atOnce calls on the way at once; talks come first
     * @param patience how long a party's answer keeps others waiting
     * @param pause between two attempts of one call
     * @param limit how long a call may be without any media node before it ends
     */
    public record Reanchoring(int atOnce, Duration patience, Duration pause, Duration limit) {

        public static final Reanchoring USUAL =
                new Reanchoring(
                        50, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(10));

        public Reanchoring {
            if (atOnce < 1) throw new IllegalArgumentException("at least one call at once");
        }
    }

    /** The usual settings. */
    public static CallSettings of(String instance, Endpoint edge) {
        return new CallSettings(
                new Controller(Controller.Kind.SIP_INGRESS, instance),
                edge,
                Admission.Settings.upTo(400),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofHours(4),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                "music/waiting",
                Reanchoring.USUAL,
                Keeping.USUAL);
    }
}
