// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.number.NumberEdits;
import org.panacall.proto.directory.v1.DeleteNumberRequest;
import org.panacall.proto.directory.v1.DeleteNumberResponse;
import org.panacall.proto.directory.v1.GetNumberRequest;
import org.panacall.proto.directory.v1.GetNumberResponse;
import org.panacall.proto.directory.v1.KeptNumber;
import org.panacall.proto.directory.v1.ListNumbersRequest;
import org.panacall.proto.directory.v1.ListNumbersResponse;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.NumbersServiceGrpc;
import org.panacall.proto.directory.v1.PutNumberRequest;
import org.panacall.proto.directory.v1.PutNumberResponse;

/** The contract of the numbers that patients dial. */
@ApplicationScoped
public class NumbersGrpc implements NumbersServiceGrpc.AsyncService {

    private final NumberEdits numbers;

    NumbersGrpc(NumberEdits numbers) {
        this.numbers = numbers;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition numbers() {
        return NumbersServiceGrpc.bindService(this);
    }

    @Override
    public void listNumbers(
            ListNumbersRequest request, StreamObserver<ListNumbersResponse> caller) {
        Answers.reply(numbers.list(request), caller);
    }

    @Override
    public void getNumber(GetNumberRequest request, StreamObserver<GetNumberResponse> caller) {
        var answer = GetNumberResponse.newBuilder();
        Answers.found(
                numbers.find(request),
                answer::setNumber,
                answer::setUnknown,
                answer::build,
                caller);
    }

    @Override
    public void putNumber(PutNumberRequest request, StreamObserver<PutNumberResponse> caller) {
        var answer = PutNumberResponse.newBuilder();
        Answers.edited(
                numbers.put(request),
                done -> answer.setNumber(kept(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void deleteNumber(
            DeleteNumberRequest request, StreamObserver<DeleteNumberResponse> caller) {
        var answer = DeleteNumberResponse.newBuilder();
        Answers.edited(
                numbers.delete(request),
                done -> answer.setDeleted(kept(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    private static KeptNumber kept(Outcome.Done<Number> done) {
        return KeptNumber.newBuilder().setNumber(done.kept()).setRevision(done.revision()).build();
    }
}
