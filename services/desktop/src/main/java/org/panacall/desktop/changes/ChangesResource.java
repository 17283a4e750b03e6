// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.changes;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.panacall.defaults.tree.TreeWriter;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.EditingClient;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.ContactNote;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.StoredPrompt;
import org.panacall.proto.directory.v1.Tenant;

/** Who changed what in the configuration, forced agents' states, or saw and changed contacts. */
@Path("/api/v1/changes")
@RunOnVirtualThread
public class ChangesResource {

    private static final int PAGE_MAX = 200;
    private static final String FORCED = "agent-forced";

    /**
     * A change.
     *
     * @param author a person's id, a token's name, or "seed"
     * @param kind queue-created, queue-changed, queue-deleted, members-changed, person-changed,
     *     tenant-changed, tenant-seeded, agent-forced, flow-published, prompt-changed,
     *     prompt-drafted, prompt-published, prompt-deleted, contact-created, contact-changed,
     *     contact-deleted, contact-viewed, contacts-listed, contacts-exported,
     *     contacts-import-started or contacts-imported
     * @param entity id of the queue, person, tenant, flow, contact or import, or a prompt:
     *     "greeting (ru)"; of contacts listed or exported "contacts"
     * @param before the settings before; absent where there were none
     * @param after the settings after; absent where there are none any more
     */
    @Schema(name = "Change")
    public record ChangeView(
            String id,
            Instant at,
            String author,
            String kind,
            String entity,
            Map<String, Object> before,
            Map<String, Object> after) {}

    private final Access access;
    private final EditingClient editing;

    ChangesResource(Access access, EditingClient editing) {
        this.access = access;
        this.editing = editing;
    }

    /** Changes, the newest first; of one queue or person, when its id is given. */
    @GET
    public Page<ChangeView> list(
            @QueryParam("entity") String entity,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var answer =
                editing.changes(
                        ListChangesRequest.newBuilder()
                                .setTenantId(caller.tenantId())
                                .setEntityId(entity == null ? "" : entity)
                                .setPageSize(Paging.size(limit, PAGE_MAX))
                                .setCursor(cursor == null ? "" : cursor)
                                .build());
        return new Page<>(
                answer.getChangesList().stream().map(ChangesResource::view).toList(),
                Wire.text(answer.getNextCursor()));
    }

    private static ChangeView view(Change change) {
        return new ChangeView(
                Long.toString(change.getChangeId()),
                Wire.time(change.hasAt(), change.getAt()),
                change.getAuthor(),
                change.getKind(),
                change.getEntityId(),
                settings(change.getKind(), change.getBefore()),
                settings(change.getKind(), change.getAfter()));
    }

    private static Map<String, Object> settings(String kind, String kept) {
        if (kept.isEmpty()) {
            return null;
        }
        if (kind.equals(FORCED)) {
            return forced(kept);
        }
        var entity = kind.substring(0, Math.max(0, kind.indexOf('-')));
        Message.Builder into =
                switch (entity) {
                    case "person" -> Person.newBuilder();
                    case "tenant" -> Tenant.newBuilder();
                    case "flow" -> Flow.newBuilder();
                    case "prompt" -> StoredPrompt.newBuilder();
                    case "contact", "contacts" -> ContactNote.newBuilder();
                    default -> Queue.newBuilder();
                };
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(kept, into);
            return TreeWriter.write(into.build());
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalStateException("a row of the audit cannot be read", torn);
        }
    }

    /** No settings, but what an agent was made: {"state", "reason"}. */
    private static Map<String, Object> forced(String kept) {
        var into = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(kept, into);
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalStateException("a row of the audit cannot be read", torn);
        }
        var view = new TreeMap<String, Object>();
        into.getFieldsMap().forEach((name, value) -> view.put(name, value.getStringValue()));
        return view;
    }
}
