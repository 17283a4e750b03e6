// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The rules of the house that a look at the files can check: sizes, names, headings, banned words.
 */
public final class Tidy {

    private static final int LINE_MAX = 100;
    private static final int FILE_LINES_MAX = 400;
    private static final int PACKAGE_FILES_MAX = 15;
    private static final int POM_LINES_MAX = 60;
    private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";
    private static final Set<String> SKIPPED =
            Set.of(".git", "target", "node_modules", ".run", ".ci", ".idea", ".vscode", "dist");

    /** Endings of text files that need the licence line near their top. */
    private static final Pattern LICENSED =
            Pattern.compile(".*\\.(java|proto|sh|ts|tsx|js|sql|cfg|tpl)|Makefile|pom\\.xml");

    private static final Pattern TEXT =
            Pattern.compile(
                    ".*\\.(java|proto|sh|ts|tsx|js|sql|cfg|tpl|xml|yaml|yml|md|properties|html|css)"
                            + "|Makefile");

    private static final Pattern EMPTY_NAME =
            Pattern.compile(
                    ".*(Session|Manager|Helper|Utils?|Impl|Base|Abstract|Common|Data|Info|Object"
                            + "|Processor|Handler)\\.java");

    /** Spelled in halves, so that this file obeys the rule it keeps. */
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b|@Dis" + "abled");

    private static final Pattern SLEEP = Pattern.compile("Thread\\.sle" + "ep\\(");
    private static final Pattern OWN_MACHINE =
            Pattern.compile("[\"'\\s=(](/wo" + "rk|/ho" + "me)/");

    private final Path root;
    private final List<String> faults = new ArrayList<>();
    private final TreeMap<Path, Integer> packages = new TreeMap<>();

    private Tidy(Path root) {
        this.root = root;
    }

    /** Looks through a repository; each fault is one line that begins with the file's name. */
    public static List<String> faults(Path root) throws IOException {
        var tidy = new Tidy(root);
        tidy.walk();
        return List.copyOf(tidy.faults);
    }

    /** The repository around a directory: the nearest one upwards with a .git or a Makefile. */
    public static Path rootOf(Path directory) {
        for (var at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git")) || Files.exists(at.resolve("Makefile"))) {
                return at;
            }
        }
        throw new IllegalArgumentException("no repository around " + directory);
    }

    private void walk() throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes seen) {
                        return SKIPPED.contains(path.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                            throws IOException {
                        if (TEXT.matcher(file.getFileName().toString()).matches()) {
                            look(file, Files.readAllLines(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        packages.forEach(
                (directory, files) -> {
                    if (files > PACKAGE_FILES_MAX) {
                        fault(directory, files + " files in a package; split it by sub-domain");
                    }
                });
    }

    private void look(Path file, List<String> lines) {
        var name = file.getFileName().toString();
        if (LICENSED.matcher(name).matches()
                && lines.stream().limit(3).noneMatch(line -> line.contains(LICENCE))) {
            fault(file, "no licence line at the top");
        }
        if (name.equals("pom.xml")
                && !file.getParent().equals(root)
                && lines.size() > POM_LINES_MAX) {
            fault(file, lines.size() + " lines; versions and plugins belong to the parent");
        }
        if (name.endsWith(".java")) {
            lookAtJava(file, lines);
        }
        for (int number = 1; number <= lines.size(); number++) {
            lookAtLine(file, number, lines.get(number - 1));
        }
    }

    private void lookAtJava(Path file, List<String> lines) {
        packages.merge(file.getParent(), 1, Integer::sum);
        if (lines.size() > FILE_LINES_MAX) {
            fault(file, lines.size() + " lines; a class this long has two ideas");
        }
        if (EMPTY_NAME.matcher(file.getFileName().toString()).matches()) {
            fault(file, "a name that excludes nothing");
        }
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1);
            if (line.codePointCount(0, line.length()) > LINE_MAX && !line.startsWith("import ")) {
                fault(file, number, "longer than " + LINE_MAX);
            }
            if (isMain(file) && SLEEP.matcher(line).find()) {
                fault(file, number, "a sleep is no synchronisation");
            }
        }
    }

    private void lookAtLine(Path file, int number, String line) {
        if (UNFINISHED.matcher(line).find()) {
            fault(file, number, "unfinished: finish it, or open an issue");
        }
        if (OWN_MACHINE.matcher(line).find()) {
            fault(file, number, "a path of one machine");
        }
    }

    private boolean isMain(Path file) {
        return !root.relativize(file).toString().contains("src/test/");
    }

    private void fault(Path file, int number, String what) {
        fault(file.resolveSibling(file.getFileName() + ":" + number), what);
    }

    private void fault(Path file, String what) {
        faults.add(root.relativize(file) + ": " + what);
    }
}
