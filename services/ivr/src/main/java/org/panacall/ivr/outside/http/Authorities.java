// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Who may say that a server is the one it claims to be. */
final class Authorities {

    private Authorities() {}

    /**
     * Those of the machine, and besides them those of a PEM file: a clinic's own.
     *
     * @throws IllegalStateException when the file cannot be used
     */
    static TrustOptions with(Path pem) {
        try (var certificates = Files.newInputStream(pem)) {
            var all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (X509Certificate known : usual().getAcceptedIssuers()) {
                all.setCertificateEntry("usual-" + count++, known);
            }
            var read = CertificateFactory.getInstance("X.509").generateCertificates(certificates);
            if (read.isEmpty()) {
                throw new IllegalStateException("no certificate in " + pem);
            }
            for (var own : read) {
                all.setCertificateEntry("own-" + count++, own);
            }
            return TrustOptions.wrap(manager(all));
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalStateException("no certificates to be read in " + pem, fault);
        }
    }

    private static X509TrustManager usual() throws GeneralSecurityException {
        return manager(null);
    }

    /** The machine's own when there is no store. */
    private static X509TrustManager manager(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager one) {
                return one;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }
}
