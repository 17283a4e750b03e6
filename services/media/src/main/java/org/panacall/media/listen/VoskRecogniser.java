// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.panacall.defaults.words.MenuWords;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;
import org.vosk.Recognizer;

/**
 * Recognises in this process by Vosk, with one model a language. Its native library is unpacked
 * when this class is first used, and not before.
 */
public final class VoskRecogniser implements Recogniser {

    private static final int RATE = 16_000;
    private static final String UNKNOWN = "[unk]";

    private final Map<String, Model> models;

    private VoskRecogniser(Map<String, Model> models) {
        this.models = models;
    }

    /**
     * Loads every model below a folder, each in a folder named by its language.
     *
     * @throws IOException when one of them is no model; says which, and why
     */
    public static VoskRecogniser load(Path directory) throws IOException {
        var folders = ModelFolders.of(directory);
        var models = new TreeMap<String, Model>();
        try {
            LibVosk.setLogLevel(LogLevel.WARNINGS);
            for (var folder : folders.entrySet()) {
                models.put(folder.getKey(), model(folder.getValue()));
            }
            return new VoskRecogniser(models);
        } catch (LinkageError none) {
            throw new IOException("Vosk has no native library for this machine: " + none, none);
        } finally {
            if (models.size() < folders.size()) {
                models.values().forEach(Model::close);
            }
        }
    }

    private static Model model(Path folder) throws IOException {
        try {
            return new Model(folder.toString());
        } catch (IOException refused) {
            throw new IOException("Vosk cannot load the model in " + folder, refused);
        }
    }

    public List<String> languages() {
        return List.copyOf(models.keySet());
    }

    @Override
    public boolean hears(String language) {
        return models.containsKey(language);
    }

    @Override
    public Said recognise(Utterance utterance) throws IOException {
        var model = models.get(utterance.language());
        if (model == null) {
            throw new IOException("there is no model for this language");
        }
        var grammar = new JsonArray();
        utterance.phrases().stream().map(MenuWords::plain).distinct().forEach(grammar::add);
        grammar.add(UNKNOWN);
        var samples = doubled(utterance.samples());
        try (var recognizer = new Recognizer(model, RATE, grammar.encode())) {
            recognizer.setWords(true);
            recognizer.acceptWaveForm(samples, samples.length);
            return said(recognizer.getFinalResult());
        }
    }

    /** Models are made for 16 kHz. */
    private static short[] doubled(short[] samples) {
        var doubled = new short[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            int next = i + 1 < samples.length ? samples[i + 1] : samples[i];
            doubled[2 * i] = samples[i];
            doubled[2 * i + 1] = (short) ((samples[i] + next) / 2);
        }
        return doubled;
    }

    /** What was said without what is not in the grammar, and how sure that is on average. */
    static Said said(String result) throws IOException {
        try {
            var words = new JsonObject(result).getJsonArray("result", new JsonArray());
            var text = new StringBuilder();
            double sum = 0;
            int known = 0;
            for (int i = 0; i < words.size(); i++) {
                var word = words.getJsonObject(i);
                boolean unknown = UNKNOWN.equals(word.getString("word"));
                // What is between two words keeps them apart.
                text.append(word.getString("word")).append(' ');
                sum += unknown ? 0 : word.getDouble("conf");
                known += unknown ? 0 : 1;
            }
            var confidence = known == 0 ? 0 : Math.clamp(Math.round(100 * sum / known), 0, 100);
            return new Said(known == 0 ? "" : text.toString().strip(), confidence);
        } catch (DecodeException | ClassCastException | NullPointerException nonsense) {
            throw new IOException("Vosk's result is none that we know");
        }
    }

    @Override
    public void close() {
        models.values().forEach(Model::close);
    }
}
