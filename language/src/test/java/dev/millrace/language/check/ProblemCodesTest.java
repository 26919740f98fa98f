package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.language.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCodesTest {

    @Test
    void the_document_lists_the_codes_with_their_help_in_order() throws IOException {
        String rows = Stream.of(ProblemCode.values())
                .map(code -> "| `" + code.code() + "` | " + code.help().replace("|", "\\|") + " |\n")
                .reduce("", String::concat);

        String document = Files.readString(Path.of("..", "docs", "problems.md"));

        assertThat(document).endsWith("| --- | --- |\n" + rows);
    }
}
