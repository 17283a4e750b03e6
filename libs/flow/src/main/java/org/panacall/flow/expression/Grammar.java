// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Expressions over a set of names: CEL without its macros, so that there are no loops, and what an
 * expression costs is bounded by its length. See decision 40.
 */
public final class Grammar {

    private static final int LENGTH_MAX = 500;
    private static final int DEPTH_MAX = 32;
    private static final CelOptions BOUNDS =
            CelOptions.current()
                    .maxExpressionCodePointSize(LENGTH_MAX)
                    .maxParseRecursionDepth(DEPTH_MAX)
                    .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(BOUNDS).build();

    private final CelCompiler compiler;

    /**
     * @param names what may occur, "caller.number", and what it is
     */
    public Grammar(Map<String, ValueKind> names) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder().setOptions(BOUNDS);
        names.forEach((name, kind) -> builder.addVar(name, kind.type()));
        compiler = builder.build();
    }

    /** An expression of that kind. */
    public Formula formula(String source, ValueKind kind) throws ExpressionRefused {
        var formula = formula(source);
        if (formula.kind() != kind) {
            throw new ExpressionRefused(
                    "is %s, must be %s".formatted(formula.kind().words(), kind.words()));
        }
        return formula;
    }

    /** An expression of any kind. */
    public Formula formula(String source) throws ExpressionRefused {
        if (source.isBlank()) {
            throw new ExpressionRefused("is missing");
        }
        if (source.length() > LENGTH_MAX) {
            throw new ExpressionRefused("must have at most " + LENGTH_MAX + " characters");
        }
        try {
            var tree = compiler.compile(source).getAst();
            return new Formula(RUNTIME.createProgram(tree), known(tree));
        } catch (CelValidationException fault) {
            throw new ExpressionRefused(explained(fault));
        } catch (CelEvaluationException fault) {
            throw new ExpressionRefused("cannot be used: " + firstLine(fault.getMessage()));
        }
    }

    private static ValueKind known(CelAbstractSyntaxTree tree) throws ExpressionRefused {
        for (var kind : ValueKind.values()) {
            if (kind.type().equals(tree.getResultType())) {
                return kind;
            }
        }
        throw new ExpressionRefused("must be a text, a whole number, or true or false");
    }

    /** "undeclared reference to 'trie'" for people who draw flows. */
    private static String explained(CelValidationException fault) {
        return fault.getErrors().stream()
                .map(issue -> firstLine(issue.getMessage()))
                .map(
                        message ->
                                message.replaceAll(
                                        "undeclared reference to '([^']*)'.*",
                                        "there is no variable '$1'; declare it among the flow's"
                                                + " variables"))
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
    }

    private static String firstLine(String message) {
        return Optional.ofNullable(message).orElse("").lines().findFirst().orElse("");
    }
}
