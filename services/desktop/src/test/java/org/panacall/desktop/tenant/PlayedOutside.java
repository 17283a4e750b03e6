// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.tenant;

import io.grpc.stub.StreamObserver;
import java.util.TreeMap;
import org.panacall.proto.directory.v1.DeleteSecretRequest;
import org.panacall.proto.directory.v1.DeleteSecretResponse;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.ListSecretsRequest;
import org.panacall.proto.directory.v1.ListSecretsResponse;
import org.panacall.proto.directory.v1.MistakesFound;
import org.panacall.proto.directory.v1.NamedSecret;
import org.panacall.proto.directory.v1.OutsideServiceGrpc;
import org.panacall.proto.directory.v1.PutSecretRequest;
import org.panacall.proto.directory.v1.PutSecretResponse;

/** directory's secrets; a short one is refused. */
public final class PlayedOutside extends OutsideServiceGrpc.OutsideServiceImplBase {

    final TreeMap<String, String> kept = new TreeMap<>();

    private static NamedSecret named(String name) {
        return NamedSecret.newBuilder().setName(name).setAuthor("agent_admin").build();
    }

    @Override
    public void listSecrets(
            ListSecretsRequest request, StreamObserver<ListSecretsResponse> caller) {
        var all = ListSecretsResponse.newBuilder();
        kept.keySet().forEach(name -> all.addSecrets(named(name)));
        caller.onNext(all.build());
        caller.onCompleted();
    }

    @Override
    public void putSecret(PutSecretRequest request, StreamObserver<PutSecretResponse> caller) {
        var answer = PutSecretResponse.newBuilder();
        if (request.getValue().length() < 16) {
            answer.setRefused(
                    EditRefused.newBuilder()
                            .setMistakesFound(
                                    MistakesFound.newBuilder()
                                            .addMistakes(
                                                    EditMistake.newBuilder()
                                                            .setField("value")
                                                            .setMessage("is too short"))));
        } else {
            kept.put(request.getName(), request.getValue());
            answer.setKept(named(request.getName()));
        }
        caller.onNext(answer.build());
        caller.onCompleted();
    }

    @Override
    public void deleteSecret(
            DeleteSecretRequest request, StreamObserver<DeleteSecretResponse> caller) {
        var answer = DeleteSecretResponse.newBuilder();
        if (kept.remove(request.getName()) == null) {
            answer.setRefused(
                    EditRefused.newBuilder().setEntityUnknown(EntityUnknown.getDefaultInstance()));
        } else {
            answer.setDeleted(named(request.getName()));
        }
        caller.onNext(answer.build());
        caller.onCompleted();
    }
}
