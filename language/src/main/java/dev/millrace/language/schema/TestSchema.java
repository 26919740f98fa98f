package dev.millrace.language.schema;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A test beside a definition. */
final class TestSchema {
    private TestSchema() {}

    static ObjectNode test() {
        ObjectNode test = Parts.object("a test as a map", List.of("name", "trigger", "expect"));
        Parts.Fields.of(test)
                .set(
                        "name",
                        Parts.text("a name of 1 to 200 characters")
                                .put("minLength", 1)
                                .put("maxLength", 200),
                        "What the test shows, in a few words: small orders need nobody.")
                .set("trigger", Parts.type("a map of fields", "object"), "The fields that the execution starts with.")
                .set(
                        "given",
                        Parts.type("a map of fields", "object"),
                        "What approvals decide and actions answer while the test runs.")
                .set("expect", Parts.type("a map of fields", "object"), "What must come of it.");
        return test;
    }
}
