// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.outside;

import com.google.protobuf.Message;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.Rows;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.Edits;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.Scene;
import org.panacall.directory.people.PhoneSecrets;
import org.panacall.proto.directory.v1.DeleteSecretRequest;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.NamedSecret;
import org.panacall.proto.directory.v1.PutSecretRequest;

/** Keeps secrets by which flows prove who they are. The audit tells of them, not what they are. */
@ApplicationScoped
public class SecretEdits {

    private static final int SECRETS_MAX = 50;
    private static final String NAME = "[a-z][a-z0-9-]{0,39}";
    private static final String VALUE = "[\\x20-\\x7e]{16,500}";

    private final Edits edits;
    private final Pool pool;
    private final PhoneSecrets seals;

    SecretEdits(Edits edits, Pool pool, DirectoryConfig config) {
        this.edits = edits;
        this.pool = pool;
        seals = PhoneSecrets.ofServers(config.directory().secret());
    }

    public Uni<List<NamedSecret>> list(String tenantId) {
        return pool.preparedQuery(SecretRows.LIST)
                .execute(Tuple.of(tenantId))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(
                        rows -> {
                            var all = new ArrayList<NamedSecret>();
                            rows.forEach(row -> all.add(SecretRows.named(row)));
                            return all;
                        });
    }

    /** What it is; empty when there is none of that name. */
    public Uni<Optional<String>> reveal(String tenantId, String name) {
        return pool.preparedQuery(SecretRows.SEALED)
                .execute(Tuple.of(tenantId, name))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(rows -> Rows.first(rows).map(row -> row.getBuffer("sealed").getBytes()))
                .map(kept -> kept.map(seals::decrypt));
    }

    public Uni<Outcome<NamedSecret>> put(PutSecretRequest request) {
        return make(request.getEdit(), request, request.getName(), scene -> put(scene, request));
    }

    public Uni<Outcome<NamedSecret>> delete(DeleteSecretRequest request) {
        var name = request.getName();
        return make(request.getEdit(), request, name, scene -> delete(scene, name));
    }

    private Outcome<NamedSecret> put(Scene scene, PutSecretRequest request) {
        var name = request.getName();
        var flaws = new ArrayList<Flaw>();
        if (!name.matches(NAME)) {
            flaws.add(new Flaw("name", "must be lower case letters, digits and -, at most 40"));
        }
        if (!request.getValue().matches(VALUE)) {
            flaws.add(new Flaw("value", "must be 16 to 500 printable ASCII characters"));
        }
        var known = SecretRows.one(scene.tx(), scene.tenantId(), name).isPresent();
        if (!known && SecretRows.count(scene.tx(), scene.tenantId()) >= SECRETS_MAX) {
            flaws.add(new Flaw("", "there are 50 already; delete one first"));
        }
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        var sealed = seals.encrypt(request.getValue());
        SecretRows.put(scene.tx(), scene.tenantId(), name, sealed, scene.edit().getAuthor());
        scene.revise();
        scene.note(new Audit.Entry("secret-kept", name, null, null));
        return kept(scene, name);
    }

    private static Outcome<NamedSecret> delete(Scene scene, String name) {
        var old = SecretRows.one(scene.tx(), scene.tenantId(), name);
        if (old.isEmpty()) {
            return Refusals.unknown();
        }
        SecretRows.delete(scene.tx(), scene.tenantId(), name);
        long revision = scene.revise();
        scene.note(new Audit.Entry("secret-deleted", name, null, null));
        return new Outcome.Done<>(old.get(), revision);
    }

    private static Outcome<NamedSecret> kept(Scene scene, String name) {
        return SecretRows.one(scene.tx(), scene.tenantId(), name)
                .<Outcome<NamedSecret>>map(kept -> new Outcome.Done<>(kept, 0))
                .orElseGet(Refusals::unknown);
    }

    private Uni<Outcome<NamedSecret>> make(
            Edit edit, Message request, String name, Function<Scene, Outcome<NamedSecret>> deed) {
        return edits.make(edit, request, new Edits.Deed<>(deed, scene -> kept(scene, name)));
    }
}
