// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.prompt;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.Rows;
import org.panacall.directory.editing.Pages;
import org.panacall.proto.directory.v1.GetPromptAudioRequest;
import org.panacall.proto.directory.v1.GetPromptRequest;
import org.panacall.proto.directory.v1.KeptPrompt;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.ListPromptsResponse;

/** Reads prompts as they are kept. */
@ApplicationScoped
public class PromptLookups {

    private static final int PAGE_MAX = 200;
    private static final int SEARCH_MAX = 100;
    private static final Pattern CURSOR =
            Pattern.compile("([A-Za-z0-9_/-]{1,129}):([A-Za-z0-9-]+)");

    private static final String PAGE =
            PromptRows.SELECT
                    + """
                     where tenant_id = $1
                    and v.version = case p.published when 0 then p.newest else p.published end
                    and ($2 = '' or p.language = $2)
                    and ($3 = '' or position(lower($3) in lower(p.prompt_id)) > 0
                    or position(lower($3) in lower(v.text)) > 0)
                    and (p.prompt_id collate "C", p.language collate "C") > ($4, $5)
                    order by p.prompt_id collate "C", p.language collate "C" limit $6
                    """;

    private final Pool pool;

    PromptLookups(Pool pool) {
        this.pool = pool;
    }

    public Uni<Optional<KeptPrompt>> one(GetPromptRequest request) {
        var key =
                new PromptKey(request.getTenantId(), request.getPromptId(), request.getLanguage());
        return pool.preparedQuery(PromptRows.FIND)
                .execute(key.tuple())
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(PromptRows::whole);
    }

    /**
     * A page, by id and language.
     *
     * @throws IllegalArgumentException when the cursor is not one of ours
     */
    public Uni<ListPromptsResponse> page(ListPromptsRequest request) {
        if (request.getSearch().length() > SEARCH_MAX) {
            throw new IllegalArgumentException("a search has at most 100 characters");
        }
        var cursor = CURSOR.matcher(request.getCursor());
        if (!request.getCursor().isEmpty() && !cursor.matches()) {
            throw new IllegalArgumentException("cursor is not one of ours");
        }
        boolean isFirst = request.getCursor().isEmpty();
        int size = Pages.size(request.getPageSize(), PAGE_MAX);
        return pool.preparedQuery(PAGE)
                .execute(
                        Tuple.of(request.getTenantId(), request.getLanguage(), request.getSearch())
                                .addString(isFirst ? "" : cursor.group(1))
                                .addString(isFirst ? "" : cursor.group(2))
                                .addInteger(size + 1))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(
                        rows -> {
                            var page = ListPromptsResponse.newBuilder();
                            for (var row : rows) {
                                if (page.getPromptsCount() == size) {
                                    var last = page.getPrompts(size - 1).getPrompt();
                                    page.setNextCursor(
                                            last.getPromptId() + ":" + last.getLanguage());
                                    break;
                                }
                                var kept = PromptRows.alone(row);
                                kept.getPromptBuilder().addVersions(PromptRows.version(row));
                                page.addPrompts(kept);
                            }
                            return page.build();
                        });
    }

    /** Audio as it is played. */
    public Uni<Optional<byte[]>> audio(GetPromptAudioRequest request) {
        return pool.preparedQuery(
                        "select wave from directory.prompt_audio"
                                + " where tenant_id = $1 and audio_hash = $2")
                .execute(Tuple.of(request.getTenantId(), request.getHash()))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(rows -> Rows.first(rows).map(row -> row.getBuffer("wave").getBytes()));
    }
}
