// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.tenant;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.panacall.defaults.ProtoTimes;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.OutsideClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.problems.Problem;
import org.panacall.proto.directory.v1.DeleteSecretRequest;
import org.panacall.proto.directory.v1.NamedSecret;
import org.panacall.proto.directory.v1.PutSecretRequest;

/**
 * Secrets by which flows prove who they are to servers of the clinic. They are written, and never
 * shown again.
 */
@Path("/api/v1/outside-secrets")
@RunOnVirtualThread
public class SecretsResource {

    private static final String ONE = "/{name}";

    private final Access access;
    private final OutsideClient secrets;

    SecretsResource(Access access, OutsideClient secrets) {
        this.access = access;
        this.secrets = secrets;
    }

    /**
     * That there is a secret.
     *
     * @param author who kept it last
     */
    @Schema(name = "OutsideSecret")
    public record SecretView(String name, String author, String at) {
        private static SecretView of(NamedSecret secret) {
            var at = ProtoTimes.instant(secret.getAt());
            return new SecretView(secret.getName(), secret.getAuthor(), at.toString());
        }
    }

    /**
     * What is to be kept.
     *
     * @param value 16 to 500 printable ASCII characters
     */
    @Schema(name = "OutsideSecretValue")
    public record SecretBody(@Schema(writeOnly = true) String value) {
        @Override
        public String toString() {
            return "SecretBody[]";
        }
    }

    /** Which there are; not what they are. For administrators. */
    @GET
    public List<SecretView> list(@Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        return secrets.list(caller.tenantId()).stream().map(SecretView::of).toList();
    }

    /** Keeps a secret, instead of the one of that name. For administrators. */
    @PUT
    @Path(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(responseCode = "200", description = "It is used from now on.")
    public SecretView put(
            @PathParam("name") String name, SecretBody body, @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        if (body == null || body.value() == null) {
            throw Problem.mistake("value", "is missing");
        }
        var answer =
                secrets.put(
                        PutSecretRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, 0))
                                .setName(name)
                                .setValue(body.value())
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "secret");
        return SecretView.of(answer.getKept());
    }

    /** Forgets a secret; what is signed with it fails from now on. For administrators. */
    @DELETE
    @Path(ONE)
    @APIResponse(responseCode = "204", description = "It is gone.")
    public void delete(@PathParam("name") String name, @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var answer =
                secrets.delete(
                        DeleteSecretRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, 0))
                                .setName(name)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "secret");
    }
}
