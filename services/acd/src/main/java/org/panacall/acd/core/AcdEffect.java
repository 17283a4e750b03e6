// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.util.Optional;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;

/** What is to be done to calls, once the events behind it are durable. */
public sealed interface AcdEffect {

    /**
     * What makes an effect safe to repeat.
     *
     * @param effectId the same whenever the same thing is meant, by whichever leader
     * @param epoch of the leader who means it
     */
    record Order(String effectId, CallId call, SipIngress sipIngress, long epoch) {}

    Order order();

    /** A leg to be originated. */
    record NewLeg(
            LegId leg,
            Role role,
            Optional<AgentId> agent,
            PartyNumber party,
            Shown shown,
            Duration ringTimeout) {

        /** What it is to the call. */
        public enum Role {
            /** A person of the contact centre. */
            AGENT,
            /** Whom an agent calls. */
            CALLER,
            /** Another party outside, to whom a caller is forwarded. */
            CALLEE
        }

        /** What its party sees of the caller. */
        public record Shown(PartyNumber number, String name) {}
    }

    /** Tells the caller that it rings. */
    record RingLeg(Order order, LegId leg) implements AcdEffect {}

    /** Answers the caller. */
    record AnswerLeg(Order order, LegId leg) implements AcdEffect {}

    /** Lets a leg hear something until it hears something else. */
    record Play(Order order, LegId leg, PlayId play, Sound sound) implements AcdEffect {}

    /** Rings one more party. */
    record AddLeg(Order order, NewLeg leg) implements AcdEffect {}

    /**
     * Rings the first party of a call of ours.
     *
     * @param origin what it is for, kept in the call record
     */
    record CreateCall(Order order, NewLeg leg, String origin) implements AcdEffect {

        public static final String CLICK_TO_CALL = "click-to-call";
        public static final String CALLBACK = "callback";
    }

    /** Gives the call to a flow, which decides from then on. */
    record HandOver(Order order, String flow, Optional<QueueId> from) implements AcdEffect {}

    /** Gives the call back to the flow that had it, by that exit. */
    record HandBack(Order order, String exit) implements AcdEffect {}

    /** Lets two legs talk. {@code afterTalk}: flow of the first, when the other hangs up first. */
    record JoinLegs(
            Order order,
            LegId leg,
            LegId other,
            Optional<String> afterTalk,
            Optional<TalkRecording> recording)
            implements AcdEffect {

        public JoinLegs(Order order, LegId leg, LegId other) {
            this(order, leg, other, Optional.empty(), Optional.empty());
        }
    }

    /**
     * How a talk is to be recorded.
     *
     * @param noticeMissing it may not be: nothing proves that the caller knows of it
     */
    record TalkRecording(
            QueueId queue,
            Extension agent,
            PartyNumber caller,
            String language,
            boolean noticeMissing) {}

    /** Ends a leg, ringing or not. */
    record HangUpLeg(Order order, LegId leg, EndReason reason) implements AcdEffect {}

    /** Ends all legs. */
    record HangUpCall(Order order, EndReason reason) implements AcdEffect {}
}
