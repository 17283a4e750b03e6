// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.panacall.desktop.agents.AgentView;
import org.panacall.desktop.contacts.ContactView;
import org.panacall.desktop.editing.Settings;
import org.panacall.desktop.numbers.NumbersResource;
import org.panacall.desktop.queues.QueueMembersResource;
import org.panacall.desktop.queues.QueueView;
import org.panacall.desktop.tenant.ClinicResource;

/**
 * Completes the description of the interface with what is configured: bodies of edits and the
 * settings in answers are the contract's messages, which no annotation knows.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class ContractSchemas implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var messages = new MessageSchema();
        var queue = settings(document, messages, "QueueSettings", QueueView.SETTINGS);
        var agent = settings(document, messages, "AgentSettings", AgentView.SETTINGS);
        settings(document, messages, "MemberSettings", QueueMembersResource.MEMBER);
        settings(document, messages, "ClinicSettings", ClinicResource.SETTINGS);
        settings(document, messages, "NumberSettings", NumbersResource.SETTINGS);
        document.getComponents()
                .addSchema(
                        "Number",
                        messages.of(NumbersResource.SETTINGS.type(), Set.of())
                                .addProperty(
                                        "number",
                                        OASFactory.createSchema().addType(SchemaType.STRING)));
        var contact = settings(document, messages, "ContactSettings", ContactView.SETTINGS);
        var made = messages.of(QueueView.SETTINGS.type(), QueueView.SETTINGS.hidden());
        document.getComponents()
                .addSchema(
                        "NewQueue",
                        made.addProperty(
                                "id", OASFactory.createSchema().addType(SchemaType.STRING)));
        messages.nested().forEach(document.getComponents()::addSchema);
        beside(document, "Queue", queue);
        beside(document, "Agent", agent);
        beside(document, "Contact", contact);
    }

    private static Schema settings(
            OpenAPI document, MessageSchema messages, String name, Settings settings) {
        var schema = messages.of(settings.type(), settings.hidden());
        document.getComponents().addSchema(name, schema);
        return schema;
    }

    /** Settings stand among the figures of an answer. */
    private static void beside(OpenAPI document, String name, Schema settings) {
        var answer = document.getComponents().getSchemas().get(name);
        var known = Set.copyOf(answer.getProperties().keySet());
        settings.getProperties()
                .forEach(
                        (field, schema) -> {
                            if (!known.contains(field)) {
                                answer.addProperty(field, schema);
                            }
                        });
    }
}
