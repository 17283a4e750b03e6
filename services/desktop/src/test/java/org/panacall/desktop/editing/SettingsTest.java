// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.desktop.agents.AgentView;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.queues.QueueView;
import org.panacall.proto.directory.v1.Queue;

class SettingsTest {

    record Case(Class<? extends Record> view, Settings settings) {}

    static Stream<Case> views() {
        return Stream.of(
                new Case(QueueView.class, QueueView.SETTINGS),
                new Case(AgentView.class, AgentView.SETTINGS));
    }

    /** A new field of the contract by the name of a figure would be lost. */
    @ParameterizedTest
    @MethodSource("views")
    void noSettingIsCalledLikeAFigure(Case one) {
        // Given
        var figures =
                Stream.of(one.view.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toCollection(TreeSet::new));

        // When
        var settings =
                one.settings.type().getFields().stream()
                        .map(FieldDescriptor::getJsonName)
                        .filter(name -> !one.settings.hidden().contains(name))
                        .collect(Collectors.toCollection(TreeSet::new));

        // Then: but for the name, which both have and is the same.
        settings.retainAll(figures);
        settings.remove("name");
        assertEquals(new TreeSet<>(), settings);
    }

    @Test
    void whatIsNoNameIsNotRepeated() {
        // Given
        var body = Map.<String, Object>of("79165550199", 1);

        // When
        var problem =
                assertThrows(
                        Problem.class,
                        () -> QueueView.SETTINGS.read(body, Map.of(), Queue.newBuilder()));

        // Then
        assertFalse(problem.toString().contains("79165550199"));
        assertEquals("?", Settings.field("79165550199"));
        assertEquals("members[1].extension", Settings.field("members[1].extension"));
        assertEquals("skills.?", Settings.field("skills.+7916"));
    }
}
