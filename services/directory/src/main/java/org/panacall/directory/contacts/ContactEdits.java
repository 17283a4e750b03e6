// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.configuration.ConfigurationStore;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.CarriedOut;
import org.panacall.directory.editing.Edits;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.Transactions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.CreateContactRequest;
import org.panacall.proto.directory.v1.DeleteContactRequest;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.UpdateContactRequest;

/** Makes, changes and deletes contacts, those of one tenant one at a time. */
@ApplicationScoped
public class ContactEdits {

    private final Transactions transactions;
    private final ConfigurationStore store;
    private final Audit audit;
    private final DirectoryConfig.Contacts config;
    private final MeterRegistry metrics;

    ContactEdits(
            Transactions transactions,
            ConfigurationStore store,
            Audit audit,
            DirectoryConfig config,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.store = store;
        this.audit = audit;
        this.config = config.directory().contacts();
        this.metrics = metrics;
    }

    /** One edit: the transaction, its tenant, and how many contacts that has. */
    private record Scene(Tx tx, Edit edit, Tenant tenant, long contacts) {

        String tenantId() {
            return tenant.getTenantId();
        }

        /** Whether somebody else has changed it since the author looked. */
        boolean isStale(KeptContact kept) {
            return edit.getKnownRevision() != 0 && edit.getKnownRevision() != kept.getRevision();
        }
    }

    private interface Deed {
        Outcome<KeptContact> carryOut(Scene scene);
    }

    public Uni<Outcome<KeptContact>> create(CreateContactRequest request) {
        // The same key makes the same id, by which a repeat finds what the first one made.
        var id = ContactIds.of("contact", request.getEdit());
        var contact = request.getContact().toBuilder().setContactId(id).build();
        return make(request.getEdit(), request, id, scene -> create(scene, contact));
    }

    private Outcome<KeptContact> create(Scene scene, Contact contact) {
        if (scene.contacts() >= config.most()) {
            return mistake(
                    "contact", "there are " + config.most() + " contacts already; delete some");
        }
        var flaws = new ContactChecks(scene.tenant()).flaws(contact);
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        if (ContactRows.isTaken(scene.tx(), scene.tenantId(), contact)) {
            return taken();
        }
        // A key that was forgotten since must not make anybody into somebody else.
        if (ContactRows.find(scene.tx(), scene.tenantId(), contact.getContactId()).isPresent()) {
            return Refusals.keyReused();
        }
        ContactRows.put(scene.tx(), scene.tenantId(), List.of(contact));
        ContactRows.count(scene.tx(), scene.tenantId(), 1);
        note(scene, ContactNotes.created(contact));
        return kept(scene, contact.getContactId());
    }

    public Uni<Outcome<KeptContact>> update(UpdateContactRequest request) {
        var contact = request.getContact();
        return make(
                request.getEdit(),
                request,
                contact.getContactId(),
                scene -> update(scene, contact));
    }

    private Outcome<KeptContact> update(Scene scene, Contact contact) {
        var found = ContactRows.find(scene.tx(), scene.tenantId(), contact.getContactId());
        if (found.isEmpty()) {
            return Refusals.unknown();
        }
        var before = found.get();
        if (before.getContact().equals(contact)) {
            return new Outcome.Done<>(before, before.getRevision());
        }
        if (scene.isStale(before)) {
            return Refusals.stale(before.getRevision());
        }
        var flaws = new ContactChecks(scene.tenant()).flaws(contact);
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        if (ContactRows.isTaken(scene.tx(), scene.tenantId(), contact)) {
            return taken();
        }
        ContactRows.put(scene.tx(), scene.tenantId(), List.of(contact));
        note(scene, ContactNotes.changed(before.getContact(), contact, "contact-changed"));
        return kept(scene, contact.getContactId());
    }

    public Uni<Outcome<KeptContact>> delete(DeleteContactRequest request) {
        var id = request.getContactId();
        return make(request.getEdit(), request, id, scene -> delete(scene, id));
    }

    private Outcome<KeptContact> delete(Scene scene, String id) {
        var found = ContactRows.find(scene.tx(), scene.tenantId(), id);
        if (found.isEmpty()) {
            return Refusals.unknown();
        }
        if (scene.isStale(found.get())) {
            return Refusals.stale(found.get().getRevision());
        }
        ContactRows.delete(scene.tx(), scene.tenantId(), id);
        ContactRows.count(scene.tx(), scene.tenantId(), -1);
        note(scene, ContactNotes.deleted(found.get().getContact()));
        return new Outcome.Done<>(found.get(), found.get().getRevision());
    }

    private Uni<Outcome<KeptContact>> make(Edit edit, Message request, String id, Deed deed) {
        Edits.check(edit);
        return transactions
                .run(tx -> make(tx, edit, request, id, deed))
                .invoke(outcome -> Edits.count(metrics, request, outcome));
    }

    private Outcome<KeptContact> make(Tx tx, Edit edit, Message request, String id, Deed deed) {
        var tenant = tx.await(store.tenant(tx.connection(), edit.getTenantId()));
        if (tenant.isEmpty()) {
            return Refusals.unknown();
        }
        long contacts = ContactRows.lock(tx, edit.getTenantId());
        var scene = new Scene(tx, edit, tenant.get(), contacts);
        var repeat = CarriedOut.same(tx, edit, request);
        if (repeat.isPresent()) {
            return repeat.get() ? kept(scene, id) : Refusals.keyReused();
        }
        var outcome = deed.carryOut(scene);
        if (outcome instanceof Outcome.Done<KeptContact>) {
            CarriedOut.remember(tx, edit, request);
        }
        return outcome;
    }

    private static Outcome<KeptContact> kept(Scene scene, String id) {
        return ContactRows.find(scene.tx(), scene.tenantId(), id)
                .<Outcome<KeptContact>>map(kept -> new Outcome.Done<>(kept, kept.getRevision()))
                .orElseGet(Refusals::unknown);
    }

    private void note(Scene scene, Audit.Entry entry) {
        audit.write(scene.tx(), scene.tenantId(), scene.edit().getAuthor(), entry);
    }

    private static Outcome<KeptContact> taken() {
        return mistake("externalId", "is another contact's; change that one");
    }

    private static Outcome<KeptContact> mistake(String field, String message) {
        return Refusals.mistakes(List.of(new Flaw(field, message)));
    }
}
