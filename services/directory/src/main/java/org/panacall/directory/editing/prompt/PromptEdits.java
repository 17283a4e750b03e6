// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.prompt;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.audio.ConvertedAudio;
import org.panacall.directory.checks.References;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.configuration.PromptFeed;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.Edits;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.Scene;
import org.panacall.proto.directory.v1.DeletePromptRequest;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.PromptAudio;
import org.panacall.proto.directory.v1.PromptAudioStart;
import org.panacall.proto.directory.v1.PromptVersion;
import org.panacall.proto.directory.v1.PublishPromptRequest;
import org.panacall.proto.directory.v1.PutPromptTextRequest;

/** Makes versions of prompts, publishes them, goes back to older ones. */
@ApplicationScoped
public class PromptEdits {

    private static final int TEXT_MAX = 1_000;

    private final Edits edits;
    private final PromptFeed feed;
    private final DirectoryConfig.Directory config;

    PromptEdits(Edits edits, PromptFeed feed, DirectoryConfig config) {
        this.edits = edits;
        this.feed = feed;
        this.config = config.directory();
    }

    /** A new version. */
    private interface Writing {

        /** What it is to be, given the newest one. */
        PromptVersion version(Optional<PromptVersion> newest);

        /** Keeps what it refers to. */
        default void keep(Scene scene) {}
    }

    public Uni<Outcome<KeptPrompt>> text(PutPromptTextRequest request) {
        var key = key(request.getEdit(), request.getPromptId(), request.getLanguage());
        Writing writing =
                newest -> {
                    var version = PromptVersion.newBuilder().setText(request.getText());
                    newest.filter(old -> request.getKeepsAudio() && old.hasAudio())
                            .ifPresent(old -> version.setAudio(old.getAudio()));
                    return version.build();
                };
        return make(request.getEdit(), request, key, scene -> add(scene, key, writing, request));
    }

    private Outcome<KeptPrompt> add(
            Scene scene, PromptKey key, Writing writing, PutPromptTextRequest request) {
        if (request.getText().length() > TEXT_MAX) {
            return mistake("text", "must have at most " + TEXT_MAX + " characters; make it two");
        }
        return add(scene, key, writing, request.getDraft());
    }

    /**
     * @param start with the hash of the upload, which makes the request this one
     */
    public Uni<Outcome<KeptPrompt>> audio(
            PromptAudioStart start, byte[] original, ConvertedAudio audio) {
        var key = key(start.getEdit(), start.getPromptId(), start.getLanguage());
        var hash = hash(audio.wave());
        var writing =
                new Writing() {
                    @Override
                    public PromptVersion version(Optional<PromptVersion> newest) {
                        return PromptVersion.newBuilder()
                                .setText(newest.map(PromptVersion::getText).orElse(""))
                                .setAudio(PromptAudio.newBuilder().setHash(hash))
                                .build();
                    }

                    @Override
                    public void keep(Scene scene) {
                        PromptRows.keep(scene.tx(), key.tenantId(), hash, original, audio);
                    }
                };
        return make(
                start.getEdit(), start, key, scene -> add(scene, key, writing, start.getDraft()));
    }

    private Outcome<KeptPrompt> add(Scene scene, PromptKey key, Writing writing, boolean draft) {
        var before = PromptRows.find(scene.tx(), key);
        var newest = before.map(kept -> kept.getPrompt().getVersions(0));
        var wanted = writing.version(newest);
        if (newest.isPresent() && isSame(newest.get(), wanted)) {
            return draft ? done(before.get()) : publish(scene, key, newest.get().getVersion());
        }
        if (before.isPresent() && scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        var flaws = flaws(scene, key, before.isEmpty(), wanted);
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        long revision = scene.revise();
        int number = PromptRows.nextVersion(scene.tx(), key, revision);
        var author = scene.edit().getAuthor();
        writing.keep(scene);
        PromptRows.add(
                scene.tx(), key, wanted.toBuilder().setVersion(number).setAuthor(author).build());
        if (!draft) {
            PromptRows.publish(scene.tx(), key, number, revision);
        }
        PromptRows.trim(scene.tx(), key, config.promptVersions());
        var after = PromptRows.find(scene.tx(), key).orElseThrow();
        note(scene, key, draft ? "prompt-drafted" : "prompt-changed", before, Optional.of(after));
        return done(after);
    }

    private List<Flaw> flaws(Scene scene, PromptKey key, boolean isNew, PromptVersion wanted) {
        var flaws = new ArrayList<Flaw>();
        if (wanted.getText().isBlank() && !wanted.hasAudio()) {
            flaws.add(new Flaw("text", "is empty, and nothing would be heard; write it"));
        }
        if (isNew && PromptRows.count(scene.tx(), key.tenantId()) >= config.prompts()) {
            flaws.add(
                    new Flaw(
                            "id",
                            "there are " + config.prompts() + " prompts already; delete one"));
        }
        return flaws;
    }

    private static boolean isSame(PromptVersion one, PromptVersion other) {
        return one.getText().equals(other.getText())
                && one.getAudio().getHash().equals(other.getAudio().getHash());
    }

    public Uni<Outcome<KeptPrompt>> publish(PublishPromptRequest request) {
        var key = key(request.getEdit(), request.getPromptId(), request.getLanguage());
        return make(
                request.getEdit(),
                request,
                key,
                scene -> publish(scene, key, request.getVersion()));
    }

    private static Outcome<KeptPrompt> publish(Scene scene, PromptKey key, int version) {
        var before = PromptRows.find(scene.tx(), key);
        if (before.isEmpty()) {
            return Refusals.unknown();
        }
        var prompt = before.get().getPrompt();
        if (prompt.getPublishedVersion() == version) {
            return done(before.get());
        }
        if (scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        var known = prompt.getVersionsList().stream().map(PromptVersion::getVersion).toList();
        if (version != 0 && !known.contains(version)) {
            return mistake("version", "is not kept; there are " + known + ", and 0 for none");
        }
        PromptRows.publish(scene.tx(), key, version, scene.revise());
        var after = PromptRows.find(scene.tx(), key);
        note(scene, key, "prompt-published", before, after);
        return done(after.orElseThrow());
    }

    public Uni<Outcome<KeptPrompt>> delete(DeletePromptRequest request) {
        var key = key(request.getEdit(), request.getPromptId(), request.getLanguage());
        return make(request.getEdit(), request, key, scene -> delete(scene, key));
    }

    private static Outcome<KeptPrompt> delete(Scene scene, PromptKey key) {
        var before = PromptRows.find(scene.tx(), key);
        if (before.isEmpty()) {
            return Refusals.unknown();
        }
        if (scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        if (!PromptRows.isInOtherLanguages(scene.tx(), key)) {
            var references = References.toPrompt(scene.tenant(), key.promptId());
            if (!references.isEmpty()) {
                return Refusals.referredTo(references);
            }
        }
        scene.revise();
        PromptRows.delete(scene.tx(), key);
        note(scene, key, "prompt-deleted", before, Optional.empty());
        return done(before.get());
    }

    private static void note(
            Scene scene,
            PromptKey key,
            String kind,
            Optional<KeptPrompt> before,
            Optional<KeptPrompt> after) {
        scene.note(
                new Audit.Entry(
                        kind,
                        key.name(),
                        before.map(PromptEdits::noted).orElse(null),
                        after.map(PromptEdits::noted).orElse(null)));
    }

    /** The newest version and the one that is heard; the others were noted when they were made. */
    private static String noted(KeptPrompt kept) {
        var prompt = kept.getPrompt();
        int newest = prompt.getVersions(0).getVersion();
        var shown = prompt.toBuilder().clearVersions();
        prompt.getVersionsList().stream()
                .filter(
                        one ->
                                one.getVersion() == newest
                                        || one.getVersion() == prompt.getPublishedVersion())
                .forEach(shown::addVersions);
        return Definitions.print(shown);
    }

    private Uni<Outcome<KeptPrompt>> make(
            Edit edit,
            com.google.protobuf.Message request,
            PromptKey key,
            Function<Scene, Outcome<KeptPrompt>> deed) {
        var flaws = key.flaws();
        if (!flaws.isEmpty()) {
            return Uni.createFrom().item(Refusals.mistakes(flaws));
        }
        return edits.make(edit, request, new Edits.Deed<>(deed, scene -> kept(scene, key)))
                .invoke(outcome -> feed.nudge());
    }

    private static PromptKey key(Edit edit, String promptId, String language) {
        return new PromptKey(edit.getTenantId(), promptId, language);
    }

    private static Outcome<KeptPrompt> mistake(String field, String message) {
        return Refusals.mistakes(List.of(new Flaw(field, message)));
    }

    private static Outcome<KeptPrompt> done(KeptPrompt kept) {
        return new Outcome.Done<>(kept, kept.getRevision());
    }

    /** SHA-256, hexadecimal; as it names audio. */
    public static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }

    /** What was deleted is told as nothing. */
    private static Outcome<KeptPrompt> kept(Scene scene, PromptKey key) {
        return done(PromptRows.find(scene.tx(), key).orElse(KeptPrompt.getDefaultInstance()));
    }
}
