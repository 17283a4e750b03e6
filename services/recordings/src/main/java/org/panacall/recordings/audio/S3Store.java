// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.audio;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import org.panacall.recordings.RecordingsConfig;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Audio in a bucket of S3, or of what speaks like it. */
public final class S3Store implements AudioStore {

    private final S3Client client;
    private final String bucket;

    public S3Store(RecordingsConfig.S3 config) {
        bucket = config.bucket();
        var builder =
                S3Client.builder()
                        .region(Region.of(config.region()))
                        .forcePathStyle(config.pathStyle())
                        // Servers of one's own often know no checksums but those of the protocol.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        // Nor do all of them know Amazon's way of signing a body piece by piece.
                        .serviceConfiguration(how -> how.chunkedEncodingEnabled(false))
                        .overrideConfiguration(how -> how.apiCallTimeout(config.timeout()))
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .socketTimeout(config.timeout())
                                        .connectionTimeout(config.timeout()));
        config.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
        if (config.accessKey().isPresent() && config.secretKey().isPresent()) {
            var keys =
                    AwsBasicCredentials.create(config.accessKey().get(), config.secretKey().get());
            builder.credentialsProvider(StaticCredentialsProvider.create(keys));
        }
        client = builder.build();
    }

    @Override
    public void put(String name, Path file) throws IOException {
        try {
            client.putObject(to -> to.bucket(bucket).key(name), RequestBody.fromFile(file));
        } catch (SdkException fault) {
            throw new IOException("S3 did not take it: " + fault.getMessage(), fault);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        try {
            return client.getObject(from -> from.bucket(bucket).key(name));
        } catch (SdkException fault) {
            throw new IOException("S3 did not give it: " + fault.getMessage(), fault);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        try {
            client.deleteObject(from -> from.bucket(bucket).key(name));
        } catch (SdkException fault) {
            throw new IOException("S3 did not delete it: " + fault.getMessage(), fault);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
