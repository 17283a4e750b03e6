// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.admission.Door;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.call.MatrixCell;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.RecordingPlan;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.room.RoomWish;
import org.panacall.sipingress.core.sdp.AgreedAudio;

/** What adapters are to do. */
public sealed interface IngressEffect {

    /** Puts a datagram on the wire. */
    record SendDatagram(byte[] datagram, Endpoint to) implements IngressEffect {}

    /** Something for media. Requests of one call go one after another. */
    sealed interface ForMedia extends IngressEffect {
        CallId call();
    }

    /** On this node when named, else on any. Answered by MediaOpened, MediaRefused or MediaAway. */
    record OpenMedia(
            CallId call,
            LegId leg,
            TenantId tenant,
            Optional<String> node,
            Optional<AgreedAudio> audio)
            implements ForMedia {}

    record ConfigureMedia(CallId call, LegId leg, String node, AgreedAudio audio)
            implements ForMedia {}

    /** Answered by MediaClosed, come what may. On all nodes when the name is empty. */
    record CloseMedia(CallId call, LegId leg, String node) implements ForMedia {}

    record SetMatrix(CallId call, String node, List<MatrixCell> cells) implements ForMedia {

        public SetMatrix {
            cells = List.copyOf(cells);
        }
    }

    record PlayPrompts(CallId call, LegId leg, String node, PlayId play, Program program)
            implements ForMedia {}

    record StopPrompts(CallId call, LegId leg, String node, PlayId play) implements ForMedia {}

    record PlayKeys(CallId call, LegId leg, String node, String keys) implements ForMedia {}

    /** Answered by RoomAnswered. */
    record JoinRoom(CallId call, LegId leg, TenantId tenant, String node, RoomWish room)
            implements ForMedia {}

    record LeaveRoom(CallId call, LegId leg, String node) implements ForMedia {}

    /** Without a plan the recording ends; else it is answered by TalkAnswered. */
    record RecordTalk(CallId call, LegPair legs, String node, Optional<RecordingPlan> plan)
            implements ForMedia {}

    /** Asks at which node a room is, for all who want to be in it. Answered by RoomPlaced. */
    record PlaceRoom(CallId call, TenantId tenant, String room) implements IngressEffect {}

    /**
     * Asks ivr or acd to take a call, for so long. Answered by ControllerTook, ControllerRefused or
     * ControllerAway with the request's number.
     */
    record AskController(
            long request, Handed handed, Destination.HandOver target, Duration patience)
            implements IngressEffect {}

    /** What a controller is told about a call when asked to take it. */
    record Handed(
            CallId call,
            TenantId tenant,
            LegId leg,
            String from,
            String to,
            boolean answered,
            String traceparent,
            List<LegId> liveLegs) {

        public Handed {
            liveLegs = List.copyOf(liveLegs);
        }

        /** Who was rung is the caller of a flow or queue all the same. */
        public static Handed of(Call call) {
            var caller = call.primary();
            var facts = call.facts();
            boolean rung =
                    facts.direction() == Direction.OUTBOUND && caller.role() == LegRole.CALLER;
            return new Handed(
                    call.id(),
                    call.tenant().id(),
                    caller.id(),
                    rung ? facts.to() : facts.from(),
                    rung ? facts.from() : facts.to(),
                    caller.wasAnswered(),
                    facts.traceparent(),
                    call.legs().stream()
                            .filter(leg -> !leg.isEnded())
                            .map(leg -> leg.id())
                            .toList());
        }
    }

    /** Answered by AgentCodeAnswered. */
    record SetAgentState(CallId call, TenantId tenant, String extension, boolean ready)
            implements IngressEffect {}

    /** Tells a call's controller. */
    record Tell(Controller to, CallId call, String traceparent, Instant at, Notice notice)
            implements IngressEffect {}

    /** Something happened to a call: a line in the log, a count. */
    record Log(CallFact fact) implements IngressEffect {}

    /** A call is at another media node, this long after it lost the one before. */
    record Moved(Duration after) implements IngressEffect {}

    /** Tells the door how many calls may come in, whenever that changes. */
    record MakeRoom(Door.Room room) implements IngressEffect {}

    /** Counts something that left no call behind. */
    record Count(Counted what) implements IngressEffect {}

    /** What is counted. */
    enum Counted {
        REFUSED_OVERLOADED,
        REFUSED_FORBIDDEN,
        REFUSED_UNKNOWN_NUMBER,
        REFUSED_MALFORMED,
        REFUSED_NOT_READY,
        DATAGRAM_MALFORMED,
        DATAGRAM_DROPPED,
        COMMAND_REFUSED,
        MOVE_FAILED,
        REANCHOR_REFUSED,
        CALL_ADOPTED,
        LEG_NOT_ADOPTED,
        END_TOLD_UNCLEAR,
        KEPT_WITHOUT_ACD,
        KEPT_TOO_LONG,
        KEPT_TOO_MANY,
        SERVED_BY_RING_GROUP,
        FLOW_NOT_RUN,
        ROOM_FULL,
        ROOM_FAILED
    }
}
