// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import java.util.List;
import java.util.Map;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/**
 * One tenant as a seed file writes it down; clinic.yaml documents the format. Absent lists are
 * empty, other absent values null, until {@link SeedCheck} has seen them. Queues, people, flows and
 * the tenant itself, without its lists, are the contract's own messages.
 */
public record Seed(
        Tenant tenant,
        List<Number> numbers,
        List<Queue> queues,
        List<Person> people,
        List<ServiceExtension> serviceExtensions,
        List<ApiToken> apiTokens,
        List<Flow> flows) {

    public Seed {
        numbers = orEmpty(numbers);
        queues = orEmpty(queues);
        people = orEmpty(people);
        serviceExtensions = orEmpty(serviceExtensions);
        apiTokens = orEmpty(apiTokens);
        flows = orEmpty(flows);
    }

    /** A number that patients dial; exactly one of flow, queue, extension and echo is given. */
    public record Number(
            String number,
            String flow,
            String queue,
            String extension,
            Boolean echo,
            String source,
            String fallbackQueue,
            Map<String, String> variables) {

        public Number {
            variables = variables == null ? Map.of() : Map.copyOf(variables);
        }
    }

    /**
     * A person, and how he signs in.
     *
     * @param person the extension is absent for people without a phone
     */
    public record Person(
            String userName, String password, org.panacall.proto.directory.v1.Person person) {

        public Person {
            userName = userName == null ? person.getExtension() : userName;
        }
    }

    /** An internal number that does something: its function, or a flow. */
    public record ServiceExtension(String extension, String function, String flow) {

        public ServiceExtension {
            function = function == null && flow != null ? "flow" : function;
        }
    }

    /** A token for other systems. */
    public record ApiToken(String name, String token, List<String> roles) {

        public ApiToken {
            roles = orEmpty(roles);
        }
    }

    /** The same with other flows. */
    Seed with(List<Flow> others) {
        return new Seed(tenant, numbers, queues, people, serviceExtensions, apiTokens, others);
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
