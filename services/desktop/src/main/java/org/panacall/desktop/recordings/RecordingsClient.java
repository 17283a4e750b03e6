// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.proto.recordings.v1.ChangeRecordingRequest;
import org.panacall.proto.recordings.v1.FetchAudioRequest;
import org.panacall.proto.recordings.v1.FetchAudioResponse;
import org.panacall.proto.recordings.v1.GetRecordingRequest;
import org.panacall.proto.recordings.v1.ListAccessesRequest;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.ListRecordingsResponse;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingAccess;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc.RecordingsServiceBlockingStub;

/** Asks the first instance of recordings that is there. Blocks. */
@ApplicationScoped
public class RecordingsClient {

    /** A slow listener may take his time. */
    private static final Duration AUDIO = Duration.ofMinutes(10);

    private final Peers peers;
    private final List<String> instances;
    private final Duration timeout;

    RecordingsClient(Peers peers, DesktopConfig config) {
        this.peers = peers;
        instances = Peers.addresses(config.recordings().addresses());
        timeout = config.desktop().timeout();
    }

    ListRecordingsResponse list(ListRecordingsRequest request) {
        return any(timeout, service -> service.listRecordings(request));
    }

    Optional<Recording> find(String tenantId, String id) {
        var request =
                GetRecordingRequest.newBuilder().setTenantId(tenantId).setRecordingId(id).build();
        var answer = any(timeout, service -> service.getRecording(request));
        return answer.hasRecording() ? Optional.of(answer.getRecording()) : Optional.empty();
    }

    Optional<Recording> change(ChangeRecordingRequest request) {
        var answer = any(timeout, service -> service.changeRecording(request));
        return answer.hasRecording() ? Optional.of(answer.getRecording()) : Optional.empty();
    }

    List<RecordingAccess> accesses(String tenantId, String id) {
        var request =
                ListAccessesRequest.newBuilder().setTenantId(tenantId).setRecordingId(id).build();
        return any(timeout, service -> service.listAccesses(request)).getAccessesList();
    }

    /** The audio as it comes, the first message already here; empty when there is none. */
    Optional<Iterator<FetchAudioResponse>> audio(FetchAudioRequest request) {
        return any(
                AUDIO,
                service -> {
                    var pieces = service.fetchAudio(request);
                    return pieces.next().hasSize() ? Optional.of(pieces) : Optional.empty();
                });
    }

    private <A> A any(Duration within, Function<RecordingsServiceBlockingStub, A> ask) {
        var fault = Status.UNAVAILABLE.withDescription("no recordings").asRuntimeException();
        for (var address : instances) {
            try {
                return ask.apply(
                        RecordingsServiceGrpc.newBlockingStub(peers.channel(address))
                                .withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS));
            } catch (StatusRuntimeException away) {
                if (away.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                    throw away;
                }
                fault = away;
            }
        }
        throw fault;
    }
}
