// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/**
 * One tenant as a seed file writes it down; clinic.yaml documents the format. Absent lists are
 * empty, other absent values null, until {@link SeedCheck} has seen them. Queues, people and the
 * tenant itself, without its lists, are the contract's own messages.
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
            String fallbackQueue) {}

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

    /** An internal number that does something. */
    public record ServiceExtension(String extension, String function) {}

    /** A token for other systems. */
    public record ApiToken(String name, String token, List<String> roles) {

        public ApiToken {
            roles = orEmpty(roles);
        }
    }

    /** A flow. */
    public record Flow(
            String id, String name, String entry, String fallbackQueue, List<Step> steps) {

        public Flow {
            steps = orEmpty(steps);
        }
    }

    /** A step; exactly one of the kinds is given. */
    public record Step(
            String id,
            Play play,
            Menu menu,
            ToQueue queue,
            Transfer transfer,
            Map<String, String> echo,
            Map<String, String> hangUp,
            Map<String, String> exits) {

        public Step {
            exits = exits == null ? Map.of() : exits;
        }
    }

    /** Plays prompts. */
    public record Play(List<Prompt> prompts, boolean bargeIn) {

        public Play {
            prompts = orEmpty(prompts);
        }
    }

    /** Asks for a key. */
    public record Menu(
            List<Prompt> prompts,
            List<String> keys,
            boolean extensionDialling,
            Duration firstKeyTimeout,
            Duration interKeyTimeout,
            Integer maxAttempts,
            List<Prompt> invalidPrompts) {

        public Menu {
            prompts = orEmpty(prompts);
            keys = orEmpty(keys);
            invalidPrompts = orEmpty(invalidPrompts);
        }
    }

    /** Hands the call to a queue. */
    public record ToQueue(String id, Map<String, String> attributes) {

        public ToQueue {
            attributes = attributes == null ? Map.of() : attributes;
        }
    }

    /** Hands the call to a person. */
    public record Transfer(String extension) {}

    /** A stored prompt and what is spoken when its audio is missing. */
    public record Prompt(String id, String text) {}

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
