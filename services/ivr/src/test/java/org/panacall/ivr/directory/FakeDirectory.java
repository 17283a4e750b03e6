// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc.DirectoryServiceImplBase;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowServiceGrpc.FlowServiceImplBase;
import org.panacall.proto.directory.v1.GetFlowRequest;
import org.panacall.proto.directory.v1.GetFlowResponse;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.MenuStep;
import org.panacall.proto.directory.v1.MenuWords;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.PlayStep;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueStep;
import org.panacall.proto.directory.v1.ServiceExtension;
import org.panacall.proto.directory.v1.ServiceFunction;
import org.panacall.proto.directory.v1.Step;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

/** A directory on a real port that knows one small clinic. */
public final class FakeDirectory extends DirectoryServiceImplBase implements AutoCloseable {

    private final Server server;
    private final String address;

    public FakeDirectory() {
        this(0);
    }

    /** On that port. */
    FakeDirectory(int port) {
        try {
            server =
                    NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                            .addService(this)
                            .addService(new Versions())
                            .build()
                            .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        address = "127.0.0.1:" + server.getPort();
    }

    public String address() {
        return address;
    }

    @Override
    public void watchConfiguration(
            WatchConfigurationRequest request, StreamObserver<Configuration> observer) {
        observer.onNext(clinic());
    }

    /** Knows how the flow was in its first version, and no other. */
    private static final class Versions extends FlowServiceImplBase {

        @Override
        public void getFlow(GetFlowRequest request, StreamObserver<GetFlowResponse> observer) {
            var answer = GetFlowResponse.newBuilder();
            if (request.getFlowId().equals("main") && request.getVersion() == 1) {
                answer.setFlow(KeptFlow.newBuilder().setFlow(flow("former-menu")));
            } else {
                answer.setUnknown(EntityUnknown.getDefaultInstance());
            }
            observer.onNext(answer.build());
            observer.onCompleted();
        }
    }

    static Configuration clinic() {
        var queue = Queue.newBuilder().setQueueId("registry").setExtension("601");
        var tenant =
                Tenant.newBuilder()
                        .setTenantId("demo")
                        .setLanguage("ru")
                        .addQueues(queue)
                        .addPeople(Person.newBuilder().setPersonId("agent_104").setExtension("104"))
                        .addServiceExtensions(service("999", ServiceFunction.SERVICE_FUNCTION_ECHO))
                        .addServiceExtensions(
                                service("*11", ServiceFunction.SERVICE_FUNCTION_READY))
                        .addNumbers(Number.newBuilder().setNumber("+74950000100").setFlowId("main"))
                        .addFlows(flow("main-menu"))
                        .addFlows(Flow.newBuilder().setFlowId("broken").setEntryStepId("gone"));
        return Configuration.newBuilder().setVersion(7).addTenants(tenant).build();
    }

    private static ServiceExtension service(String extension, ServiceFunction function) {
        return ServiceExtension.newBuilder().setExtension(extension).setFunction(function).build();
    }

    private static Flow flow(String menuPrompt) {
        var play = PlayStep.newBuilder().addAllPrompts(prompts("greeting")).setBargeIn(true);
        var menu =
                MenuStep.newBuilder()
                        .addAllPrompts(prompts(menuPrompt))
                        .addAllKeys(List.of("1", "3"))
                        .setExtensionDialling(true)
                        .setMaxAttempts(3)
                        .addWords(
                                MenuWords.newBuilder()
                                        .setKey("1")
                                        .setLanguage("ru")
                                        .addPhrases("регистратура"))
                        .addAllInvalidPrompts(prompts("invalid-key"));
        var queue = QueueStep.newBuilder().setQueueId("registry").putAttributes("menu", "1");
        return Flow.newBuilder()
                .setFlowId("main")
                .setVersion(3)
                .setEntryStepId("greeting")
                .setFallbackQueueId("registry")
                .addSteps(
                        Step.newBuilder()
                                .setStepId("greeting")
                                .setPlay(play)
                                .putExits("done", "menu"))
                .addSteps(
                        Step.newBuilder()
                                .setStepId("menu")
                                .setMenu(menu)
                                .putExits("1", "registry")
                                .putExits("3", "greeting")
                                .putExits("no-input", "registry")
                                .putExits("invalid", "registry"))
                .addSteps(Step.newBuilder().setStepId("registry").setQueue(queue))
                .build();
    }

    private static List<Prompt> prompts(String id) {
        return List.of(Prompt.newBuilder().setPromptId(id).setLanguage("ru").build());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
