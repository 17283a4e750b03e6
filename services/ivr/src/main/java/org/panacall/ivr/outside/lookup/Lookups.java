// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.lookup;

import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.lookup.ContactLookup;
import org.panacall.ivr.core.lookup.ManagerLookup;
import org.panacall.ivr.core.lookup.ManagerLookup.SourceAway;
import org.panacall.ivr.core.lookup.Responsibles;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.outside.Answer;
import org.panacall.ivr.outside.Answerer;
import org.panacall.ivr.outside.Outside;

/** Looks for who rings, and who takes care of him, in directory and reporting. */
public final class Lookups {

    /** So that an answer in the last moment still comes before the step's time is over. */
    private static final double SHARE_OF_TIME = 0.9;

    private final Contacts contacts;
    private final LastTalks talks;
    private final Answerer<HttpErrand> crm;
    private final Supplier<Optional<Catalog>> catalogs;
    private final Clock clock;

    /**
     * @param crm asks the clinics' own systems
     */
    public Lookups(
            Contacts contacts,
            LastTalks talks,
            Answerer<HttpErrand> crm,
            Supplier<Optional<Catalog>> catalogs,
            Clock clock) {
        this.contacts = contacts;
        this.talks = talks;
        this.crm = crm;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** Does the errands of look-ups there. */
    public Outside into(Outside outside) {
        return outside.with(ContactLookup.class, this::contact)
                .with(ManagerLookup.class, this::manager);
    }

    private Answer contact(ContactLookup lookup, Question question, Caller caller) {
        var number = CallerNumbers.of(caller, "");
        if (number.isEmpty()) {
            return told(Outcome.of(ContactLookup.NOT_FOUND));
        }
        try {
            var found = contacts.find(caller.tenant(), number.get(), time(question.within()));
            return told(lookup.outcome(found, responsibles(caller.tenant())));
        } catch (StatusRuntimeException away) {
            return Answer.failed(word(away));
        }
    }

    private Answer manager(ManagerLookup lookup, Question question, Caller caller) {
        var number = CallerNumbers.of(caller, lookup.reach().cityCode());
        var each = time(question.within().dividedBy(Math.max(1, lookup.sources().size())));
        var responsibles = responsibles(caller.tenant());
        return told(
                lookup.outcome(
                        source ->
                                number.isEmpty()
                                        ? Optional.empty()
                                        : source == ManagerLookup.Source.CRM
                                                ? askCrm(lookup, question, caller, each)
                                                : ask(
                                                        new Asked(lookup, source, each),
                                                        caller.tenant(),
                                                        number.get(),
                                                        responsibles),
                        responsibles));
    }

    /** The clinic's own system; what it does not know, as 404, is not there. */
    private Optional<String> askCrm(
            ManagerLookup lookup, Question question, Caller caller, Duration within)
            throws SourceAway {
        var errand = lookup.reach().crm();
        if (errand.isEmpty()) {
            return Optional.empty();
        }
        var errandWithin = errand.get().within(within);
        var answer =
                crm.answer(
                        errandWithin,
                        new Question(
                                question.step(),
                                errandWithin,
                                question.arguments(),
                                question.key(),
                                within),
                        caller);
        return switch (answer.outcome().exit()) {
            case Step.DONE ->
                    Optional.ofNullable(answer.outcome().values().get(lookup.variable()))
                            .filter(extension -> !extension.isEmpty());
            case ContactLookup.NOT_FOUND -> Optional.empty();
            default -> throw new SourceAway(new IllegalStateException(answer.reason()));
        };
    }

    /** One source, and the time that it has. */
    private record Asked(ManagerLookup lookup, ManagerLookup.Source source, Duration within) {}

    private Optional<String> ask(
            Asked asked, TenantId tenant, String number, Responsibles responsibles)
            throws SourceAway {
        try {
            return switch (asked.source()) {
                case CONTACT ->
                        contacts.find(tenant, number, asked.within()).stream()
                                .flatMap(contact -> responsibles.of(contact).stream())
                                .filter(one -> !asked.lookup().excluded().contains(one))
                                .findFirst();
                case LAST_TALK ->
                        talks.last(
                                tenant,
                                number,
                                clock.instant().minus(asked.lookup().reach().lastTalkWithin()),
                                asked.lookup().excluded(),
                                asked.within());
                case CRM -> Optional.empty();
            };
        } catch (StatusRuntimeException away) {
            throw new SourceAway(away);
        }
    }

    private static Answer told(Outcome outcome) {
        return new Answer(outcome, outcome.exit().equals("failed") ? "sources-away" : "");
    }

    private Responsibles responsibles(TenantId tenant) {
        var known = catalogs.get().flatMap(catalog -> catalog.tenant(tenant));
        return known.map(
                        is ->
                                new Responsibles(
                                        is.dialPlan(), is.around().calendars(), clock.instant()))
                .orElseThrow(() -> new IllegalStateException("the tenant is gone"));
    }

    private static Duration time(Duration within) {
        return Duration.ofMillis((long) (within.toMillis() * SHARE_OF_TIME));
    }

    private static String word(StatusRuntimeException fault) {
        return switch (fault.getStatus().getCode()) {
            case DEADLINE_EXCEEDED -> "timeout";
            case RESOURCE_EXHAUSTED -> "busy";
            default -> "away";
        };
    }
}
