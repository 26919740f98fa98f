package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final String MODULE = "classpath:db/module";
    private static final String LATER = "classpath:db/later";

    /** The numbers of the engine lie below those of the modules, whichever came to a database first. */
    @Test
    void a_later_version_with_a_lower_number_than_a_module_has_comes_to_a_database_that_is_there() {
        try (TestDatabase database =
                TestDatabase.template("schema", owner -> {}).fresh()) {
            int first = Schema.migrate(database.owner(), List.of(MODULE));
            int again = Schema.migrate(database.owner(), List.of(MODULE));
            int upgraded = Schema.migrate(database.owner(), List.of(MODULE, LATER));

            assertThat(first).isGreaterThan(10);
            assertThat(again).isZero();
            assertThat(upgraded).isEqualTo(1);
        }
    }
}
