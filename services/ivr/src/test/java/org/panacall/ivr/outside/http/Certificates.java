// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for a host that nobody but itself vouches for, made by the JDK's keytool. */
final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path store;

    /** PEM. */
    final Path certificate;

    Certificates(Path directory, String host) throws IOException, InterruptedException {
        store = directory.resolve(host + ".p12");
        certificate = directory.resolve(host + ".pem");
        keytool("-genkeypair", "-keyalg", "RSA", "-dname", "CN=" + host, "-ext", "SAN=dns:" + host);
        keytool("-exportcert", "-rfc", "-file", certificate.toString());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "server", "-keystore", store.toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        var log = Files.createTempFile(store.getParent(), "keytool", ".log");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + Files.readString(log));
        }
    }

    /** What a server proves itself by. */
    SSLContext server() throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
