// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.plan.DialPlan;
import org.panacall.sipingress.core.sdp.LocalAudio;

/** All that comes in: datagrams, orders, answers to what we asked others, and reports. */
public sealed interface IngressCommand permits IngressCommand.Plain, Order {

    /** All but orders. */
    sealed interface Plain extends IngressCommand {}

    /** A datagram, whatever it holds. */
    record TakeDatagram(byte[] datagram, Endpoint from) implements Plain {}

    /** Use this dial plan from now on. */
    record UsePlan(DialPlan plan) implements Plain {}

    /** Take no new calls, or take them again. */
    record Drain(boolean on) implements Plain {}

    /** End all calls: we stop. */
    record HangUpAll() implements Plain {}

    /** Media has an address for a leg. */
    record MediaOpened(LegId leg, String node, LocalAudio local) implements Plain {}

    /** No media node would open the leg. */
    record MediaRefused(LegId leg) implements Plain {}

    /** The node that has the call did not answer when it was to open the leg, too. */
    record MediaAway(LegId leg) implements Plain {}

    /** A node could not be made to carry a leg's audio as it should be. */
    record MediaFailed(LegId leg) implements Plain {}

    /** Media closed a leg, or is not to be reached any more. */
    record MediaClosed(LegId leg, LegQuality quality) implements Plain {}

    /** A media node forgot its legs: it was restarted or is gone. */
    record MediaLost(String node) implements Plain {}

    /** A media node is about to stop, and asks for its legs to be taken elsewhere. */
    record MediaDrains(String node) implements Plain {}

    /** The edge's media relay was restarted: it knows none of the legs any more. */
    record EdgeForgot() implements Plain {}

    /** The party pressed one of 0-9 * # A-D. */
    record KeyHeard(LegId leg, char key, Duration length) implements Plain {}

    /** A play is over. */
    record PlayFinished(
            LegId leg, PlayId play, Notice.Outcome outcome, Optional<Notice.Recorded> recorded)
            implements Plain {

        public PlayFinished(LegId leg, PlayId play, Notice.Outcome outcome) {
            this(leg, play, outcome, Optional.empty());
        }
    }

    /** The media node at which a room of the call's tenant is. */
    record RoomPlaced(CallId call, String room, String node) implements Plain {}

    /** What media said of a leg in a room. */
    record RoomAnswered(LegId leg, String room, Notice.RoomOutcome outcome) implements Plain {}

    /** What media said of a talk that is to be recorded. */
    record TalkAnswered(CallEvent.TalkRecording what) implements Plain {}

    /**
     * A party that is listened to speaks, or has spoken.
     *
     * @param outcome word of the contract
     * @param choice empty unless one was chosen
     */
    record SpeechHeard(LegId leg, PlayId play, String outcome, String choice, int confidence)
            implements Plain {}

    /** The party's audio came or stayed away. */
    record AudioChanged(LegId leg, boolean heard) implements Plain {}

    /** The service that we asked controls the call. */
    record ControllerTook(CallId call, long request, Controller controller) implements Plain {}

    /** The service that we asked does not want the call. */
    record ControllerRefused(CallId call, long request) implements Plain {}

    /** Nobody answered for the service that we asked. */
    record ControllerAway(CallId call, long request) implements Plain {}

    /** acd did what an agent's code asked for, or did not. */
    record AgentCodeAnswered(CallId call, boolean done) implements Plain {}

    /** Their holder died, and we are its heir. */
    record AdoptCalls(List<StoredCall> calls) implements Plain {

        public AdoptCalls {
            calls = List.copyOf(calls);
        }
    }

    /** A controller listens to our notices, or listens no longer. */
    record WatchController(Controller controller, boolean watching) implements Plain {}
}
