// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import java.time.Duration;
import java.util.List;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEffect.NewLeg;
import org.panacall.acd.core.AcdEffect.Order;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.proto.call.v1.LegRole;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.call.v1.Tone;
import org.panacall.proto.sipingress.v1.AddLegRequest;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.BackToFlow;
import org.panacall.proto.sipingress.v1.CreateCallRequest;
import org.panacall.proto.sipingress.v1.Effect;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.HangUpLegRequest;
import org.panacall.proto.sipingress.v1.JoinLegsRequest;
import org.panacall.proto.sipingress.v1.LegPlan;
import org.panacall.proto.sipingress.v1.LegTarget;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.RingLegRequest;
import org.panacall.proto.sipingress.v1.ToFlow;

/** Effects of one tenant's core as requests to sip-ingress. */
final class OrderWriter {

    private static final int TONE_HZ = 425;

    /** Media records nothing longer. */
    private static final Duration TALK_MAX = Duration.ofHours(2);

    private static final Duration RING_ON = Duration.ofSeconds(1);
    private static final Duration RING_OFF = Duration.ofSeconds(4);
    private static final Duration BUSY_ON = Duration.ofMillis(400);
    private static final Duration REORDER_ON = Duration.ofMillis(200);

    private final String tenant;

    OrderWriter(String tenant) {
        this.tenant = tenant;
    }

    private Effect effect(Order order) {
        return Effect.newBuilder()
                .setEffectId(order.effectId())
                .setEpoch(order.epoch())
                .setController(Watched.controller(tenant))
                .build();
    }

    RingLegRequest write(AcdEffect.RingLeg ring) {
        return RingLegRequest.newBuilder()
                .setEffect(effect(ring.order()))
                .setCallId(ring.order().call().value())
                .setLegId(ring.leg().value())
                .build();
    }

    AnswerLegRequest write(AcdEffect.AnswerLeg answer) {
        return AnswerLegRequest.newBuilder()
                .setEffect(effect(answer.order()))
                .setCallId(answer.order().call().value())
                .setLegId(answer.leg().value())
                .build();
    }

    PlayRequest write(AcdEffect.Play play) {
        return PlayRequest.newBuilder()
                .setEffect(effect(play.order()))
                .setCallId(play.order().call().value())
                .setLegId(play.leg().value())
                .setPlayId(play.play().value())
                .addAllPrompts(prompts(play.sound()))
                .setRepeat(!said(play.sound()))
                .setBargeIn(play.sound() instanceof Sound.Announcement said && said.bargeIn())
                .build();
    }

    private static List<Prompt> prompts(Sound sound) {
        return switch (sound) {
            case Sound.Music(var promptId) ->
                    List.of(Prompt.newBuilder().setPromptId(promptId).build());
            case Sound.Spoken(var promptId, var language, var text) ->
                    List.of(
                            Prompt.newBuilder()
                                    .setPromptId(promptId)
                                    .setLanguage(language)
                                    .setFallbackText(text)
                                    .build());
            case Sound.Announcement said ->
                    said.prompts().stream()
                            .map(
                                    id ->
                                            Prompt.newBuilder()
                                                    .setPromptId(id)
                                                    .setLanguage(said.language())
                                                    .build())
                            .toList();
            case Sound.RingBack ringBack -> List.of(tone(RING_ON, RING_OFF));
            case Sound.Busy busy -> List.of(tone(BUSY_ON, BUSY_ON));
            case Sound.Unreachable unreachable -> List.of(tone(REORDER_ON, REORDER_ON));
        };
    }

    /** Tones of Russian exchanges; the cadence is one prompt, which repeats. */
    private static Prompt tone(Duration on, Duration off) {
        return Prompt.newBuilder()
                .setTone(
                        Tone.newBuilder()
                                .setFrequencyHz(TONE_HZ)
                                .setOnTime(Wording.duration(on))
                                .setOffTime(Wording.duration(off)))
                .build();
    }

    AddLegRequest write(AcdEffect.AddLeg add) {
        return AddLegRequest.newBuilder()
                .setEffect(effect(add.order()))
                .setCallId(add.order().call().value())
                .setLeg(plan(add.leg()))
                .build();
    }

    CreateCallRequest write(AcdEffect.CreateCall create) {
        return CreateCallRequest.newBuilder()
                .setEffect(effect(create.order()))
                .setCallId(create.order().call().value())
                .setTenantId(tenant)
                .setLeg(plan(create.leg()))
                .setOrigin(create.origin())
                .build();
    }

    /** What is said is said once; all else goes on until it is stopped. */
    private static boolean said(Sound sound) {
        return sound instanceof Sound.Spoken || sound instanceof Sound.Announcement;
    }

    private static LegPlan plan(NewLeg leg) {
        var party = leg.party();
        var target =
                party.isOutside()
                        ? LegTarget.newBuilder().setNumber(party.value())
                        : LegTarget.newBuilder().setExtension(party.value());
        return LegPlan.newBuilder()
                .setLegId(leg.leg().value())
                .setRole(role(leg.role()))
                .setTarget(target)
                .setCallerNumber(leg.shown().number().value())
                .setCallerName(leg.shown().name())
                .setRingTimeout(Wording.duration(leg.ringTimeout()))
                .setAgentId(leg.agent().map(AgentId::value).orElse(""))
                .build();
    }

    private static LegRole role(NewLeg.Role role) {
        return switch (role) {
            case AGENT -> LegRole.LEG_ROLE_AGENT;
            case CALLER -> LegRole.LEG_ROLE_CALLER;
            case CALLEE -> LegRole.LEG_ROLE_CALLEE;
        };
    }

    HandOverRequest write(AcdEffect.HandOver handOver) {
        return HandOverRequest.newBuilder()
                .setEffect(effect(handOver.order()))
                .setCallId(handOver.order().call().value())
                .setFlow(
                        ToFlow.newBuilder()
                                .setFlowId(handOver.flow())
                                .setFromQueueId(handOver.from().map(QueueId::value).orElse("")))
                .build();
    }

    HandOverRequest write(AcdEffect.HandBack handBack) {
        return HandOverRequest.newBuilder()
                .setEffect(effect(handBack.order()))
                .setCallId(handBack.order().call().value())
                .setBack(BackToFlow.newBuilder().setExit(handBack.exit()))
                .build();
    }

    JoinLegsRequest write(AcdEffect.JoinLegs join) {
        var request =
                JoinLegsRequest.newBuilder()
                        .setEffect(effect(join.order()))
                        .setCallId(join.order().call().value())
                        .setLegId(join.leg().value())
                        .setOtherLegId(join.other().value())
                        .setAfterTalkFlowId(join.afterTalk().orElse(""));
        join.recording()
                .ifPresent(
                        talk -> {
                            request.setNoticeMissing(talk.noticeMissing());
                            if (!talk.noticeMissing()) request.setRecord(record(talk));
                        });
        return request.build();
    }

    private static RecordingOrder record(AcdEffect.TalkRecording talk) {
        return RecordingOrder.newBuilder()
                .setKind(RecordingKind.RECORDING_KIND_CALL)
                .setMailbox(talk.queue().value())
                .setCallerNumber(talk.caller().value())
                .setLanguage(talk.language())
                .setLongest(Wording.duration(TALK_MAX))
                .setAgentExtension(talk.agent().value())
                .build();
    }

    HangUpLegRequest write(AcdEffect.HangUpLeg hangUp) {
        return HangUpLegRequest.newBuilder()
                .setEffect(effect(hangUp.order()))
                .setCallId(hangUp.order().call().value())
                .setLegId(hangUp.leg().value())
                .setEndReason(Wording.reason(hangUp.reason()))
                .build();
    }

    HangUpCallRequest write(AcdEffect.HangUpCall hangUp) {
        return HangUpCallRequest.newBuilder()
                .setEffect(effect(hangUp.order()))
                .setCallId(hangUp.order().call().value())
                .setEndReason(Wording.reason(hangUp.reason()))
                .build();
    }
}
