// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.panacall.defaults.ProtoTimes;
import org.panacall.defaults.tree.TreeWriter;
import org.panacall.desktop.Moments;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.directory.FlowClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.problems.Problem;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.ivr.v1.RehearsalMoment;
import org.panacall.proto.ivr.v1.RehearsalOutcome;
import org.panacall.proto.ivr.v1.RehearseRequest;
import org.panacall.proto.ivr.v1.Rehearsed;

/** A flow gone through without a telephone. */
@Path("/api/v1/flows")
@RunOnVirtualThread
public class SimulationResource {

    private static final int INPUTS_MAX = 100;
    private static final String KEYS = "[0-9*#]{0,32}";
    private static final String WORDS = "say \\P{Cntrl}{1,100}";

    private final Access access;
    private final FlowClient flows;
    private final DirectoryClient directory;
    private final RehearsalClient ivr;

    SimulationResource(
            Access access, FlowClient flows, DirectoryClient directory, RehearsalClient ivr) {
        this.access = access;
        this.flows = flows;
        this.directory = directory;
        this.ivr = ivr;
    }

    /**
     * Who rings when.
     *
     * @param at ISO 8601, by the tenant's clocks when there is no zone; now when absent
     * @param caller E.164 with "+"; withheld when absent
     * @param dialled number of the clinic
     * @param keys what is pressed each time a question is asked, or said ("say registry"); empty,
     *     or none any more: nothing
     * @param draft the draft instead of what is published
     * @param outcomes what comes of what a step asks outside, and of transfers (no-answer, busy,
     *     unavailable or failed), by the step's id; others fail, and somebody answers
     */
    public record Simulation(
            String at,
            String caller,
            String dialled,
            List<String> keys,
            Boolean draft,
            Map<String, OutsideOutcome> outcomes) {}

    /**
     * What comes of what a step asks outside: nobody is asked.
     *
     * @param exit of the step, "done"
     * @param values variable → value as text
     */
    public record OutsideOutcome(String exit, Map<String, String> values) {}

    /**
     * What would happen.
     *
     * @param said everything the caller would hear
     * @param path each step, key and exit with its time
     */
    public record SimulationView(List<String> said, List<Map<String, Object>> path, EndView end) {}

    /**
     * Where the caller would come to.
     *
     * @param outcome handed-over, hung-up …
     * @param target queue or extension; absent when he is handed to nobody
     */
    public record EndView(String outcome, String target, String reason) {}

    /** Takes a made-up caller through the flow; nobody is rung and nothing is kept. */
    @POST
    @Path("/{flow}/simulate")
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(responseCode = "200", description = "What would happen.")
    @APIResponse(responseCode = "400", description = "The flow cannot be run as it is drawn.")
    public SimulationView simulate(String flow, Simulation wanted, @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var asked = wanted == null ? new Simulation(null, null, null, null, null, null) : wanted;
        var answer = ivr.rehearse(request(FlowIds.known(flow), asked, caller));
        return switch (answer.getOutcomeCase()) {
            case REHEARSED -> view(answer.getRehearsed());
            case FLOW_UNSOUND -> throw Problem.mistake("flow", answer.getFlowUnsound().getReason());
            case FLOW_UNKNOWN, OUTCOME_NOT_SET -> throw Edits.unknown("flow");
        };
    }

    private RehearseRequest request(String flow, Simulation asked, Caller caller) {
        var keys = asked.keys() == null ? List.<String>of() : asked.keys();
        if (keys.size() > INPUTS_MAX
                || keys.stream().anyMatch(one -> !one.matches(KEYS) && !one.matches(WORDS))) {
            throw Problem.mistake(
                    "keys", "must be at most 100 texts of 0-9 * #, or of say and words");
        }
        var request =
                RehearseRequest.newBuilder()
                        .setTenantId(caller.tenantId())
                        .setFlowId(flow)
                        .setCallerNumber(number("caller", asked.caller()))
                        .setDialledNumber(number("dialled", asked.dialled()))
                        .addAllInputs(keys);
        outcomes(asked).forEach(request::putOutcomes);
        if (Boolean.TRUE.equals(asked.draft())) {
            var draft =
                    flows.draft(caller.tenantId(), flow).orElseThrow(() -> Edits.unknown("draft"));
            request.setDrawn(draft.getFlow());
        }
        if (asked.at() != null) {
            var zone = ZoneId.of(directory.tenant(caller.tenantId()).getTimeZone());
            var at = Moments.read("at", asked.at(), zone);
            request.setAt(ProtoTimes.timestamp(at));
        }
        return request.build();
    }

    private static Map<String, RehearsalOutcome> outcomes(Simulation asked) {
        var outcomes = new TreeMap<String, RehearsalOutcome>();
        if (asked.outcomes() == null) {
            return outcomes;
        }
        if (asked.outcomes().size() > INPUTS_MAX) {
            throw Problem.mistake("outcomes", "are more than " + INPUTS_MAX);
        }
        asked.outcomes()
                .forEach(
                        (step, outcome) -> {
                            if (outcome == null || outcome.exit() == null) {
                                throw Problem.mistake("outcomes", "each needs an exit");
                            }
                            var one = RehearsalOutcome.newBuilder().setExit(outcome.exit());
                            values(outcome).forEach(one::putValues);
                            outcomes.put(step, one.build());
                        });
        return outcomes;
    }

    private static Map<String, String> values(OutsideOutcome outcome) {
        var values = outcome.values() == null ? Map.<String, String>of() : outcome.values();
        if (values.values().stream().anyMatch(Objects::isNull)) {
            throw Problem.mistake("outcomes", "a value is missing");
        }
        return values;
    }

    private static String number(String field, String number) {
        if (number == null || number.isEmpty()) {
            return "";
        }
        if (!number.matches("\\+?[0-9]{1,15}")) {
            throw Problem.mistake(field, "must be like +74950000100");
        }
        return number;
    }

    private static SimulationView view(Rehearsed rehearsed) {
        var said = new ArrayList<String>();
        var path = new ArrayList<Map<String, Object>>();
        var end = new EndView("unfinished", null, null);
        for (var moment : rehearsed.getMomentsList()) {
            var at = at(moment);
            if (moment.hasHeard()) {
                var texts =
                        moment.getHeard().getPromptsList().stream()
                                .map(SimulationResource::text)
                                .toList();
                said.addAll(texts);
                path.add(Map.of("at", at, "heard", texts));
                continue;
            }
            var entry = new java.util.LinkedHashMap<String, Object>();
            entry.put("at", at);
            entry.putAll(TreeWriter.write(moment.getEvent()));
            path.add(entry);
            if (moment.getEvent().hasFlowFinished()) {
                var over = moment.getEvent().getFlowFinished();
                end =
                        new EndView(
                                Wire.word(over.getOutcome().name(), "FLOW_OUTCOME_"),
                                Wire.text(over.getTarget()),
                                over.getEndReason().getReason());
            }
        }
        return new SimulationView(said, path, end);
    }

    private static String at(RehearsalMoment moment) {
        return ProtoTimes.instant(moment.getAt()).toString();
    }

    private static String text(Prompt prompt) {
        return switch (prompt.getSourceCase()) {
            case TEXT -> prompt.getText();
            case PROMPT_ID ->
                    prompt.getFallbackText().isEmpty()
                            ? prompt.getPromptId()
                            : prompt.getFallbackText();
            case TONE -> "(tone)";
            case RECORDING -> "(message)";
            case SILENCE, SOURCE_NOT_SET -> "(silence)";
        };
    }
}
