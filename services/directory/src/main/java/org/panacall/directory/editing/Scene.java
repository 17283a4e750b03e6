// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.vertx.mutiny.sqlclient.Tuple;
import org.panacall.directory.configuration.ConfigurationStore;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.Tenant;

/** What an edit sees and works in: nobody else changes anything until its transaction ends. */
public record Scene(Tx tx, Edit edit, Tenant tenant, Audit audit) {

    public String tenantId() {
        return tenant.getTenantId();
    }

    /** Makes it another version of the configuration, which is the changed row's revision too. */
    public long revise() {
        return tx.rows(ConfigurationStore.NEXT_VERSION, Tuple.tuple())
                .iterator()
                .next()
                .getLong("version");
    }

    public void note(Audit.Entry entry) {
        audit.write(tx, tenantId(), edit.getAuthor(), entry);
    }

    /** Whether somebody else has changed it since the author looked. */
    public boolean isStale(long revision) {
        return edit.getKnownRevision() != 0 && edit.getKnownRevision() != revision;
    }
}
