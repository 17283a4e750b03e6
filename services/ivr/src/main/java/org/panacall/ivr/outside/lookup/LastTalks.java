// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.lookup;

import com.google.protobuf.Timestamp;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.panacall.defaults.Peers;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.proto.reporting.v1.GetLastTalkRequest;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;

/** Who talked with a number last, as reporting knows. Blocks. */
public final class LastTalks {

    private final Peers peers;
    private final List<String> addresses;

    public LastTalks(Peers peers, List<String> addresses) {
        this.peers = peers;
        this.addresses = List.copyOf(addresses);
    }

    /**
     * An extension; empty when nobody did.
     *
     * @param within time for all instances that may be asked
     * @throws StatusRuntimeException when none of them answers
     */
    Optional<String> last(
            TenantId tenant, String number, Instant since, List<String> excluded, Duration within) {
        var request =
                GetLastTalkRequest.newBuilder()
                        .setTenantId(tenant.value())
                        .setNumber(number)
                        .setSince(Timestamp.newBuilder().setSeconds(since.getEpochSecond()))
                        .addAllExcludedExtensions(excluded)
                        .build();
        StatusRuntimeException silent = null;
        for (var address : addresses) {
            try {
                var answer =
                        ReportingServiceGrpc.newBlockingStub(peers.channel(address))
                                .withDeadlineAfter(
                                        within.toMillis() / addresses.size(), TimeUnit.MILLISECONDS)
                                .getLastTalk(request);
                return answer.hasTalk()
                        ? Optional.of(answer.getTalk().getAgentExtension())
                        : Optional.empty();
            } catch (StatusRuntimeException fault) {
                silent = fault;
            }
        }
        if (silent != null) {
            throw silent;
        }
        return Optional.empty();
    }
}
