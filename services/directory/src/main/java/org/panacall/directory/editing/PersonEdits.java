// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.panacall.directory.checks.PersonChecks;
import org.panacall.directory.checks.Surroundings;
import org.panacall.directory.configuration.Definitions;
import org.panacall.proto.directory.v1.KeptPerson;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.UpdatePersonRequest;

/** Changes people's names and settings. */
@ApplicationScoped
public class PersonEdits {

    private final Edits edits;

    PersonEdits(Edits edits) {
        this.edits = edits;
    }

    public Uni<Outcome<Person>> update(UpdatePersonRequest request) {
        var given = request.getPerson();
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(
                        scene -> update(scene, given), scene -> kept(scene, given.getPersonId())));
    }

    private static Outcome<Person> kept(Scene scene, String personId) {
        return PersonRows.find(scene.tx(), scene.tenantId(), personId)
                .map(PersonEdits::done)
                .orElseGet(Refusals::unknown);
    }

    private static Outcome<Person> update(Scene scene, Person given) {
        var before = PersonRows.find(scene.tx(), scene.tenantId(), given.getPersonId());
        if (before.isEmpty()) {
            return Refusals.unknown();
        }
        var old = before.get().getPerson();
        // Extensions and roles are more than settings: phones sign in by the one, people may do
        // things by the other.
        var wanted =
                given.toBuilder()
                        .setPersonId(old.getPersonId())
                        .setExtension(old.getExtension())
                        .clearRoles()
                        .addAllRoles(old.getRolesList())
                        .build();
        if (old.equals(wanted)) {
            return done(before.get());
        }
        if (scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        var flaws = PersonChecks.flaws(wanted, Surroundings.of(scene.tenant()));
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        long revision = scene.revise();
        PersonRows.update(scene.tx(), scene.tenantId(), wanted, revision);
        scene.note(
                new Audit.Entry(
                        "person-changed",
                        wanted.getPersonId(),
                        Definitions.print(old),
                        Definitions.print(wanted)));
        return new Outcome.Done<>(wanted, revision);
    }

    private static Outcome<Person> done(KeptPerson kept) {
        return new Outcome.Done<>(kept.getPerson(), kept.getRevision());
    }
}
