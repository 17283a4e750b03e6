// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.panacall.proto.directory.v1.DeleteSecretRequest;
import org.panacall.proto.directory.v1.DeleteSecretResponse;
import org.panacall.proto.directory.v1.ListSecretsRequest;
import org.panacall.proto.directory.v1.NamedSecret;
import org.panacall.proto.directory.v1.OutsideServiceGrpc;
import org.panacall.proto.directory.v1.OutsideServiceGrpc.OutsideServiceBlockingStub;
import org.panacall.proto.directory.v1.PutSecretRequest;
import org.panacall.proto.directory.v1.PutSecretResponse;

/** Secrets for servers outside, as the directory keeps them. Blocks. */
@ApplicationScoped
public class OutsideClient {

    private final DirectoryStubs stubs;

    OutsideClient(DirectoryStubs stubs) {
        this.stubs = stubs;
    }

    public List<NamedSecret> list(String tenantId) {
        return stub().listSecrets(ListSecretsRequest.newBuilder().setTenantId(tenantId).build())
                .getSecretsList();
    }

    public PutSecretResponse put(PutSecretRequest request) {
        return stub().putSecret(request);
    }

    public DeleteSecretResponse delete(DeleteSecretRequest request) {
        return stub().deleteSecret(request);
    }

    private OutsideServiceBlockingStub stub() {
        return stubs.of(OutsideServiceGrpc::newBlockingStub);
    }
}
