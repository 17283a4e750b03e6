// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;
import org.panacall.engine.nats.Bucket;
import org.panacall.engine.nats.JetStreamJournal;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.proto.sipingress.v1.HeldCall;
import org.panacall.proto.sipingress.v1.HeldCalls;
import org.panacall.proto.sipingress.v1.Holding;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;

/**
 * Our journal, and where in it our live calls are. Every few seconds in which something was
 * written, a list of them goes to a key of our holder's name, so that an heir reads those messages
 * and the short rest, and not a week of calls.
 */
public final class StoredCalls implements Journal<CallFact> {

    private static final Logger LOG = Logger.getLogger(StoredCalls.class);
    private static final String BUCKET = "panacall_sip_ingress_calls";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long LIST_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final NatsLink link;
    private final StreamSettings stream;
    private final String holder;
    private final FactCodec codec;
    private final Journal<CallFact> journal;
    private final Bucket bucket;
    private final ConcurrentHashMap<String, Long> held = new ConcurrentHashMap<>();
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private long last;
    private long listedNanos = System.nanoTime();

    /**
     * @param instance whose subject is written to
     * @param holder this process
     */
    public StoredCalls(NatsLink link, String instance, String holder, FactCodec codec) {
        this.link = link;
        this.holder = holder;
        this.codec = codec;
        stream = StreamSettings.of("sip-ingress");
        journal = new JetStreamJournal<>(link, stream, instance, codec);
        bucket = new Bucket(link, BUCKET, TIMEOUT);
    }

    /** From now on there is a list, if an empty one. */
    public synchronized void begin() throws IOException, JetStreamApiException {
        if (last == 0) {
            // Makes the stream when it is not there yet.
            last = journal.replay(Long.MAX_VALUE, turn -> {});
        }
        list();
    }

    @Override
    public synchronized long append(Turn<CallFact> turn, long expectedLast) {
        last = journal.append(turn, expectedLast);
        for (var fact : turn.events()) {
            var call = fact.call().value();
            switch (fact.event()) {
                case CallEvent.CallStored stored -> held.put(call, last);
                case CallEvent.CallFinished finished -> held.remove(call);
                default -> {
                    // Says nothing about where a call is.
                    continue;
                }
            }
            untold.remove(call);
        }
        if (System.nanoTime() - listedNanos > LIST_EVERY_NANOS) tryToList();
        return last;
    }

    @Override
    public long replay(long after, Consumer<Turn<CallFact>> reader) {
        return journal.replay(after, reader);
    }

    /** Where our journal is: what we write from now on comes after it. */
    public synchronized long written() {
        return last;
    }

    /** We are about to take calls over, so that our journal has to tell of each. */
    public void expect(Collection<String> calls) {
        untold.addAll(calls);
        untold.removeAll(held.keySet());
    }

    /** Whether all these expected calls are in our journal, or over. */
    public boolean hasTold(Collection<String> calls) {
        return calls.stream().noneMatch(untold::contains);
    }

    /** Ends the expecting, whether all were told of or not. */
    public void expectNoMore(Collection<String> calls) {
        untold.removeAll(calls);
    }

    private void tryToList() {
        try {
            list();
        } catch (IOException
                | JetStreamApiException
                | IllegalStateException
                | EngineFailure failure) {
            LOG.debugf("calls not listed: %s", failure.getMessage());
        }
    }

    private void list() throws IOException, JetStreamApiException {
        listedNanos = System.nanoTime();
        var calls = HeldCalls.newBuilder().setReadTo(last);
        held.forEach(
                (call, sequence) ->
                        calls.addCalls(
                                HeldCall.newBuilder().setCallId(call).setSequence(sequence)));
        bucket.open().put(holder, calls.build().toByteArray());
    }

    /**
     * The live calls of a holder that writes no more, but for those of which an earlier heir has
     * told: they are his, or over. Blocks.
     */
    public List<StoredCall> left(String dead, Holding key)
            throws IOException, JetStreamApiException {
        var entry = bucket.open().get(dead);
        if (entry == null || entry.getOperation() != KeyValueOperation.PUT) return List.of();
        // An empty list has no bytes at all.
        var bytes = Optional.ofNullable(entry.getValue()).orElse(new byte[0]);
        var listed = HeldCalls.parseFrom(bytes);
        var calls = new LinkedHashMap<String, StoredCall>();
        var sequences = new TreeSet<Long>();
        listed.getCallsList().forEach(call -> sequences.add(call.getSequence()));
        var management = link.require().jetStreamManagement();
        for (long sequence : sequences) {
            var message = management.getMessage(stream.stream(), sequence);
            take(codec.decode(message.getData()), dead, calls);
        }
        // A message tells of other calls too, some of which were over by the time of the list.
        calls.keySet().retainAll(listed.getCallsList().stream().map(HeldCall::getCallId).toList());
        journalOf(key.getInstance()).replay(listed.getReadTo(), turn -> take(turn, dead, calls));
        for (var heir : key.getHeirsList()) {
            journalOf(heir.getInstance())
                    .replay(heir.getAfter(), turn -> calls.keySet().removeAll(placed(turn)));
        }
        return List.copyOf(calls.values());
    }

    private Journal<CallFact> journalOf(String instance) {
        return new JetStreamJournal<>(link, stream, instance, codec);
    }

    private static Set<String> placed(Turn<CallFact> turn) {
        return turn.events().stream()
                .filter(StoredCalls::places)
                .map(fact -> fact.call().value())
                .collect(Collectors.toSet());
    }

    private static boolean places(CallFact fact) {
        return fact.event() instanceof CallEvent.CallStored
                || fact.event() instanceof CallEvent.CallFinished;
    }

    private static void take(
            Turn<CallFact> turn, String dead, LinkedHashMap<String, StoredCall> calls) {
        for (var fact : turn.events()) {
            var id = fact.call().value();
            if (fact.event() instanceof CallEvent.CallStored(var call)) {
                if (call.holding().holder().equals(dead)) calls.put(id, call);
            } else if (fact.event() instanceof CallEvent.CallFinished) {
                calls.remove(id);
            }
        }
    }

    /** The list of a holder whose calls are ours by now. */
    public void forget(String dead) throws IOException, JetStreamApiException {
        Keys.erase(link, BUCKET, dead);
    }
}
