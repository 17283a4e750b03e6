// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.lookup.ContactLookup;
import org.panacall.ivr.core.lookup.ManagerLookup;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.ManagerSource;
import org.panacall.proto.directory.v1.ManagerStep;

/** Steps of one flow that look for who rings, and who takes care of him. */
final class LookupReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LAST_TALK_WITHIN = Duration.ofDays(90);
    private static final List<ManagerLookup.Source> ALL =
            List.of(ManagerLookup.Source.CONTACT, ManagerLookup.Source.LAST_TALK);
    private static final List<ManagerLookup.Source> ALL_AND_CRM =
            List.of(
                    ManagerLookup.Source.CONTACT,
                    ManagerLookup.Source.LAST_TALK,
                    ManagerLookup.Source.CRM);

    private final Flow flow;
    private final HttpReader requests;

    LookupReader(Flow flow, HttpReader requests) {
        this.flow = flow;
        this.requests = requests;
    }

    Step.Outside contact(org.panacall.proto.directory.v1.Step step) {
        var contact = step.getContact();
        return new Step.Outside(
                new ContactLookup(new TreeMap<>(contact.getAttributesMap()), tellsSeveral(step)),
                Collections.emptySortedMap(),
                contact.hasTimeout() ? Prompts.duration(contact.getTimeout()) : TIMEOUT,
                contact.getAhead());
    }

    /** Whether the step, or one that awaits it, has an exit for several. */
    private boolean tellsSeveral(org.panacall.proto.directory.v1.Step step) {
        return step.containsExits(ContactLookup.SEVERAL)
                || flow.getStepsList().stream()
                        .filter(one -> one.getAwait().getStepId().equals(step.getStepId()))
                        .anyMatch(one -> one.containsExits(ContactLookup.SEVERAL));
    }

    Step.Outside manager(ManagerStep manager) {
        var sources =
                manager.getSourcesList().stream().flatMap(one -> source(one).stream()).toList();
        var within =
                manager.hasLastTalkWithin()
                        ? Prompts.duration(manager.getLastTalkWithin())
                        : LAST_TALK_WITHIN;
        var crm =
                manager.hasCrm()
                        ? Optional.of(requests.read(manager.getCrm()))
                        : Optional.<Step.Outside>empty();
        var lookup =
                new ManagerLookup(
                        sources.isEmpty() ? (crm.isPresent() ? ALL_AND_CRM : ALL) : sources,
                        manager.getExcludedExtensionsList(),
                        manager.getDefaultExtension(),
                        manager.getVariable(),
                        new ManagerLookup.Reach(
                                manager.getCityCode(), within, crm.map(one -> crm(one, manager))));
        return new Step.Outside(
                lookup,
                crm.map(Step.Outside::arguments).orElse(Collections.emptySortedMap()),
                manager.hasTimeout() ? Prompts.duration(manager.getTimeout()) : TIMEOUT,
                manager.getAhead());
    }

    /** A request of whose answer the extension alone is taken. */
    private static HttpErrand crm(Step.Outside request, ManagerStep manager) {
        var errand = (HttpErrand) request.errand();
        var values = new TreeMap<String, HttpErrand.Place>();
        values.put(
                manager.getVariable(),
                new HttpErrand.Place(manager.getCrmExtension(), Variable.Kind.TEXT));
        return new HttpErrand(
                errand.target(),
                errand.secrets(),
                new HttpErrand.Wanted(values, Optional.empty()),
                errand.terms());
    }

    /** One of a newer release is passed over. */
    private static List<ManagerLookup.Source> source(ManagerSource source) {
        return switch (source) {
            case MANAGER_SOURCE_CONTACT -> List.of(ManagerLookup.Source.CONTACT);
            case MANAGER_SOURCE_LAST_TALK -> List.of(ManagerLookup.Source.LAST_TALK);
            case MANAGER_SOURCE_CRM -> List.of(ManagerLookup.Source.CRM);
            case MANAGER_SOURCE_UNSPECIFIED, UNRECOGNIZED -> List.of();
        };
    }
}
