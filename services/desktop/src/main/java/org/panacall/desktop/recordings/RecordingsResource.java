// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.desktop.recordings.RecordingView.AccessView;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.recordings.v1.Actor;
import org.panacall.proto.recordings.v1.ChangeRecordingRequest;
import org.panacall.proto.recordings.v1.FetchAudioRequest;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingState;

/**
 * Messages and recordings of calls. Agents have the messages of their own mailbox and those of
 * their queues, with masked numbers; talks are for who sees all. Whoever listens leaves a line that
 * nobody can take away.
 */
@Path("/api/v1/recordings")
@RunOnVirtualThread
public class RecordingsResource {

    private static final String WAVE = "audio/wav";
    private static final int PAGE_MAX = 200;
    private static final int PARTIAL = 206;
    private static final int BEYOND = 416;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,64}");

    /**
     * What becomes of it.
     *
     * @param state new or heard
     */
    public record NewState(String state) {}

    private final Access access;
    private final Mailboxes mailboxes;
    private final RecordingsClient recordings;

    RecordingsResource(Access access, Mailboxes mailboxes, RecordingsClient recordings) {
        this.access = access;
        this.mailboxes = mailboxes;
        this.recordings = recordings;
    }

    /**
     * Recordings, the newest first.
     *
     * @param kind voicemail or call; both when absent
     * @param mailbox a queue's, or a person's by extension
     * @param state new, heard or deleted; all but deleted ones when absent
     * @param call of one call
     */
    @GET
    public Page<RecordingView> list(
            @QueryParam("kind") String kind,
            @QueryParam("mailbox") String mailbox,
            @QueryParam("state") String state,
            @QueryParam("call") String call,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var request =
                ListRecordingsRequest.newBuilder()
                        .setTenantId(caller.tenantId())
                        .setPageSize(Paging.size(limit, PAGE_MAX))
                        .setCursor(cursor == null ? "" : cursor);
        if (kind != null) {
            request.setKind(kind(kind));
        } else if (!caller.seesAll()) {
            request.setKind(RecordingKind.RECORDING_KIND_VOICEMAIL);
        }
        if (!mayHear(caller, request.getKind())) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "Talks are for supervisors.");
        }
        if (state != null) {
            request.setState(state(state));
        }
        if (call != null) {
            request.setCallId(name("call", call));
        }
        if (mailbox != null) {
            request.addMailboxes(name("mailbox", mailbox));
            if (!mailboxes.mayOpen(caller, mailbox)) {
                throw new Problem(ProblemKind.NOT_ALLOWED, "The mailbox is not one of yours.");
            }
        } else {
            var own = mailboxes.of(caller);
            if (own.isPresent() && own.get().isEmpty()) {
                return Page.whole(List.of());
            }
            own.ifPresent(request::addAllMailboxes);
        }
        var answer = recordings.list(request.build());
        return new Page<>(
                answer.getRecordingsList().stream()
                        .map(recording -> RecordingView.of(recording, caller))
                        .toList(),
                Wire.text(answer.getNextCursor()));
    }

    /** One recording. */
    @GET
    @Path("/{id}")
    public RecordingView one(@PathParam("id") String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return RecordingView.of(present(caller, id), caller);
    }

    /**
     * The audio, whole or a range of it. That somebody listened is written down before.
     *
     * @param download it is to be kept, which is another word in the audit
     */
    @GET
    @Path("/{id}/audio")
    @Produces(WAVE)
    @APIResponse(responseCode = "200", content = @Content(mediaType = WAVE))
    @APIResponse(responseCode = "206", content = @Content(mediaType = WAVE))
    @APIResponse(responseCode = "416", description = "The range is not in the file.")
    public RestResponse<StreamingOutput> audio(
            @PathParam("id") String id,
            @QueryParam("download") Boolean download,
            @HeaderParam("Range") String wanted,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var recording = present(caller, id);
        long size = recording.getBytes();
        var range = ByteRange.of(wanted, size);
        if (range.isPresent() && range.get().isBeyond(size)) {
            return RestResponse.ResponseBuilder.<StreamingOutput>create(BEYOND)
                    .header("Content-Range", "bytes */" + size)
                    .build();
        }
        var part = range.orElse(new ByteRange(0, size - 1));
        var request =
                FetchAudioRequest.newBuilder()
                        .setTenantId(caller.tenantId())
                        .setRecordingId(id)
                        .setActor(actor(caller))
                        .setOffset(part.first())
                        .setLength(part.length())
                        .setDownload(Boolean.TRUE.equals(download))
                        .build();
        var pieces = recordings.audio(request).orElseThrow(RecordingsResource::unknown);
        StreamingOutput body =
                out -> {
                    while (pieces.hasNext()) {
                        pieces.next().getAudio().writeTo(out);
                    }
                };
        var response =
                RestResponse.ResponseBuilder.<StreamingOutput>create(
                                range.isPresent() ? PARTIAL : 200)
                        .entity(body)
                        .header("Content-Type", WAVE)
                        .header("Content-Length", part.length())
                        .header("Accept-Ranges", "bytes")
                        .header("Cache-Control", "private, no-store");
        if (range.isPresent()) {
            var shown = "bytes " + part.first() + "-" + part.last() + "/" + size;
            response.header("Content-Range", shown);
        }
        return response.build();
    }

    /** Heard, or new again. */
    @PUT
    @Path("/{id}/state")
    public RecordingView change(
            @PathParam("id") String id, NewState wish, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        if (wish == null || wish.state() == null) {
            throw Problem.mistake("state", "is missing");
        }
        var state = state(wish.state());
        if (state == RecordingState.RECORDING_STATE_DELETED) {
            throw Problem.mistake("state", "must be new or heard; delete it by DELETE");
        }
        var before = present(caller, id).getState();
        if (before == RecordingState.RECORDING_STATE_DELETED) {
            throw Problem.mistake("state", "is deleted; have it back first");
        }
        return changed(caller, id, state);
    }

    /** Deletes it; it can be had back for a while. */
    @DELETE
    @Path("/{id}")
    @APIResponse(responseCode = "204", description = "It is purged after a while.")
    public void delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        present(caller, id);
        changed(caller, id, RecordingState.RECORDING_STATE_DELETED);
    }

    /** Has a deleted one back. */
    @POST
    @Path("/{id}/restore")
    public RecordingView restore(@PathParam("id") String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var recording = present(caller, id);
        if (recording.getState() != RecordingState.RECORDING_STATE_DELETED) {
            return RecordingView.of(recording, caller);
        }
        return changed(caller, id, RecordingState.RECORDING_STATE_HEARD);
    }

    /** Who did what with it, the newest first. */
    @GET
    @Path("/{id}/accesses")
    public Page<AccessView> accesses(@PathParam("id") String id, @Context HttpHeaders headers) {
        var caller = access.overseer(headers);
        return Page.whole(
                recordings.accesses(caller.tenantId(), known(id)).stream()
                        .map(AccessView::of)
                        .toList());
    }

    private RecordingView changed(Caller caller, String id, RecordingState state) {
        var request =
                ChangeRecordingRequest.newBuilder()
                        .setTenantId(caller.tenantId())
                        .setRecordingId(id)
                        .setActor(actor(caller))
                        .setState(state)
                        .build();
        return recordings
                .change(request)
                .map(recording -> RecordingView.of(recording, caller))
                .orElseThrow(RecordingsResource::unknown);
    }

    private Recording present(Caller caller, String id) {
        return recordings
                .find(caller.tenantId(), known(id))
                .filter(recording -> mayHear(caller, recording.getKind()))
                .filter(recording -> mailboxes.mayOpen(caller, recording.getMailbox()))
                .orElseThrow(RecordingsResource::unknown);
    }

    private static boolean mayHear(Caller caller, RecordingKind kind) {
        return caller.seesAll() || kind == RecordingKind.RECORDING_KIND_VOICEMAIL;
    }

    private static String known(String id) {
        if (!NAME.matcher(id).matches()) {
            throw unknown();
        }
        return id;
    }

    private static Problem unknown() {
        return new Problem(ProblemKind.NOT_FOUND, "There is no such recording.");
    }

    private static Actor actor(Caller caller) {
        return Actor.newBuilder().setId(caller.id()).setExtension(caller.extension()).build();
    }

    private static String name(String field, String text) {
        if (!NAME.matcher(text).matches()) {
            throw Problem.mistake(field, "must be an id");
        }
        return text;
    }

    private static RecordingKind kind(String word) {
        return switch (word) {
            case "voicemail" -> RecordingKind.RECORDING_KIND_VOICEMAIL;
            case "call" -> RecordingKind.RECORDING_KIND_CALL;
            default -> throw Problem.mistake("kind", "must be voicemail or call");
        };
    }

    private static RecordingState state(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "new" -> RecordingState.RECORDING_STATE_NEW;
            case "heard" -> RecordingState.RECORDING_STATE_HEARD;
            case "deleted" -> RecordingState.RECORDING_STATE_DELETED;
            default -> throw Problem.mistake("state", "must be new, heard or deleted");
        };
    }
}
