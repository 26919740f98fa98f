package dev.millrace.language.expression;

import tools.jackson.databind.JsonNode;

/** The type of a value, in the words of messages. */
enum Kind {
    UNDEFINED("nothing"),
    NONE("none"),
    BOOLEAN("true or false"),
    NUMBER("a number"),
    TEXT("a text"),
    LIST("a list"),
    MAP("a map");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** With its article: {@code a number}. */
    String words() {
        return words;
    }

    /** A Java object or bytes in the tree are no JSON: an expression never sees them. */
    static Kind of(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING, POJO, BINARY -> UNDEFINED;
            case NULL -> NONE;
            case BOOLEAN -> BOOLEAN;
            case NUMBER -> NUMBER;
            case STRING -> TEXT;
            case ARRAY -> LIST;
            case OBJECT -> MAP;
        };
    }
}
