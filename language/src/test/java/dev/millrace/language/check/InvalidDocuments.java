package dev.millrace.language.check;

import dev.millrace.language.Catalogue;
import dev.millrace.language.Policies;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.SubWorkflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code invalid-documents.txt}; the head of that file says how its rows are written. */
final class InvalidDocuments {
    static final String HEAD = """
            workflow:
              name: test-flow
              trigger:
                event: purchase_order.created
              steps:
            """;
    private static final Pattern MUTATION = Pattern.compile(
            "template (\\S+)(?: \\| replace (?<q>['\"])(?<old>.*?)\\k<q> with (?<r>['\"])(?<new>.*)\\k<r>)?");
    private static final Pattern WORKFLOW =
            Pattern.compile("(?<name>\\S+) (?<trigger>\\S+) (?<on>on|off)(?: runs (?<runs>.+))?");
    private static final Pattern REPEATED = Pattern.compile("«(\\d+)×(.*?)»");

    private InvalidDocuments() {}

    /** @param expected each as {@link #line} writes it */
    record Row(String name, String yaml, Catalogue catalogue, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        return Arrays.stream(TestCatalogue.resource("/invalid-documents.txt").split("(?m)^### ", -1))
                .skip(1)
                .map(InvalidDocuments::row)
                .toList();
    }

    /** "code | path | 8:5-8:20 | suggestion | fix", a warning with a word before it. */
    static String line(Problem p) {
        String severity = p.severity() == Severity.WARNING ? "warning " : "";
        String fix = p.fix()
                .map(f -> range(f.line(), f.column(), f.endLine(), f.endColumn()) + " to '"
                        + f.replacement().replace("\n", "\\n") + "'")
                .orElse("-");
        return severity + p.code() + " | " + p.path() + " | "
                + range(p.line(), p.column(), p.endLine(), p.endColumn()) + " | "
                + p.suggestion().orElse("-") + " | " + fix;
    }

    private static String range(int line, int column, int endLine, int endColumn) {
        return line + ":" + column + "-" + endLine + ":" + endColumn;
    }

    private static Row row(String text) {
        List<String> lines = text.lines().toList();
        var yaml = new StringBuilder();
        var expected = new ArrayList<String>();
        Catalogue catalogue = TestCatalogue.everything();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(">>> ")) {
                expected.add(line.substring(4));
            } else if (line.startsWith("=== template ")) {
                yaml.append(mutated(line.substring(4)));
            } else if (line.startsWith("=== modules ")) {
                catalogue = TestCatalogue.of(Set.of(line.substring(12).split(", ", -1)));
            } else if (line.startsWith("=== workflows ")) {
                catalogue = catalogue.with(workflows(line.substring(14)));
            } else if (line.startsWith("=== policies ")) {
                catalogue = with(catalogue, line.substring(13));
            } else if (line.startsWith("=== repeat ")) {
                yaml.append(repeated(line.substring(11)));
            } else {
                yaml.append(REPEATED.matcher(line).replaceAll(InvalidDocuments::copies))
                        .append('\n');
            }
        }
        boolean stepsOnly = yaml.toString().startsWith("    - ");
        return new Row(lines.getFirst(), (stepsOnly ? HEAD : "") + yaml, catalogue, List.copyOf(expected));
    }

    private static String mutated(String how) {
        Matcher mutation = MUTATION.matcher(how);
        if (!mutation.matches()) {
            throw new IllegalStateException("no mutation: " + how);
        }
        String template = withoutTests(TestCatalogue.template(mutation.group(1)));
        if (mutation.group("old") == null) {
            return template;
        }
        String old = mutation.group("old").replace("\\n", "\n");
        int at = template.indexOf(old);
        if (at < 0) {
            throw new IllegalStateException("the template has no " + old);
        }
        return template.substring(0, at)
                + mutation.group("new").replace("\\n", "\n")
                + template.substring(at + old.length());
    }

    /** They would fail too, and say what the rows are not about. */
    private static String withoutTests(String template) {
        int tests = template.indexOf("\ntests:");
        return tests < 0 ? template : template.substring(0, tests + 1);
    }

    private static String repeated(String how) {
        String[] parts = how.split(" \\| ", 2);
        return IntStream.range(0, Integer.parseInt(parts[0]))
                .mapToObj(i -> parts[1].replace("#", Integer.toString(i)) + "\n")
                .collect(Collectors.joining());
    }

    private static String copies(MatchResult match) {
        return Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1))));
    }

    /** "a manual on runs b, c; d event off". */
    private static Map<String, SubWorkflow> workflows(String written) {
        return Arrays.stream(written.split("; ", -1))
                .map(WORKFLOW::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        m -> m.group("name"),
                        m -> new SubWorkflow(
                                m.group("on").equals("on"),
                                m.group("trigger").equals("manual"),
                                m.group("runs") == null
                                        ? Set.of()
                                        : Set.of(m.group("runs").split(", ", -1)))));
    }

    private static Catalogue with(Catalogue c, String policies) {
        Policies read = switch (Policies.of(JsonMapper.shared().readTree(policies))) {
            case Policies.Read.Good good -> good.policies();
            case Policies.Read.Bad bad -> throw new IllegalStateException(bad.toString());
        };
        return TestCatalogue.with(c, read);
    }
}
