// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.panacall.directory.checks.TenantChecks;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.KeptTenant;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.UpdateTenantRequest;

/** Changes a tenant's own settings. */
@ApplicationScoped
public class TenantEdits {

    private final Edits edits;

    TenantEdits(Edits edits) {
        this.edits = edits;
    }

    public Uni<Outcome<Tenant>> update(UpdateTenantRequest request) {
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(scene -> update(scene, request.getTenant()), TenantEdits::done));
    }

    private static Outcome<Tenant> update(Scene scene, Tenant given) {
        var old = Definitions.alone(scene.tenant());
        // The domain is in every phone's credentials.
        var wanted =
                Definitions.alone(given).toBuilder()
                        .setTenantId(old.getTenantId())
                        .setSipDomain(old.getSipDomain())
                        .build();
        if (old.equals(wanted)) {
            return done(scene);
        }
        long known = revision(scene.tx(), scene.tenantId());
        if (scene.isStale(known)) {
            return Refusals.stale(known);
        }
        var flaws = TenantChecks.flaws(wanted, scene.tenant());
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        long revision = scene.revise();
        write(scene.tx(), wanted, revision);
        scene.note(
                new Audit.Entry(
                        "tenant-changed",
                        wanted.getTenantId(),
                        Definitions.print(old),
                        Definitions.print(wanted)));
        return new Outcome.Done<>(wanted, revision);
    }

    private static Outcome<Tenant> done(Scene scene) {
        var kept = kept(scene.tenant(), revision(scene.tx(), scene.tenantId()));
        return new Outcome.Done<>(kept.getTenant(), kept.getRevision());
    }

    static KeptTenant kept(Tenant tenant, long revision) {
        return KeptTenant.newBuilder()
                .setTenant(Definitions.alone(tenant))
                .setRevision(revision)
                .build();
    }

    static long revision(Tx tx, String tenantId) {
        return tx.rows(
                        "select revision from directory.tenant where tenant_id = $1",
                        Tuple.of(tenantId))
                .iterator()
                .next()
                .getLong("revision");
    }

    private static void write(Tx tx, Tenant tenant, long revision) {
        tx.rows(
                """
                update directory.tenant set name = $2, time_zone = $3, language = $4, country = $5,
                default_caller_number = $6, settings = $7, revision = $8 where tenant_id = $1
                """,
                Tuple.of(tenant.getTenantId(), tenant.getName(), tenant.getTimeZone())
                        .addString(tenant.getLanguage())
                        .addString(tenant.getCountry())
                        .addString(tenant.getDefaultCallerNumber())
                        .addString(Definitions.of(tenant))
                        .addLong(revision));
    }
}
