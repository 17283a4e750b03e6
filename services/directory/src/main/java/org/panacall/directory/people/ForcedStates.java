// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.people;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Values;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.panacall.directory.editing.Audit;
import org.panacall.proto.directory.v1.NoteForcedStateRequest;

/** Writes down who made another person ready, not ready or signed out. */
@ApplicationScoped
public class ForcedStates {

    private static final int LENGTH_MAX = 128;
    private static final Set<String> STATES = Set.of("ready", "not-ready", "signed-out");

    private final Audit audit;

    ForcedStates(Audit audit) {
        this.audit = audit;
    }

    /**
     * Completes when it is durable.
     *
     * @throws IllegalArgumentException when it says nothing
     */
    public Uni<Void> note(NoteForcedStateRequest request) {
        checkLength(request.getAuthor(), "author");
        checkLength(request.getPersonId(), "person_id");
        if (!STATES.contains(request.getState()) || request.getReason().length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a state is ready, not-ready or signed-out");
        }
        var after = Struct.newBuilder().putFields("state", Values.of(request.getState()));
        if (!request.getReason().isEmpty()) {
            after.putFields("reason", Values.of(request.getReason()));
        }
        return audit.note(
                request.getTenantId(),
                request.getAuthor(),
                new Audit.Entry("agent-forced", request.getPersonId(), null, print(after)));
    }

    private static void checkLength(String text, String what) {
        if (text.isBlank() || text.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(what + " must have 1 to " + LENGTH_MAX);
        }
    }

    private static String print(Struct.Builder after) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(after);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
