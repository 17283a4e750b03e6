// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.panacall.engine.Decision;
import org.panacall.engine.Turn;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.VirtualClock;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.CountedCallIds;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.InviteRequest;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgent;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.dialog.UserAgentSettings;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.NameAddress;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.DialPlan;
import org.panacall.sipingress.core.plan.Numbering;
import org.panacall.sipingress.core.plan.Staff;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.plan.TenantPlan;
import org.panacall.sipingress.nats.FactCodec;

/**
 * One core in virtual time: the parties are the legs of another real user agent on a wire with 1 ms
 * of delay, media and controllers are in memory.
 */
public final class World {

    static final String DOMAIN = "panacall.test";
    static final TenantId TENANT = new TenantId("demo");
    public static final String CARRIER = "carrier;name=demo";
    public static final String PHONE = "phone;user=103;domain=" + DOMAIN;
    private static final Endpoint US = new Endpoint("127.0.0.1", 5090);
    private static final Endpoint EDGE = new Endpoint("127.0.0.1", 5080);
    private static final Duration WIRE = Duration.ofMillis(1);
    private static final Numbering NUMBERING =
            (dialled, country) ->
                    dialled.matches("\\+[0-9]{8,15}") ? Optional.of(dialled) : Optional.empty();

    private final VirtualClock clock = new VirtualClock();
    private final Agenda agenda = new Agenda(clock);
    private final CallSettings settings;
    private final CountedCallIds ids = new CountedCallIds("us");
    private final UserAgent parties;
    private final FactCodec codec = new FactCodec("sip-ingress-1", "dead", "127.0.0.1:9010");
    private UserAgent ours;
    private SipIngress core;
    private int generation;
    private final MemoryMedia media = new MemoryMedia(this);
    private final Audit audit = new Audit();
    private final List<UserAgentOutput> heard = new ArrayList<>();
    private final List<IngressEffect.Tell> told = new ArrayList<>();
    private final List<IngressEffect.AskController> asked = new ArrayList<>();
    private final List<IngressEffect.SetAgentState> agentStates = new ArrayList<>();
    private final List<IngressEffect.Counted> counted = new ArrayList<>();
    private Consumer<UserAgentOutput> partyOwner = heard::add;
    private Consumer<IngressEffect.AskController> controllers = asked::add;
    private Consumer<IngressEffect.Tell> watchers = told::add;
    private Consumer<byte[]> wire = datagram -> {};
    private UnaryOperator<byte[]> noise = datagram -> datagram;
    private int invited;

    public World() {
        this(CallSettings.of("sip-ingress-1", EDGE));
    }

    public World(CallSettings settings) {
        this.settings = settings;
        parties =
                new UserAgent(
                        UserAgentSettings.of("edge", EDGE, EDGE), new CountedCallIds("party"));
        begin();
    }

    private void begin() {
        generation++;
        var holder = "sip-ingress-1." + generation;
        ours = new UserAgent(UserAgentSettings.of(holder, EDGE, US), ids);
        core = new SipIngress(ours, ids, settings);
        send(new IngressCommand.UsePlan(plan()));
    }

    /** Our process dies, with all that it had not stored; an heir has its calls at once. */
    public void die() {
        var left = codec.decode(codec.encode(new Turn<>(now(), audit.storedCalls())));
        begin();
        var calls =
                left.events().stream()
                        .map(fact -> ((CallEvent.CallStored) fact.event()).call())
                        .toList();
        send(new IngressCommand.AdoptCalls(calls));
        media.missed();
    }

    /** Tells our process from those before it. */
    int generation() {
        return generation;
    }

    public static CallSettings settings() {
        return CallSettings.of("sip-ingress-1", EDGE);
    }

    private static DialPlan plan() {
        var fallback = Optional.of("registry");
        var tenant =
                new TenantPlan(
                        TENANT,
                        DOMAIN,
                        "RU",
                        "ru",
                        "+74950000100",
                        fallback,
                        Map.of(
                                "+74950000100",
                                own(new Destination.Flow("main")),
                                "+74950000101",
                                own(new Destination.Queue("registry")),
                                "+74950000102",
                                own(new Destination.Person("105", "")),
                                "+74950000199",
                                own(new Destination.Echo())),
                        Map.of(
                                "103", new Destination.Person("103", ""),
                                "104", new Destination.Person("104", ""),
                                "601", new Destination.Queue("registry"),
                                "999", new Destination.Echo(),
                                "*11", new Destination.AgentCode(true)),
                        new Staff(
                                Map.of(
                                        "registry",
                                        new Staff.Group(
                                                List.of("103", "104", "105", "106"),
                                                Optional.of(Duration.ofSeconds(15)))),
                                Map.of(
                                        "103", "agent_103",
                                        "104", "agent_104",
                                        "105", "agent_105",
                                        "106", "agent_106")));
        return new DialPlan(1, List.of(tenant), NUMBERING);
    }

    private static TenantPlan.OwnNumber own(Destination destination) {
        return new TenantPlan.OwnNumber(destination, Optional.of("registry"));
    }

    public Instant now() {
        return clock.instant();
    }

    public Agenda agenda() {
        return agenda;
    }

    public SipIngress core() {
        return core;
    }

    UserAgent parties() {
        return parties;
    }

    public MemoryMedia media() {
        return media;
    }

    public Audit audit() {
        return audit;
    }

    /** What the parties heard, when nobody else listens. */
    public List<UserAgentOutput> heard() {
        return heard;
    }

    public List<IngressEffect.Tell> told() {
        return told;
    }

    public List<IngressEffect.AskController> asked() {
        return asked;
    }

    List<IngressEffect.SetAgentState> agentStates() {
        return agentStates;
    }

    public List<IngressEffect.Counted> counted() {
        return counted;
    }

    public void partiesAre(Consumer<UserAgentOutput> owner) {
        partyOwner = owner;
    }

    public void controllersAre(
            Consumer<IngressEffect.AskController> owner, Consumer<IngressEffect.Tell> listener) {
        controllers = owner;
        watchers = listener;
    }

    /** Gives the core a command and does what it decides. */
    public Optional<Refusal> send(IngressCommand command) {
        return take(core.handle(command, now()));
    }

    private Optional<Refusal> take(Decision<CallFact, IngressEffect, Refusal> decision) {
        audit.take(decision.events(), core);
        for (var effect : decision.effects()) {
            switch (effect) {
                case IngressEffect.SendDatagram(var datagram, var to) ->
                        agenda.in(WIRE, () -> toParties(datagram));
                case IngressEffect.ForMedia request -> media.request(request);
                case IngressEffect.AskController ask -> controllers.accept(ask);
                case IngressEffect.PlaceRoom asked -> media.place(asked);
                case IngressEffect.SetAgentState wanted -> agentStates.add(wanted);
                case IngressEffect.Tell tell -> watchers.accept(tell);
                case IngressEffect.Log line -> {}
                case IngressEffect.Moved moved -> {}
                case IngressEffect.MakeRoom room -> {}
                case IngressEffect.Count(var what) -> {
                    counted.add(what);
                    assertEquals(false, what == IngressEffect.Counted.COMMAND_REFUSED);
                }
            }
        }
        return decision.refusal();
    }

    /** Lets somebody see what the core sends. */
    void tapWire(Consumer<byte[]> listener) {
        wire = listener;
    }

    /** Lets somebody change what comes to the core. */
    public void disturb(UnaryOperator<byte[]> change) {
        noise = change;
    }

    /** A datagram comes from the edge, whatever it holds. */
    void receive(byte[] datagram) {
        send(new IngressCommand.TakeDatagram(datagram, EDGE));
    }

    int transactions() {
        return ours.transactions();
    }

    private void toParties(byte[] datagram) {
        wire.accept(datagram);
        party(new UserAgentCommand.Received(datagram, US));
    }

    /** Lets a party do something. */
    public void party(UserAgentCommand command) {
        takeParties(parties.handle(command, now()));
    }

    private void takeParties(List<UserAgentOutput> outputs) {
        for (var output : outputs) {
            if (output instanceof UserAgentOutput.Send(var datagram, var to)) {
                agenda.in(WIRE, () -> receive(noise.apply(datagram)));
            } else {
                partyOwner.accept(output);
            }
        }
    }

    /** A party rings; the leg is the party's own name for its side. */
    public LegId ring(String source, String dialled, Optional<String> sdp) {
        var leg = new LegId("caller-" + ++invited);
        var to = "sip:" + dialled + "@" + DOMAIN;
        var from = NameAddress.of("sip:+79161234567@127.0.0.2");
        var headers = List.of(new HeaderField("X-Panacall-Source", source));
        var request = new InviteRequest(to, from, NameAddress.of(to), headers, sdp, US);
        party(new UserAgentCommand.Invite(leg, request));
        return leg;
    }

    /** Lets time pass, with all that is due in it. */
    public void run(Duration time) {
        var end = now().plus(time);
        while (true) {
            var next =
                    Stream.of(agenda.next(), core.nextDeadline(), parties.nextDeadline())
                            .flatMap(Optional::stream)
                            .min(Instant::compareTo);
            if (next.isEmpty() || next.get().isAfter(end)) break;
            if (agenda.next().equals(next)) {
                agenda.step();
            } else {
                if (next.get().isAfter(now())) clock.advanceTo(next.get());
                take(core.tick(now()));
                takeParties(parties.tick(now()));
            }
        }
        clock.advanceTo(end);
    }

    /** Waits until media has what every call believes it has. */
    void awaitMediaAsBelieved() {
        for (int looks = 0; looks < 500; looks++) {
            boolean settled =
                    core.callsAfter(new CallId("_")).stream()
                            .filter(call -> call.end().isEmpty())
                            .allMatch(call -> !call.isMoving() && media.isAsBelieved(call));
            if (settled) return;
            run(Duration.ofMillis(7));
        }
        throw new AssertionError("media has not what calls believe");
    }

    /** After all is over, nothing may be left anywhere. */
    public void verifyNothingIsLeft() {
        assertEquals(0, core.calls(), "calls left");
        assertEquals(0, core.legs(), "legs left");
        assertEquals(0, core.setups(), "setups left");
        assertEquals(0, core.kept(), "kept callers left");
        assertEquals(0, ours.legs(), "dialogs left");
        assertEquals(0, media.openLegs(), "media legs left");
        audit.verifyAllEnded();
    }
}
