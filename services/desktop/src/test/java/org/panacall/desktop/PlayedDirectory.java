// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import com.google.protobuf.util.Durations;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.CheckTokenRequest;
import org.panacall.proto.directory.v1.CheckTokenResponse;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DayHours;
import org.panacall.proto.directory.v1.Device;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowVariable;
import org.panacall.proto.directory.v1.MenuStep;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.SignInRequest;
import org.panacall.proto.directory.v1.SignInResponse;
import org.panacall.proto.directory.v1.SignedIn;
import org.panacall.proto.directory.v1.SpecialDays;
import org.panacall.proto.directory.v1.Step;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.TokenInvalid;
import org.panacall.proto.directory.v1.TokenValid;
import org.panacall.proto.directory.v1.TooManyAttempts;
import org.panacall.proto.directory.v1.VariableKind;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;
import org.panacall.proto.directory.v1.WeeklyHours;
import org.panacall.proto.directory.v1.WrongCredentials;

/** directory with four agents, a supervisor, two queues and a flow. */
final class PlayedDirectory extends DirectoryServiceGrpc.DirectoryServiceImplBase {

    private static final Map<String, String> ROLES =
            Map.of("201", "supervisor", "admin", "administrator");

    @Override
    public void watchConfiguration(
            WatchConfigurationRequest request, StreamObserver<Configuration> observer) {
        observer.onNext(Configuration.newBuilder().setVersion(7).addTenants(clinic()).build());
    }

    @Override
    public void signIn(SignInRequest request, StreamObserver<SignInResponse> observer) {
        var answer = SignInResponse.newBuilder();
        var user = request.getUserName();
        if (user.equals("102")) {
            answer.setTooManyAttempts(
                    TooManyAttempts.newBuilder().setRetryAfter(Durations.fromSeconds(41)));
        } else if (request.getPassword().equals("demo-" + user)) {
            var role = ROLES.getOrDefault(user, "agent");
            var isAdmin = role.equals("administrator");
            answer.setSignedIn(
                    SignedIn.newBuilder()
                            .setTenantId("demo")
                            .setPersonId(isAdmin ? user : role + "_" + user)
                            .setExtension(isAdmin ? "" : user)
                            .setName("Name " + user)
                            .addRoles(role));
        } else {
            answer.setWrongCredentials(WrongCredentials.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void checkToken(CheckTokenRequest request, StreamObserver<CheckTokenResponse> observer) {
        var answer = CheckTokenResponse.newBuilder();
        if (request.getToken().equals("demo-token")) {
            answer.setValid(
                    TokenValid.newBuilder()
                            .setTenantId("demo")
                            .setTokenName("demo")
                            .addRoles("integrator"));
        } else {
            answer.setInvalid(TokenInvalid.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    private static Tenant clinic() {
        return Tenant.newBuilder()
                .setTenantId("demo")
                .setName("Clinic")
                .setSipDomain("panacall.test")
                .setCountry("RU")
                .setLanguage("ru")
                .setTimeZone("Europe/Moscow")
                .addCalendars(calendar())
                .addPeople(PlayedEditing.agent("103"))
                .addPeople(PlayedEditing.agent("104"))
                .addPeople(PlayedEditing.agent("105"))
                .addPeople(
                        PlayedEditing.agent("106").toBuilder()
                                .addDevices(device(DeviceKind.DEVICE_KIND_PHONE, "106"))
                                .addDevices(device(DeviceKind.DEVICE_KIND_BROWSER, "106w")))
                .addPeople(person("supervisor_201", "201", "supervisor"))
                .addQueues(PlayedEditing.queues().get("registry"))
                .addQueues(PlayedEditing.queues().get("paid"))
                .addFlows(
                        Flow.newBuilder()
                                .setFlowId("main")
                                .setName("Main")
                                .setEntryStepId("menu")
                                .addSteps(menu()))
                .addFlows(
                        Flow.newBuilder()
                                .setFlowId("payment")
                                .setName("Payment")
                                .addVariables(
                                        FlowVariable.newBuilder()
                                                .setName("sum")
                                                .setKind(VariableKind.VARIABLE_KIND_NUMBER)))
                .addFlows(Flow.newBuilder().setFlowId("part").setSubFlow(true))
                .build();
    }

    /** From Monday to Saturday, but not on the first days of January. */
    private static Calendar calendar() {
        var hours = DayHours.newBuilder().setFrom("08:00").setUntil("20:00");
        return Calendar.newBuilder()
                .setCalendarId("main")
                .addOpen(
                        WeeklyHours.newBuilder()
                                .addAllDays(List.of(1, 2, 3, 4, 5, 6))
                                .setHours(hours))
                .addSpecialDays(
                        SpecialDays.newBuilder()
                                .setName("Holidays")
                                .setFirstDay("2026-01-01")
                                .setLastDay("2026-01-09"))
                .build();
    }

    private static Step menu() {
        return Step.newBuilder()
                .setStepId("menu")
                .putExits("1", "registry")
                .setMenu(
                        MenuStep.newBuilder()
                                .addKeys("1")
                                .setInterKeyTimeout(Durations.fromMillis(1500))
                                .addPrompts(Prompt.newBuilder().setPromptId("main-menu")))
                .build();
    }

    private static Person person(String id, String extension, String role) {
        return Person.newBuilder().setPersonId(id).setExtension(extension).addRoles(role).build();
    }

    private static Device.Builder device(DeviceKind kind, String address) {
        return Device.newBuilder().setKind(kind).setAddress(address);
    }
}
