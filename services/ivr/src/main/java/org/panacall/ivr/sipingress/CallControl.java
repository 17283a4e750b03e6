// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import io.grpc.Channel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;

/** What is asked of one sip-ingress about its calls. Blocks; for virtual threads. */
final class CallControl {

    private static final long LIST_TIMEOUT_SECONDS = 5;

    private final Channel channel;
    private final RunsName name;

    CallControl(Channel channel, RunsName name) {
        this.channel = channel;
        this.name = name;
    }

    /** What happens on our calls, from after a sequence of a stream on. */
    Iterator<CallNotice> watch(String streamId, long afterSequence) {
        var request =
                WatchCallsRequest.newBuilder()
                        .setController(name.controller())
                        .setReader(name.reader())
                        .setStreamId(streamId)
                        .setAfterSequence(afterSequence)
                        .build();
        return CallControlServiceGrpc.newBlockingStub(channel).watchCalls(request);
    }

    /** All live calls by call id, whoever controls them. */
    Map<String, LiveCall> calls() {
        var calls = new LinkedHashMap<String, LiveCall>();
        var after = "";
        while (true) {
            var page =
                    CallControlServiceGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(LIST_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .listCalls(ListCallsRequest.newBuilder().setAfterCallId(after).build())
                            .getCallsList();
            var before = calls.size();
            page.forEach(call -> calls.put(call.getCallId(), call));
            if (calls.size() == before) {
                return calls;
            }
            after = page.getLast().getCallId();
        }
    }

    /** One live call, if it is there. */
    Optional<LiveCall> call(String callId) {
        return CallControlServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(LIST_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .listCalls(ListCallsRequest.newBuilder().setCallId(callId).build())
                .getCallsList()
                .stream()
                .filter(call -> call.getCallId().equals(callId))
                .findFirst();
    }

    boolean isOurs(LiveCall call) {
        return call.getController().equals(name.controller());
    }
}
