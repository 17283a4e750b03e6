// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import io.grpc.Channel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;

/** What is asked of one sip-ingress about its calls. Blocks; for virtual threads. */
final class CallControl {

    private static final long LIST_TIMEOUT_SECONDS = 5;

    private final Channel channel;
    private final Controller controller;

    CallControl(Channel channel, Controller controller) {
        this.channel = channel;
        this.controller = controller;
    }

    /** What happens on our calls, from after a sequence of a stream on. */
    Iterator<CallNotice> watch(String streamId, long afterSequence) {
        var request =
                WatchCallsRequest.newBuilder()
                        .setController(controller)
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

    boolean isOurs(LiveCall call) {
        return call.getController().equals(controller);
    }
}
