// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.reports;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.GetCallRecordRequest;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ListCallRecordsResponse;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc.ReportingServiceBlockingStub;

/** Asks the first instance of reporting that is there. Blocks. */
@ApplicationScoped
public class ReportingClient {

    private final Peers peers;
    private final List<String> instances;
    private final Duration timeout;

    ReportingClient(Peers peers, DesktopConfig config) {
        this.peers = peers;
        instances = Peers.addresses(config.reporting().addresses());
        timeout = config.desktop().timeout();
    }

    public ListCallRecordsResponse list(ListCallRecordsRequest request) {
        return any(reporting -> reporting.listCallRecords(request));
    }

    public Optional<CallRecord> find(String tenantId, String callId) {
        var request =
                GetCallRecordRequest.newBuilder().setTenantId(tenantId).setCallId(callId).build();
        var answer = any(reporting -> reporting.getCallRecord(request));
        return answer.hasRecord() ? Optional.of(answer.getRecord()) : Optional.empty();
    }

    private <A> A any(Function<ReportingServiceBlockingStub, A> ask) {
        var fault = Status.UNAVAILABLE.withDescription("no reporting").asRuntimeException();
        for (var address : instances) {
            try {
                return ask.apply(
                        ReportingServiceGrpc.newBlockingStub(peers.channel(address))
                                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS));
            } catch (StatusRuntimeException away) {
                if (away.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                    throw away;
                }
                fault = away;
            }
        }
        throw fault;
    }
}
