// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.numbers;

import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.TreeMap;
import org.panacall.proto.directory.v1.DeleteNumberRequest;
import org.panacall.proto.directory.v1.DeleteNumberResponse;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.GetNumberRequest;
import org.panacall.proto.directory.v1.GetNumberResponse;
import org.panacall.proto.directory.v1.KeptNumber;
import org.panacall.proto.directory.v1.ListNumbersRequest;
import org.panacall.proto.directory.v1.ListNumbersResponse;
import org.panacall.proto.directory.v1.MistakesFound;
import org.panacall.proto.directory.v1.NumbersServiceGrpc;
import org.panacall.proto.directory.v1.PutNumberRequest;
import org.panacall.proto.directory.v1.PutNumberResponse;
import org.panacall.proto.directory.v1.RevisionStale;

/** Directory's numbers, played: it takes what leads somewhere. */
public class PlayedNumbers extends NumbersServiceGrpc.NumbersServiceImplBase {

    final Map<String, KeptNumber> kept = new TreeMap<>();
    private long revision;

    @Override
    public synchronized void listNumbers(
            ListNumbersRequest request, StreamObserver<ListNumbersResponse> caller) {
        var page = ListNumbersResponse.newBuilder();
        kept.values().stream()
                .filter(one -> one.getNumber().getNumber().compareTo(request.getCursor()) > 0)
                .limit(request.getPageSize())
                .forEach(page::addNumbers);
        if (page.getNumbersCount() == request.getPageSize()) {
            var last = page.getNumbers(page.getNumbersCount() - 1);
            page.setNextCursor(last.getNumber().getNumber());
        }
        reply(caller, page.build());
    }

    @Override
    public synchronized void getNumber(
            GetNumberRequest request, StreamObserver<GetNumberResponse> caller) {
        var answer = GetNumberResponse.newBuilder();
        if (kept.containsKey(request.getNumber())) {
            answer.setNumber(kept.get(request.getNumber()));
        } else {
            answer.setUnknown(EntityUnknown.getDefaultInstance());
        }
        reply(caller, answer.build());
    }

    @Override
    public synchronized void putNumber(
            PutNumberRequest request, StreamObserver<PutNumberResponse> caller) {
        var number = request.getNumber();
        var before = kept.get(number.getNumber());
        var known = request.getEdit().getKnownRevision();
        var answer = PutNumberResponse.newBuilder();
        if (number.getDestinationCase().getNumber() == 0) {
            var mistake = EditMistake.newBuilder().setField("flowId").setMessage("is missing");
            answer.setRefused(
                    EditRefused.newBuilder()
                            .setMistakesFound(MistakesFound.newBuilder().addMistakes(mistake)));
        } else if (known != 0 && before != null && before.getRevision() != known) {
            answer.setRefused(
                    EditRefused.newBuilder().setRevisionStale(RevisionStale.newBuilder()));
        } else {
            var now = KeptNumber.newBuilder().setNumber(number).setRevision(++revision).build();
            kept.put(number.getNumber(), now);
            answer.setNumber(now);
        }
        reply(caller, answer.build());
    }

    @Override
    public synchronized void deleteNumber(
            DeleteNumberRequest request, StreamObserver<DeleteNumberResponse> caller) {
        var gone = kept.remove(request.getNumber());
        var answer = DeleteNumberResponse.newBuilder();
        if (gone == null) {
            answer.setRefused(
                    EditRefused.newBuilder().setEntityUnknown(EntityUnknown.getDefaultInstance()));
        } else {
            answer.setDeleted(gone);
        }
        reply(caller, answer.build());
    }

    private static <A> void reply(StreamObserver<A> caller, A answer) {
        caller.onNext(answer);
        caller.onCompleted();
    }
}
