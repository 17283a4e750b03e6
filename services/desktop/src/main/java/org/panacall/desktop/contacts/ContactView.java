// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.access.Masks;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.editing.Settings;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.KeptContact;

/**
 * A contact.
 *
 * @param settings all that can be set
 */
@Schema(name = "Contact")
public record ContactView(
        String id,
        Instant createdAt,
        Instant changedAt,
        @Schema(hidden = true) Map<String, Object> settings) {

    /** What of it can be set. */
    public static final Settings SETTINGS =
            new Settings(
                    Contact.getDescriptor(), Set.of("contactId"), Set.of("createdAt", "changedAt"));

    /** Beside the times, not in an object of their own. */
    @Override
    @JsonAnyGetter
    public Map<String, Object> settings() {
        return settings;
    }

    /** A contact as the caller may see it. */
    static ContactView of(KeptContact kept, Caller caller) {
        return new ContactView(
                kept.getContact().getContactId(),
                Wire.time(kept.hasCreatedAt(), kept.getCreatedAt()),
                Wire.time(kept.hasChangedAt(), kept.getChangedAt()),
                Masks.shown(SETTINGS.write(kept.getContact()), caller));
    }

    static RestResponse.ResponseBuilder<ContactView> answer(KeptContact kept, Caller caller) {
        return Revisions.tagged(of(kept, caller), kept.getRevision());
    }
}
