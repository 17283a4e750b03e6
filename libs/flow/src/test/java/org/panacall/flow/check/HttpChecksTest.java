// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.flow.document.FlowDefaults;
import org.panacall.flow.document.FlowDocument;
import org.panacall.flow.http.AllowedHosts;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.HttpMethod;

class HttpChecksTest {

    private static final String SOUND =
            """
            id: known
            name: Known patients
            entry: who
            fallbackQueue: registry
            variables:
              - { name: doctor, kind: text }
              - { name: code, kind: number }
            steps:
              - id: who
                http:
                  method: post
                  url: "https://mis.clinic.ru/patients?phone={caller.number}"
                  headers: { X-Dialled: dialled }
                  secretHeaders: { Authorization: mis }
                  signWith: mis
                  body: { phone: caller.number, /call/weekday: now.weekday }
                  results: { doctor: /patient/doctor }
                  status: code
                  retries: 1
                  ahead: true
                exits: { started: hello }
              - { id: hello, play: { prompts: [{ text: "Hello" }] }, exits: { done: wait } }
              - { id: wait, await: { step: who }, exits: { done: queue, failed: queue } }
              - { id: queue, queue: { id: registry } }
            """;

    private static final FlowAround AROUND =
            new FlowAround(
                    "ru",
                    Set.of("registry"),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Map.of(),
                    AllowedHosts.of(List.of("mis.clinic.ru")),
                    List.of());

    private static Flow flow(String document) {
        var read = FlowDocument.read(document);
        assertEquals(List.of(), read.flaws());
        return read.flow();
    }

    @Test
    void aSoundRequestHasNoFlaws() {
        var flow = flow(SOUND);
        assertEquals(List.of(), FlowChecks.flaws(flow, AROUND));
        var http = flow.getSteps(0).getHttp();
        assertEquals(HttpMethod.HTTP_METHOD_POST, http.getMethod());
        assertEquals(5, http.getTimeout().getSeconds());
        assertEquals(
                flow, FlowDefaults.complete(FlowDocument.read(FlowDocument.yaml(flow)).flow()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mis.clinic.ru|evil.test|steps(who).http.url: this server may not be asked; add it",
                "https://mis|http://mis|steps(who).http.url: this server may not be asked; add it",
                "{caller.number}|{caller.numbr}|steps(who).http.url: ",
                "https://mis.clinic.ru/|https://{dialled}/|must begin like https://mis.clinic.ru/",
                "X-Dialled: dialled|Host: dialled|headers.Host: is set by us; leave it out",
                "X-Dialled: dialled|X Y: dialled|headers.X Y: must be a header's name",
                "X-Dialled: dialled|X-Dialled: dialed|there is no variable 'dialed'",
                "Authorization: mis|Authorization: M!|must be a secret's name",
                "method: post|method: get|steps(who).http.body: is for post, put and patch",
                "retries: 1|redirects: 1|steps(who).http.redirects: are followed of get alone",
                "retries: 1|retries: 9|steps(who).http.retries: must be between 0 and 3",
                "retries: 1|timeout: 60s|http.timeout: must be between 100ms and 20s",
                "doctor: /patient/doctor|nurse: /patient/doctor|there is no variable 'nurse'",
                "doctor: /patient/doctor|doctor: patient.doctor|must be a JSON pointer",
                "status: code|status: doctor|http.status: holds a text, must hold a whole number",
                "step: who|step: hello|there is no step that asks ahead 'hello'; known are [who]",
                "started: hello|done: hello|steps(who).exits.started: is missing",
                "done: queue, failed: queue|done: queue|steps(wait).exits.failed: is missing",
                "await: { step: who }, exits: { done: queue, failed: queue }|"
                        + "wait: { time: 1s }, exits: { done: queue }|"
                        + "steps(who): nobody awaits its outcome; add an await step"
            })
    void aMistakeIsNamedWithItsStepAndACure(String sound, String mistaken, String flaw) {
        // Given
        assertTrue(SOUND.contains(sound), sound);

        // When
        var flaws =
                FlowChecks.flaws(flow(SOUND.replace(sound, mistaken)), AROUND).stream()
                        .map(one -> one.field() + ": " + one.message())
                        .toList();

        // Then
        assertTrue(flaws.stream().anyMatch(one -> one.contains(flaw)), flaws.toString());
    }
}
