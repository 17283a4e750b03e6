// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.KeptLedger;
import org.panacall.acd.core.ledger.KeptLedger.Memory;
import org.panacall.acd.core.ledger.KeptLedger.Owed;
import org.panacall.acd.core.ledger.KeptLedger.Work;
import org.panacall.proto.acd.v1.KeptDebt;
import org.panacall.proto.acd.v1.KeptWork;

/** What a queue remembers as a message, and back. */
final class LedgerForm {

    private LedgerForm() {}

    static org.panacall.proto.acd.v1.KeptLedger write(KeptLedger ledger) {
        var memory = ledger.memory();
        var message =
                org.panacall.proto.acd.v1.KeptLedger.newBuilder()
                        .setQueueId(ledger.queue().value())
                        .setSequence(ledger.sequence())
                        .setTerms(TermsForm.write(ledger.terms()))
                        .setMeanTalk(Wording.duration(Duration.ofMillis(memory.meanTalkMillis())));
        memory.last().ifPresent(agent -> message.setLastAgentId(agent.value()));
        memory.underWay().forEach(agent -> message.addUnderWay(agent.value()));
        ledger.work().forEach((agent, steps) -> message.addAllWork(work(agent, steps)));
        message.addAllGroupDebts(debts(ledger.owed().groups(), name -> name));
        message.addAllAgentDebts(debts(ledger.owed().members(), AgentId::value));
        return message.build();
    }

    private static List<KeptWork> work(AgentId agent, NavigableMap<Long, Work> steps) {
        return steps.entrySet().stream()
                .map(
                        entry ->
                                KeptWork.newBuilder()
                                        .setAgentId(agent.value())
                                        .setStep(entry.getKey())
                                        .setAnswered(entry.getValue().answered())
                                        .setTalkMillis(entry.getValue().talkMillis())
                                        .build())
                .toList();
    }

    private static <K> List<KeptDebt> debts(
            NavigableMap<K, NavigableMap<Long, Long>> owed, Function<K, String> name) {
        var debts = new ArrayList<KeptDebt>();
        owed.forEach(
                (creditor, steps) ->
                        steps.forEach(
                                (step, amount) ->
                                        debts.add(
                                                KeptDebt.newBuilder()
                                                        .setCreditor(name.apply(creditor))
                                                        .setStep(step)
                                                        .setAmount(amount)
                                                        .build())));
        return debts;
    }

    static KeptLedger read(org.panacall.proto.acd.v1.KeptLedger message) {
        var last =
                message.getLastAgentId().isEmpty()
                        ? Optional.<AgentId>empty()
                        : Optional.of(new AgentId(message.getLastAgentId()));
        var underWay =
                message.getUnderWayList().stream()
                        .map(AgentId::new)
                        .collect(Collectors.toCollection(TreeSet::new));
        var work = new TreeMap<AgentId, NavigableMap<Long, Work>>();
        for (var done : message.getWorkList()) {
            work.computeIfAbsent(new AgentId(done.getAgentId()), id -> new TreeMap<>())
                    .put(done.getStep(), new Work(done.getAnswered(), done.getTalkMillis()));
        }
        return new KeptLedger(
                new QueueId(message.getQueueId()),
                message.getSequence(),
                TermsForm.read(message.getTerms()),
                new Memory(last, Wording.duration(message.getMeanTalk()).toMillis(), underWay),
                work,
                new Owed(
                        owed(message.getGroupDebtsList(), name -> name),
                        owed(message.getAgentDebtsList(), AgentId::new)));
    }

    private static <K extends Comparable<K>> NavigableMap<K, NavigableMap<Long, Long>> owed(
            List<KeptDebt> debts, Function<String, K> name) {
        var owed = new TreeMap<K, NavigableMap<Long, Long>>();
        for (var debt : debts) {
            owed.computeIfAbsent(name.apply(debt.getCreditor()), key -> new TreeMap<>())
                    .put(debt.getStep(), debt.getAmount());
        }
        return owed;
    }
}
