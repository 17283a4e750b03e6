// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import com.google.protobuf.util.Durations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.media.Ears;
import org.panacall.media.listen.Listeners;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.Notice;
import org.panacall.media.tap.Ear;
import org.panacall.proto.call.v1.ListenOrder;
import org.panacall.proto.call.v1.SpeechOutcome;
import org.panacall.proto.media.v1.LegSpeech;
import org.panacall.proto.media.v1.PlayPromptsRequest;

/** Orders to listen, and what is said of them. */
@ApplicationScoped
class ListenRequests {

    private static final long PATIENCE_MS_MAX = 60_000;
    private static final int CHOICES_MAX = 16;
    private static final int PHRASES_MAX = 200;
    private static final int PHRASE_MAX = 60;
    private static final int WORD_MAX = 16;

    private final Optional<Listeners> listeners;

    @Inject
    ListenRequests(Ears ears) {
        listeners = ears.listeners();
    }

    /** An ear for a leg; null when nobody is to listen, or can. */
    Ear begin(LegIdentity leg, PlayPromptsRequest request) {
        if (!request.hasListen()) {
            return null;
        }
        var wish = wish(request.getListen());
        return listeners.flatMap(some -> some.begin(leg, request.getPlayId(), wish)).orElse(null);
    }

    private static Listeners.Wish wish(ListenOrder order) {
        var choices = new TreeMap<String, List<String>>();
        int phrases = 0;
        for (var choice : order.getChoicesList()) {
            choices.put(choice.getChoice(), choice.getPhrasesList());
            phrases += choice.getPhrasesCount();
        }
        long patience = Durations.toMillis(order.getPatience());
        boolean sound =
                order.getLanguage().length() <= WORD_MAX
                        && order.getChoicesCount() <= CHOICES_MAX
                        && phrases <= PHRASES_MAX
                        && patience > 0
                        && patience <= PATIENCE_MS_MAX
                        && choices.keySet().stream().allMatch(key -> key.length() <= WORD_MAX)
                        && choices.values().stream()
                                .flatMap(List::stream)
                                .allMatch(phrase -> phrase.length() <= PHRASE_MAX);
        if (!sound) {
            throw new IllegalArgumentException("not an order to listen");
        }
        return new Listeners.Wish(order.getLanguage(), choices, Duration.ofMillis(patience));
    }

    static LegSpeech speech(Notice.SpeechNoticed noticed) {
        return LegSpeech.newBuilder()
                .setPlayId(noticed.playId())
                .setOutcome(SpeechOutcome.valueOf("SPEECH_OUTCOME_" + noticed.outcome()))
                .setChoice(noticed.choice())
                .setConfidencePercent(noticed.confidence())
                .build();
    }
}
