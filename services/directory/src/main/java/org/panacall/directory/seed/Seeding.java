// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.protobuf.MessageOrBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.people.PhoneSecrets;

/** Loads the seed file at start, when there is one and the database does not have it as it is. */
@ApplicationScoped
public class Seeding {

    private static final Logger LOG = Logger.getLogger(Seeding.class);
    private static final Duration TIME_MAX = Duration.ofMinutes(1);
    private static final String DEMO = "demo-";

    private final SeedStore store;
    private final DirectoryConfig config;

    Seeding(SeedStore store, DirectoryConfig config) {
        this.store = store;
        this.config = config;
    }

    /**
     * Blocks until done.
     *
     * @throws SeedRefused when the file is wrong, or has demo secrets and this is production
     */
    public void run() {
        if (config.production()
                && config.directory().secret().equals(DirectoryConfig.DEFAULT_SECRET)) {
            throw new IllegalStateException(
                    "panacall.production is set: choose panacall.directory.secret yourself");
        }
        config.seed().file().ifPresent(this::load);
    }

    private void load(Path file) {
        var seed = SeedFile.read(file);
        if (config.production()) {
            refuseDemoSecrets(file, seed);
        }
        var written = store.apply(seed, hash(seed)).await().atMost(TIME_MAX);
        LOG.infof(
                "seed file %s, tenant=%s: %s",
                file.getFileName(), seed.tenant().getTenantId(), written ? "loaded" : "unchanged");
    }

    private static void refuseDemoSecrets(Path file, Seed seed) {
        var faults = new ArrayList<String>();
        for (int i = 0; i < seed.people().size(); i++) {
            if (seed.people().get(i).password().startsWith(DEMO)) {
                faults.add("people[" + i + "].password: is a demo password; choose another");
            }
        }
        for (int i = 0; i < seed.apiTokens().size(); i++) {
            if (seed.apiTokens().get(i).token().startsWith(DEMO)) {
                faults.add("apiTokens[" + i + "].token: is a demo token; choose another");
            }
        }
        if (!faults.isEmpty()) {
            throw new SeedRefused(file, faults);
        }
    }

    /** Of all that would be stored; another encryption secret makes it another seed. */
    private String hash(Seed seed) {
        try {
            var messages =
                    new SimpleModule().addSerializer(MessageOrBuilder.class, new OfMessage());
            var whole =
                    JsonMapper.builder()
                            .addModule(new JavaTimeModule())
                            .addModule(messages)
                            .build();
            var parts =
                    List.of(
                            whole.writeValueAsString(seed),
                            PhoneSecrets.fingerprint(config.directory().secret()));
            return PhoneSecrets.fingerprint(String.join("\n", parts));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class OfMessage extends StdSerializer<MessageOrBuilder> {

        private static final long serialVersionUID = 1L;

        OfMessage() {
            super(MessageOrBuilder.class);
        }

        @Override
        public void serialize(
                MessageOrBuilder message, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(Definitions.print(message));
        }
    }
}
