// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.util.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.ServiceExtension;
import org.panacall.proto.directory.v1.ServiceFunction;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.DialPlan;
import org.panacall.sipingress.core.plan.Staff;
import org.panacall.sipingress.core.plan.TrustedSource;

class PlanReaderTest {

    private static final TrustedSource CARRIER = new TrustedSource.Carrier("demo");
    private static final TrustedSource PHONE = new TrustedSource.Phone("104", "panacall.test");

    private final DialPlan plan = new PlanReader(new PhoneNumbers()).read(configuration());

    private static Configuration configuration() {
        var tenant =
                Tenant.newBuilder()
                        .setTenantId("demo")
                        .setSipDomain("panacall.test")
                        .setCountry("RU")
                        .setLanguage("ru")
                        .addNumbers(Number.newBuilder().setNumber("+74950000100").setFlowId("main"))
                        .addNumbers(Number.newBuilder().setNumber("+74950000199").setEcho(true))
                        .addQueues(
                                Queue.newBuilder()
                                        .setQueueId("registry")
                                        .setExtension("601")
                                        .setOfferTimeout(Durations.fromSeconds(12))
                                        .addAgentExtensions("103")
                                        .addAgentExtensions("198"))
                        .addQueues(Queue.newBuilder().setQueueId("empty").setExtension("602"))
                        .addQueues(
                                Queue.newBuilder()
                                        .setQueueId("members")
                                        .addAgentExtensions("198")
                                        .addMembers(QueueMember.newBuilder().setExtension("103")))
                        .addPeople(Person.newBuilder().setPersonId("p").setExtension("103"))
                        .addServiceExtensions(
                                ServiceExtension.newBuilder()
                                        .setExtension("*12")
                                        .setFunction(ServiceFunction.SERVICE_FUNCTION_NOT_READY));
        return Configuration.newBuilder().setVersion(3).addTenants(tenant).build();
    }

    @ParameterizedTest
    @CsvSource({"74950000100", "+74950000100", "84950000100", "4950000100"})
    void carriersMayWriteTheNumberInAnyUsualWay(String dialled) {
        // When
        var route = plan.route(CARRIER, dialled, "89161234567").orElseThrow();
        // Then
        assertEquals(new Destination.Flow("main"), route.destination());
        assertEquals("+74950000100", route.to());
        assertEquals("+79161234567", route.from());
        assertEquals(Optional.of("registry"), route.fallbackQueue());
    }

    @Test
    void carriersReachNoExtensionsAndNoForeignNumbers() {
        assertEquals(Optional.empty(), plan.route(CARRIER, "103", "+79161234567"));
        assertEquals(Optional.empty(), plan.route(CARRIER, "+79031112233", "+79161234567"));
    }

    @Test
    void aCallerWithoutANumberIsWithheld() {
        assertEquals("", plan.route(CARRIER, "74950000199", "anonymous").orElseThrow().from());
    }

    @Test
    void phonesReachPeopleQueuesCodesAndTheWorld() {
        assertEquals(new Destination.Person("103", ""), dialledByPhone("103"));
        assertEquals(new Destination.Queue("registry"), dialledByPhone("601"));
        assertEquals(new Destination.AgentCode(false), dialledByPhone("*12"));
        assertEquals(new Destination.Outside("+79031112233"), dialledByPhone("89031112233"));
        assertEquals(new Destination.Outside("+380441234567"), dialledByPhone("+380441234567"));
        assertEquals(new Destination.Echo(), dialledByPhone("+74950000199"));
        assertEquals(Optional.empty(), plan.route(PHONE, "777", ""));
    }

    @Test
    void theAgentsOfAQueueCanBeRungWithoutAcd() {
        // When
        var staff = plan.tenants().getFirst().staff();
        // Then
        var ringFor = Optional.of(Duration.ofSeconds(12));
        var group = Optional.of(new Staff.Group(List.of("103"), ringFor));
        assertEquals(group, staff.of("registry"), "only people can be rung");
        assertEquals(Optional.empty(), staff.of("empty"));
        assertEquals(List.of("103"), staff.of("members").orElseThrow().extensions());
        assertEquals("p", staff.person("103"));
        assertEquals("", staff.person("198"));
    }

    @Test
    void aPhoneOfAnotherDomainReachesNobody() {
        var stranger = new TrustedSource.Phone("104", "elsewhere.test");
        assertEquals(Optional.empty(), plan.route(stranger, "103", ""));
    }

    private Destination dialledByPhone(String dialled) {
        return plan.route(PHONE, dialled, "").orElseThrow().destination();
    }
}
