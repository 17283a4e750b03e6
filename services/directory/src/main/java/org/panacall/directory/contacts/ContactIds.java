// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.panacall.proto.directory.v1.Edit;

/** Ids of what an edit makes: the same for the same key of the same author, else never seen. */
final class ContactIds {

    private ContactIds() {}

    /**
     * @param owner "contact"
     */
    static String of(String owner, Edit edit) {
        var id =
                edit.getRequestKey().isEmpty()
                        ? UUID.randomUUID()
                        : UUID.nameUUIDFromBytes(
                                String.join(
                                                "\n",
                                                edit.getTenantId(),
                                                edit.getAuthor(),
                                                edit.getRequestKey())
                                        .getBytes(StandardCharsets.UTF_8));
        return owner + "_" + id.toString().replace("-", "");
    }
}
