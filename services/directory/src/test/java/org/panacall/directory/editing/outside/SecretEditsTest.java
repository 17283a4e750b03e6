// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.TestChannel;
import org.panacall.proto.directory.v1.DeleteSecretRequest;
import org.panacall.proto.directory.v1.DeleteSecretResponse;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListSecretsRequest;
import org.panacall.proto.directory.v1.NamedSecret;
import org.panacall.proto.directory.v1.OutsideServiceGrpc;
import org.panacall.proto.directory.v1.OutsideServiceGrpc.OutsideServiceBlockingStub;
import org.panacall.proto.directory.v1.PutSecretRequest;
import org.panacall.proto.directory.v1.PutSecretResponse;
import org.panacall.proto.directory.v1.RevealSecretRequest;
import org.panacall.proto.directory.v1.RevealSecretResponse;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class SecretEditsTest {

    private static final String TENANT = "demo";
    private static final String VALUE = "a secret of the clinic";

    @Inject GrpcServer grpc;
    @Inject Pool pool;

    private ManagedChannel channel;
    private OutsideServiceBlockingStub secrets;

    @BeforeEach
    void connect() {
        channel = TestChannel.to(grpc.port());
        secrets = OutsideServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void forget() {
        delete("mis");
        channel.shutdownNow();
    }

    private static Edit edit() {
        return Edit.newBuilder().setTenantId(TENANT).setAuthor("agent_201").build();
    }

    private PutSecretResponse put(String name, String value) {
        return secrets.putSecret(
                PutSecretRequest.newBuilder()
                        .setEdit(edit())
                        .setName(name)
                        .setValue(value)
                        .build());
    }

    private DeleteSecretResponse delete(String name) {
        return secrets.deleteSecret(
                DeleteSecretRequest.newBuilder().setEdit(edit()).setName(name).build());
    }

    private RevealSecretResponse reveal(String tenant, String name) {
        return secrets.revealSecret(
                RevealSecretRequest.newBuilder().setTenantId(tenant).setName(name).build());
    }

    @Test
    void aSecretIsKeptSealedAndToldToWhomItIsFor() {
        // When
        var kept = put("mis", VALUE);

        // Then
        assertEquals("mis", kept.getKept().getName());
        assertEquals(VALUE, reveal(TENANT, "mis").getValue());
        assertTrue(reveal("other", "mis").hasUnknown());
        var names =
                secrets.listSecrets(ListSecretsRequest.newBuilder().setTenantId(TENANT).build())
                        .getSecretsList();
        assertEquals(java.util.List.of("mis"), names.stream().map(NamedSecret::getName).toList());
        var sealed =
                pool.query("select sealed from directory.outside_secret")
                        .execute()
                        .await()
                        .atMost(Duration.ofSeconds(10))
                        .iterator()
                        .next()
                        .getBuffer("sealed")
                        .getBytes();
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains(VALUE));
    }

    @Test
    void theAuditTellsWhoKeptItButNotWhatItIs() {
        put("mis", VALUE);
        var changes =
                EditingServiceGrpc.newBlockingStub(channel)
                        .listChanges(
                                ListChangesRequest.newBuilder()
                                        .setTenantId(TENANT)
                                        .setEntityId("mis")
                                        .build())
                        .getChangesList();
        assertEquals("secret-kept", changes.getFirst().getKind());
        assertEquals("agent_201", changes.getFirst().getAuthor());
        assertFalse(changes.toString().contains(VALUE));
    }

    @Test
    void aNewerOneTakesItsPlaceAndADeletedOneIsGone() {
        put("mis", VALUE);
        put("mis", VALUE + " 2");
        assertEquals(VALUE + " 2", reveal(TENANT, "mis").getValue());
        assertTrue(delete("mis").hasDeleted());
        assertTrue(reveal(TENANT, "mis").hasUnknown());
        assertTrue(delete("mis").getRefused().hasEntityUnknown());
    }

    @Test
    void whatIsNoSecretIsRefusedWithoutRepeatingIt() {
        var refused = put("Mis!", "short one").getRefused();
        assertEquals(2, refused.getMistakesFound().getMistakesCount());
        assertFalse(refused.toString().contains("short one"));
    }
}
