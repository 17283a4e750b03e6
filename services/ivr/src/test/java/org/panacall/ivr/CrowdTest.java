// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.ivr.sipingress.FakeSipIngress;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.ivr.v1.IvrServiceGrpc.IvrServiceBlockingStub;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.CallEnded;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.KeyPressed;
import org.panacall.proto.sipingress.v1.LegAnswered;
import org.panacall.simkit.Eventually;

/** As many callers at once as an instance takes, and one more. */
@QuarkusTest
@WithTestResource(CrowdNeighbours.class)
class CrowdTest {

    private static final Logger LOG = Logger.getLogger(CrowdTest.class);

    /** Sent and not answered yet. */
    private static final int WINDOW = 100;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int BYTES_A_RUN_MAX = 32_768;
    private static final String LEG = "leg_caller";

    @Inject GrpcServer grpc;
    @Inject IvrConfig config;
    @Inject MeterRegistry metrics;
    FakeSipIngress sipIngress;

    private final Peers peers =
            new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);

    @AfterEach
    void disconnect() {
        peers.channel("127.0.0.1:" + grpc.port()).shutdownNow();
    }

    @Test
    void allAreServedInBoundedMemoryAndOneMoreIsSentElsewhere() throws Exception {
        // Given
        int crowd = config.runs();
        var channel = peers.channel("127.0.0.1:" + grpc.port());
        var ivr = IvrServiceGrpc.newBlockingStub(channel);
        Eventually.isTrue("takes calls", () -> takes(ivr));
        end("warm");
        Eventually.isTrue("nobody is there", () -> live() == 0);
        long before = used();

        // When: they are answered as they come, and hear the greeting.
        var starting = CompletableFuture.runAsync(() -> start(channel, crowd));
        for (int i = 0; i < crowd; i++) {
            var answer = sipIngress.find(AnswerLegRequest.class);
            var answered = LegAnswered.newBuilder().setLegId(LEG);
            sipIngress.tell(answer.getCallId(), CallNotice.newBuilder().setLegAnswered(answered));
        }
        starting.join();

        // Then
        assertEquals(crowd, live());
        long each = (used() - before) / crowd;
        LOG.infof(
                "%d runs at once: %d bytes each, with those of who plays sip-ingress", crowd, each);
        assertTrue(each < BYTES_A_RUN_MAX, () -> each + " bytes a run");
        assertTrue(ivr.startRun(request("late")).hasTooManyRuns());

        // When
        var pressed = KeyPressed.newBuilder().setLegId(LEG).setKey("1");
        sipIngress.tell(call(crowd / 2), CallNotice.newBuilder().setKeyPressed(pressed));

        // Then
        var order = sipIngress.find(HandOverRequest.class);
        assertEquals(call(crowd / 2), order.getCallId());

        // When
        for (int i = 0; i < crowd; i++) {
            end(call(i));
        }

        // Then
        Eventually.isTrue("all have gone", LIMIT, () -> live() == 0);
        assertTrue(ivr.startRun(request("late")).hasStarted());
        end("late");
    }

    /** It does when it has read its configuration. */
    private boolean takes(IvrServiceBlockingStub ivr) {
        try {
            return ivr.startRun(request("warm")).hasStarted();
        } catch (StatusRuntimeException yet) {
            return false;
        }
    }

    private void start(Channel channel, int crowd) {
        var ivr = IvrServiceGrpc.newFutureStub(channel);
        var window = new Semaphore(WINDOW);
        var started = new AtomicInteger();
        for (int i = 0; i < crowd; i++) {
            window.acquireUninterruptibly();
            var answer = ivr.startRun(request(call(i)));
            answer.addListener(
                    () -> {
                        if (answer.resultNow().hasStarted()) {
                            started.incrementAndGet();
                        }
                        window.release();
                    },
                    MoreExecutors.directExecutor());
        }
        window.acquireUninterruptibly(WINDOW);
        assertEquals(crowd, started.get());
    }

    private static String call(int number) {
        return "call_" + number;
    }

    private StartRunRequest request(String call) {
        return StartRunRequest.newBuilder()
                .setCallId(call)
                .setTenantId("demo")
                .setFlowId("main")
                .setLegId(LEG)
                .setCallerNumber("+79160000001")
                .setDialledNumber("+74950000100")
                .setSipIngress(sipIngress.address())
                .build();
    }

    private void end(String call) {
        sipIngress.tell(call, CallNotice.newBuilder().setCallEnded(CallEnded.getDefaultInstance()));
    }

    private int live() {
        return (int) metrics.get("ivr.runs.live").gauge().value();
    }

    /** What is reachable. */
    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
