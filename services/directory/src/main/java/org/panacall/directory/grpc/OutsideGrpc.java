// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.panacall.directory.editing.outside.SecretEdits;
import org.panacall.proto.directory.v1.DeleteSecretRequest;
import org.panacall.proto.directory.v1.DeleteSecretResponse;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.ListSecretsRequest;
import org.panacall.proto.directory.v1.ListSecretsResponse;
import org.panacall.proto.directory.v1.OutsideServiceGrpc;
import org.panacall.proto.directory.v1.PutSecretRequest;
import org.panacall.proto.directory.v1.PutSecretResponse;
import org.panacall.proto.directory.v1.RevealSecretRequest;
import org.panacall.proto.directory.v1.RevealSecretResponse;

/** The contract of secrets for servers outside. */
@ApplicationScoped
public class OutsideGrpc implements OutsideServiceGrpc.AsyncService {

    private final SecretEdits secrets;

    OutsideGrpc(SecretEdits secrets) {
        this.secrets = secrets;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition outside() {
        return OutsideServiceGrpc.bindService(this);
    }

    @Override
    public void listSecrets(
            ListSecretsRequest request, StreamObserver<ListSecretsResponse> caller) {
        Answers.reply(
                secrets.list(request.getTenantId())
                        .map(all -> ListSecretsResponse.newBuilder().addAllSecrets(all).build()),
                caller);
    }

    @Override
    public void putSecret(PutSecretRequest request, StreamObserver<PutSecretResponse> caller) {
        var answer = PutSecretResponse.newBuilder();
        Answers.edited(
                secrets.put(request),
                done -> answer.setKept(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void deleteSecret(
            DeleteSecretRequest request, StreamObserver<DeleteSecretResponse> caller) {
        var answer = DeleteSecretResponse.newBuilder();
        Answers.edited(
                secrets.delete(request),
                done -> answer.setDeleted(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void revealSecret(
            RevealSecretRequest request, StreamObserver<RevealSecretResponse> caller) {
        var answer =
                RevealSecretResponse.newBuilder().setUnknown(EntityUnknown.getDefaultInstance());
        Answers.reply(
                secrets.reveal(request.getTenantId(), request.getName())
                        .map(found -> found.map(answer::setValue).orElse(answer).build()),
                caller);
    }
}
