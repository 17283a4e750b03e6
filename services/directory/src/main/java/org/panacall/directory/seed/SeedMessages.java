// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.defaults.tree.DurationForm;
import org.panacall.defaults.tree.TreeReader;
import org.panacall.directory.checks.QueueDefaults;
import org.panacall.flow.document.FlowDocument;
import org.panacall.flow.document.ShortDurations;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/**
 * Queues and people of a seed file as the contract's own messages: every field of those can be
 * given by its JSON name, and some by a shorter one.
 */
final class SeedMessages {

    private static final DurationForm SHORT =
            new DurationForm(ShortDurations::read, ShortDurations.HINT);

    private static final Map<String, String> OF_QUEUES =
            Map.of("id", "queueId", "agents", "agentExtensions", "music", "musicPromptId");

    private static final Map<String, String> OF_PEOPLE = Map.of("id", "personId");
    private static final Map<String, String> OF_TENANTS = Map.of("id", "tenantId");

    private SeedMessages() {}

    /** Lets a mapper read them. */
    static SimpleModule module() {
        return new SimpleModule()
                .addDeserializer(Queue.class, new QueueOfSeed())
                .addDeserializer(Seed.Person.class, new PersonOfSeed())
                .addDeserializer(Tenant.class, new TenantOfSeed())
                .addDeserializer(Flow.class, new FlowOfSeed());
    }

    /** A field's name in seed files: the shorter one, where there is one. */
    static String shortName(String field) {
        return Stream.of(OF_QUEUES, OF_PEOPLE, OF_TENANTS)
                .flatMap(names -> names.entrySet().stream())
                .filter(name -> field.matches(name.getValue() + "\\b.*"))
                .findFirst()
                .map(name -> name.getKey() + field.substring(name.getValue().length()))
                .orElse(field);
    }

    private static void read(
            JsonParser at,
            Map<String, Object> tree,
            Map<String, String> names,
            Message.Builder into)
            throws JsonMappingException {
        var renamed = new LinkedHashMap<String, Object>();
        var faults = new ArrayList<String>();
        tree.forEach(
                (name, value) -> {
                    if (renamed.put(names.getOrDefault(name, name), value) != null) {
                        faults.add(name + ": is given by two names; keep one");
                    }
                });
        TreeReader.read(renamed, into, SHORT)
                .forEach(flaw -> faults.add(shortName(flaw.field()) + ": " + flaw.message()));
        if (!faults.isEmpty()) {
            throw JsonMappingException.from(at, String.join("; ", faults));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(JsonParser parser) throws IOException {
        return parser.readValueAs(Map.class);
    }

    private static final class QueueOfSeed extends StdDeserializer<Queue> {

        private static final long serialVersionUID = 1L;

        QueueOfSeed() {
            super(Queue.class);
        }

        @Override
        public Queue deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            var queue = Queue.newBuilder();
            read(parser, tree(parser), OF_QUEUES, queue);
            return QueueDefaults.complete(queue.build());
        }
    }

    private static final class FlowOfSeed extends StdDeserializer<Flow> {

        private static final long serialVersionUID = 1L;

        FlowOfSeed() {
            super(Flow.class);
        }

        @Override
        public Flow deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            var read = FlowDocument.read(tree(parser));
            if (!read.flaws().isEmpty()) {
                var faults =
                        read.flaws().stream()
                                .map(flaw -> flaw.field() + ": " + flaw.message())
                                .collect(Collectors.joining("; "));
                throw JsonMappingException.from(parser, faults);
            }
            return read.flow();
        }
    }

    private static final class TenantOfSeed extends StdDeserializer<Tenant> {

        private static final long serialVersionUID = 1L;
        private static final List<String> LISTS =
                List.of("numbers", "queues", "people", "serviceExtensions", "flows");

        TenantOfSeed() {
            super(Tenant.class);
        }

        @Override
        public Tenant deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            var tree = tree(parser);
            for (var list : LISTS) {
                if (tree.containsKey(list)) {
                    throw JsonMappingException.from(parser, list + ": stand beside the tenant");
                }
            }
            var tenant = Tenant.newBuilder();
            read(parser, tree, OF_TENANTS, tenant);
            return tenant.build();
        }
    }

    private static final class PersonOfSeed extends StdDeserializer<Seed.Person> {

        private static final long serialVersionUID = 1L;
        private static final List<String> OF_SIGN_IN = List.of("userName", "password");

        PersonOfSeed() {
            super(Seed.Person.class);
        }

        @Override
        public Seed.Person deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            var tree = tree(parser);
            var signIn =
                    OF_SIGN_IN.stream()
                            .filter(name -> tree.get(name) != null)
                            .collect(
                                    Collectors.toMap(
                                            name -> name, name -> tree.get(name).toString()));
            OF_SIGN_IN.forEach(tree::remove);
            var person = Person.newBuilder();
            read(parser, tree, OF_PEOPLE, person);
            return new Seed.Person(signIn.get("userName"), signIn.get("password"), person.build());
        }
    }
}
