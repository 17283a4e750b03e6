// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.panacall.proto.directory.v1.DeleteNumberRequest;
import org.panacall.proto.directory.v1.DeleteNumberResponse;
import org.panacall.proto.directory.v1.GetNumberRequest;
import org.panacall.proto.directory.v1.KeptNumber;
import org.panacall.proto.directory.v1.ListNumbersRequest;
import org.panacall.proto.directory.v1.ListNumbersResponse;
import org.panacall.proto.directory.v1.NumbersServiceGrpc;
import org.panacall.proto.directory.v1.NumbersServiceGrpc.NumbersServiceBlockingStub;
import org.panacall.proto.directory.v1.PutNumberRequest;
import org.panacall.proto.directory.v1.PutNumberResponse;

/** The numbers that patients dial, as the directory keeps them. Blocks. */
@ApplicationScoped
public class NumbersClient {

    private final DirectoryStubs stubs;

    NumbersClient(DirectoryStubs stubs) {
        this.stubs = stubs;
    }

    public ListNumbersResponse list(ListNumbersRequest request) {
        return stub().listNumbers(request);
    }

    public Optional<KeptNumber> number(String tenantId, String number) {
        var answer =
                stub().getNumber(
                                GetNumberRequest.newBuilder()
                                        .setTenantId(tenantId)
                                        .setNumber(number)
                                        .build());
        return answer.hasNumber() ? Optional.of(answer.getNumber()) : Optional.empty();
    }

    public PutNumberResponse put(PutNumberRequest request) {
        return stub().putNumber(request);
    }

    public DeleteNumberResponse delete(DeleteNumberRequest request) {
        return stub().deleteNumber(request);
    }

    private NumbersServiceBlockingStub stub() {
        return stubs.of(NumbersServiceGrpc::newBlockingStub);
    }
}
