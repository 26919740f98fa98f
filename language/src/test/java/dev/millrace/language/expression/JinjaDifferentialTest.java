package dev.millrace.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.EvaluationException;
import dev.millrace.language.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares with the real Jinja2 where it is installed. */
class JinjaDifferentialTest {
    private static final int EXPRESSIONS = 2_500;
    private static final long SEED = 20_261_124;

    @TempDir
    private Path folder;

    @Test
    void random_expressions_mean_what_the_real_jinja_means_by_them() throws Exception {
        Assumptions.assumeTrue(
                isInstalled(), "skipped: python3 with jinja2 is not installed (apt install python3-jinja2)");
        RandomExpressions random = new RandomExpressions(SEED);
        List<String> sources = Stream.generate(random::next).limit(EXPRESSIONS).toList();

        List<JsonNode> theirs = jinja(sources);

        Scope scope = Trying.scope(Trying.json(RandomExpressions.DATA));
        List<String> differences = new ArrayList<>();
        long values = 0;
        for (int i = 0; i < sources.size(); i++) {
            String ours = ours(sources.get(i), scope);
            String real = theirs.get(i).has("error")
                    ? "error"
                    : theirs.get(i).path("value").toString();
            values += real.equals("error") ? 0 : 1;
            if (!ours.equals(real) && !(ours.startsWith("error") && real.equals("error"))) {
                differences.add(sources.get(i) + "\n   jinja2: " + theirs.get(i) + "\n   ours:   " + ours);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(values).as("expressions that have a value").isGreaterThan(EXPRESSIONS * 7 / 10);
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import jinja2")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    private List<JsonNode> jinja(List<String> sources) throws Exception {
        Path script = folder.resolve("jinja.py");
        try (InputStream resource = JinjaDifferentialTest.class.getResourceAsStream("jinja.py")) {
            Files.write(script, Objects.requireNonNull(resource).readAllBytes());
        }
        List<String> lines = new ArrayList<>();
        lines.add(Trying.json(RandomExpressions.DATA).toString());
        sources.forEach(source -> lines.add(Trying.JSON.writeValueAsString(source)));
        Path input = Files.write(folder.resolve("in"), lines, StandardCharsets.UTF_8);
        Path output = folder.resolve("out");
        Process python = new ProcessBuilder("python3", script.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(python.waitFor()).isZero();
        return Files.readAllLines(output).stream().map(Trying::json).toList();
    }

    private static String ours(String source, Scope scope) {
        try {
            return told(Trying.parsed(source).evaluate(scope)).toString();
        } catch (EvaluationException failure) {
            return "error: " + failure.getMessage();
        } catch (AssertionError fault) {
            return "error: " + fault.getMessage();
        }
    }

    private static JsonNode told(JsonNode value) {
        return switch (Kind.of(value)) {
            case NUMBER -> Values.map().put("number", plain(value));
            case LIST ->
                Values.list(
                        value.values().stream().map(JinjaDifferentialTest::told).toList());
            case MAP -> {
                ObjectNode map = Values.map();
                value.properties().forEach(entry -> map.set(entry.getKey(), told(entry.getValue())));
                yield map;
            }
            case UNDEFINED, NONE, BOOLEAN, TEXT -> value;
        };
    }

    private static String plain(JsonNode number) {
        return number.decimalValue().stripTrailingZeros().toPlainString();
    }
}
