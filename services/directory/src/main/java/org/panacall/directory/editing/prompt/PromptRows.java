// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.prompt;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.panacall.directory.audio.ConvertedAudio;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.PromptAudio;
import org.panacall.proto.directory.v1.PromptVersion;
import org.panacall.proto.directory.v1.StoredPrompt;

/** The rows of prompts, their versions and audio. */
final class PromptRows {

    /** Prompts with versions; what is asked of them follows. */
    static final String SELECT =
            """
            select p.prompt_id, p.language, p.published, p.newest, p.revision, v.version, v.text,
            v.audio_hash, v.made_at, v.author, a.duration_ms, a.original_format,
            a.original_loudness, octet_length(a.original) as original_bytes
            from directory.prompt p
            join directory.prompt_version v using (tenant_id, prompt_id, language)
            left join directory.prompt_audio a using (tenant_id, audio_hash)
            """;

    static final String FIND =
            SELECT
                    + " where tenant_id = $1 and p.prompt_id = $2 and p.language = $3"
                    + " order by v.version desc";

    private PromptRows() {}

    static Optional<KeptPrompt> find(Tx tx, PromptKey key) {
        return whole(tx.rows(FIND, key.tuple()));
    }

    /** Of the rows of one prompt. */
    static Optional<KeptPrompt> whole(Iterable<Row> rows) {
        KeptPrompt.Builder kept = null;
        for (var row : rows) {
            if (kept == null) {
                kept = alone(row);
            }
            kept.getPromptBuilder().addVersions(version(row));
        }
        return Optional.ofNullable(kept).map(KeptPrompt.Builder::build);
    }

    /** A prompt without its versions. */
    static KeptPrompt.Builder alone(Row row) {
        return KeptPrompt.newBuilder()
                .setRevision(row.getLong("revision"))
                .setPrompt(
                        StoredPrompt.newBuilder()
                                .setPromptId(row.getString("prompt_id"))
                                .setLanguage(row.getString("language"))
                                .setPublishedVersion(row.getInteger("published")));
    }

    static PromptVersion version(Row row) {
        var version =
                PromptVersion.newBuilder()
                        .setVersion(row.getInteger("version"))
                        .setText(row.getString("text"))
                        .setMadeAt(
                                Timestamps.fromMillis(
                                        row.getOffsetDateTime("made_at")
                                                .toInstant()
                                                .toEpochMilli()))
                        .setAuthor(row.getString("author"));
        if (row.getString("audio_hash") != null) {
            var audio =
                    PromptAudio.newBuilder()
                            .setHash(row.getString("audio_hash"))
                            .setDuration(Durations.fromMillis(row.getLong("duration_ms")))
                            .setOriginalBytes(row.getInteger("original_bytes"))
                            .setOriginalFormat(row.getString("original_format"));
            var loudness = row.getDouble("original_loudness");
            if (loudness != null) {
                audio.setOriginalLoudness(loudness);
            }
            version.setAudio(audio);
        }
        return version.build();
    }

    static int count(Tx tx, String tenantId) {
        return tx.rows(
                        "select count(*)::int as prompts from directory.prompt"
                                + " where tenant_id = $1",
                        Tuple.of(tenantId))
                .iterator()
                .next()
                .getInteger("prompts");
    }

    /** Whether there is this prompt in a language besides this one. */
    static boolean isInOtherLanguages(Tx tx, PromptKey key) {
        return tx.rows(
                                "select 1 from directory.prompt where tenant_id = $1"
                                        + " and prompt_id = $2 and language <> $3 limit 1",
                                key.tuple())
                        .rowCount()
                > 0;
    }

    /** The number that the next version of this prompt gets; the prompt is there afterwards. */
    static int nextVersion(Tx tx, PromptKey key, long revision) {
        return tx.rows(
                        """
                        insert into directory.prompt
                        (tenant_id, prompt_id, language, published, newest, revision)
                        values ($1, $2, $3, 0, 1, $4)
                        on conflict (tenant_id, prompt_id, language)
                        do update set newest = prompt.newest + 1, revision = $4
                        returning newest
                        """,
                        key.tuple().addLong(revision))
                .iterator()
                .next()
                .getInteger("newest");
    }

    static void add(Tx tx, PromptKey key, PromptVersion version) {
        tx.rows(
                """
                insert into directory.prompt_version
                (tenant_id, prompt_id, language, version, text, audio_hash, author)
                values ($1, $2, $3, $4, $5, $6, $7)
                """,
                key.tuple()
                        .addInteger(version.getVersion())
                        .addString(version.getText())
                        .addString(version.hasAudio() ? version.getAudio().getHash() : null)
                        .addString(version.getAuthor()));
    }

    static void publish(Tx tx, PromptKey key, int version, long revision) {
        tx.rows(
                "update directory.prompt set published = $4, revision = $5"
                        + " where tenant_id = $1 and prompt_id = $2 and language = $3",
                key.tuple().addInteger(version).addLong(revision));
    }

    /** Keeps so many versions, and the one that is heard. */
    static void trim(Tx tx, PromptKey key, int versions) {
        tx.rows(
                """
                delete from directory.prompt_version v using directory.prompt p
                where v.tenant_id = $1 and v.prompt_id = $2 and v.language = $3
                and p.tenant_id = $1 and p.prompt_id = $2 and p.language = $3
                and v.version <= p.newest - $4 and v.version <> p.published
                """,
                key.tuple().addInteger(versions));
        dropUnused(tx, key.tenantId());
    }

    static void delete(Tx tx, PromptKey key) {
        tx.rows(
                "delete from directory.prompt"
                        + " where tenant_id = $1 and prompt_id = $2 and language = $3",
                key.tuple());
        dropUnused(tx, key.tenantId());
    }

    private static void dropUnused(Tx tx, String tenantId) {
        tx.rows(
                """
                delete from directory.prompt_audio a where tenant_id = $1 and not exists (
                select 1 from directory.prompt_version v
                where v.tenant_id = a.tenant_id and v.audio_hash = a.audio_hash)
                """,
                Tuple.of(tenantId));
    }

    /** Once, whoever has it already. */
    static void keep(Tx tx, String tenantId, String hash, byte[] original, ConvertedAudio audio) {
        var loudness = audio.loudness();
        tx.rows(
                """
                insert into directory.prompt_audio (tenant_id, audio_hash, wave, duration_ms,
                original, original_format, original_loudness)
                values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
                """,
                Tuple.of(tenantId, hash, Buffer.buffer(audio.wave()))
                        .addLong(audio.duration().toMillis())
                        .addValue(Buffer.buffer(original))
                        .addString(audio.format())
                        .addDouble(loudness.isPresent() ? loudness.getAsDouble() : null));
    }
}
