// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.panacall.defaults.ProtoTimes;
import org.panacall.defaults.words.MenuWords;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Moment;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.directory.CatalogReader;
import org.panacall.proto.ivr.v1.RehearsalOutcome;
import org.panacall.proto.ivr.v1.RehearseRequest;

/** Goes through flows without a telephone, as they are published or as somebody draws them. */
public final class Rehearsals {

    private static final int INPUTS_MAX = 100;
    private static final int INPUT_LENGTH_MAX = 104;
    private static final String MESSAGES = "messages";

    private final Supplier<Optional<Catalog>> catalogs;
    private final Limits limits;
    private final Clock clock;

    Rehearsals(Supplier<Optional<Catalog>> catalogs, Limits limits, Clock clock) {
        this.catalogs = catalogs;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Empty when there is no such flow.
     *
     * @throws IllegalArgumentException when the flow cannot be run
     */
    public Optional<List<Moment>> rehearse(RehearseRequest request) {
        var catalog =
                catalogs.get()
                        .orElseThrow(
                                () ->
                                        new UncheckedIOException(
                                                new IOException("no configuration yet")));
        var tenantId = new TenantId(request.getTenantId());
        return catalog.tenant(tenantId)
                .flatMap(tenant -> drawing(request, tenant))
                .map(
                        drawing ->
                                Rehearsal.of(
                                        caller(request, tenantId),
                                        drawing,
                                        limits,
                                        new Rehearsal.Replies(
                                                inputs(request),
                                                outcomes(request),
                                                Rehearsals::choice),
                                        at(request)));
    }

    private static Optional<Run.Drawing> drawing(RehearseRequest request, Catalog.Tenant tenant) {
        if (!request.hasDrawn()) {
            return Optional.ofNullable(tenant.flows().get(new FlowId(request.getFlowId())))
                    .map(tenant::drawing);
        }
        var flow = CatalogReader.draft(request.getDrawn(), tenant);
        return Optional.of(new Run.Drawing(flow, tenant.dialPlan(), tenant.around().with(flow)));
    }

    private Map<String, Outcome> outcomes(RehearseRequest request) {
        return request.getOutcomesMap().entrySet().stream()
                .limit(INPUTS_MAX)
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                outcome -> outcome(outcome.getValue(), at(request))));
    }

    /** The value "messages" says how many wait in a mailbox. */
    private static Outcome outcome(RehearsalOutcome told, Instant at) {
        var values = new TreeMap<>(told.getValuesMap());
        var count = values.getOrDefault(MESSAGES, "");
        int messages =
                count.matches("[0-9]{1,3}") ? Math.min(INPUTS_MAX, Integer.parseInt(count)) : 0;
        return new Outcome(told.getExit(), values, Rehearsal.mailbox(messages, at));
    }

    private static Optional<String> choice(Listening listening, String said) {
        return new MenuWords(listening.choices()).choice(said);
    }

    private static List<String> inputs(RehearseRequest request) {
        return request.getInputsList().stream()
                .limit(INPUTS_MAX)
                .map(
                        input ->
                                input.length() <= INPUT_LENGTH_MAX
                                        ? input
                                        : input.substring(0, INPUT_LENGTH_MAX))
                .toList();
    }

    private Instant at(RehearseRequest request) {
        return request.hasAt() ? ProtoTimes.instant(request.getAt()) : clock.instant();
    }

    private static Caller caller(RehearseRequest request, TenantId tenant) {
        return new Caller(
                new CallId("rehearsal"),
                new LegId("rehearsal"),
                tenant,
                new Caller.Numbers(request.getCallerNumber(), request.getDialledNumber()),
                new Caller.Origin("rehearsal", "", ""));
    }
}
