// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.mailbox;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.panacall.defaults.Peers;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.mailbox.ChangeMessage;
import org.panacall.ivr.core.mailbox.Mailbox;
import org.panacall.ivr.core.mailbox.Message;
import org.panacall.ivr.core.mailbox.OpenMailbox;
import org.panacall.ivr.core.mailbox.Owner;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.outside.Answer;
import org.panacall.ivr.outside.Outside;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.recordings.v1.Actor;
import org.panacall.proto.recordings.v1.ChangeRecordingRequest;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingState;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc.RecordingsServiceBlockingStub;

/** Messages that wait for people of the clinic, as the service recordings has them. Blocks. */
public final class Mailboxes {

    /** So that an answer in the last moment still comes before the step's time is over. */
    private static final double SHARE_OF_TIME = 0.9;

    /** Whoever has more hears the newest of them. */
    private static final int MESSAGES = 200;

    private static final int SHOWN_FIRST = 5;
    private static final int SHOWN_LAST = 2;

    private final Peers peers;
    private final List<String> addresses;
    private final Supplier<Optional<Catalog>> catalogs;

    public Mailboxes(Peers peers, List<String> addresses, Supplier<Optional<Catalog>> catalogs) {
        this.peers = peers;
        this.addresses = List.copyOf(addresses);
        this.catalogs = catalogs;
    }

    /** Does the errands of mailboxes there. */
    public Outside into(Outside outside) {
        return outside.with(OpenMailbox.class, (_, question, caller) -> open(question, caller))
                .with(ChangeMessage.class, this::change);
    }

    /** Phones of the clinic are known by their SIP users; who rings from outside has a "+". */
    private Answer open(Question question, Caller caller) {
        var owner =
                catalogs.get()
                        .flatMap(catalog -> catalog.tenant(caller.tenant()))
                        .map(tenant -> tenant.owners().get(caller.numbers().caller()));
        if (owner.isEmpty()) {
            return new Answer(Outcome.of(OpenMailbox.UNKNOWN), "");
        }
        var request =
                ListRecordingsRequest.newBuilder()
                        .setTenantId(caller.tenant().value())
                        .setKind(RecordingKind.RECORDING_KIND_VOICEMAIL)
                        .addAllMailboxes(owner.get().mailboxes())
                        .setState(RecordingState.RECORDING_STATE_NEW)
                        .setPageSize(MESSAGES)
                        .build();
        return asked(
                question.within(),
                service -> {
                    var messages =
                            service.listRecordings(request).getRecordingsList().reversed().stream()
                                    .map(recording -> message(recording, owner.get()))
                                    .toList();
                    var mailbox = new Mailbox(owner.get().listener(), messages);
                    return new Answer(
                            new Outcome(Step.DONE, Collections.emptySortedMap(), mailbox), "");
                });
    }

    private static Message message(Recording recording, Owner owner) {
        var at = recording.getStartedAt();
        var length = recording.getLength();
        var number = recording.getCallerNumber();
        return new Message(
                recording.getRecordingId(),
                Instant.ofEpochSecond(at.getSeconds(), at.getNanos()),
                owner.seesNumbers() ? number : masked(number),
                Duration.ofSeconds(length.getSeconds(), length.getNanos()));
    }

    /** As the REST interface shows numbers to agents. */
    private static String masked(String number) {
        int hidden = number.length() - SHOWN_FIRST - SHOWN_LAST;
        return !number.startsWith("+") || hidden <= 0
                ? number
                : number.substring(0, SHOWN_FIRST)
                        + "*".repeat(hidden)
                        + number.substring(number.length() - SHOWN_LAST);
    }

    private Answer change(ChangeMessage change, Question question, Caller caller) {
        var state =
                switch (change.change()) {
                    case HEARD, RESTORED -> RecordingState.RECORDING_STATE_HEARD;
                    case DELETED -> RecordingState.RECORDING_STATE_DELETED;
                };
        var request =
                ChangeRecordingRequest.newBuilder()
                        .setTenantId(caller.tenant().value())
                        .setRecordingId(change.recording())
                        .setActor(
                                Actor.newBuilder()
                                        .setId(change.by().person())
                                        .setExtension(change.by().extension()))
                        .setState(state)
                        .build();
        return asked(
                question.within(),
                service ->
                        service.changeRecording(request).hasRecording()
                                ? Answer.done(Collections.emptySortedMap())
                                : Answer.failed("gone"));
    }

    /** Of the first instance that is there. */
    private Answer asked(
            Duration within, Function<RecordingsServiceBlockingStub, Answer> question) {
        long until = System.nanoTime() + (long) (within.toNanos() * SHARE_OF_TIME);
        for (var address : addresses) {
            try {
                return question.apply(
                        RecordingsServiceGrpc.newBlockingStub(peers.channel(address))
                                .withDeadlineAfter(
                                        until - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (StatusRuntimeException away) {
                if (away.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                    return Answer.failed(
                            away.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
                                    ? "timeout"
                                    : "fault");
                }
            }
        }
        return Answer.failed("away");
    }
}
