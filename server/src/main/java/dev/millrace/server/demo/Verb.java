package dev.millrace.server.demo;

/** What can happen to an order, as the timeline words it. */
enum Verb {
    RAISED("raised", "0"),
    ASKED("asked", "33"),
    APPROVED("approved", "32"),
    REJECTED("rejected", "31"),
    ESCALATED("escalated", "35"),
    LOCKED("locked", "1;32"),
    CANCELLED("cancelled", "1;31"),
    BY_RULE("by rule", "36");

    private final String word;
    private final String colour;

    Verb(String word, String colour) {
        this.word = word;
        this.colour = colour;
    }

    String word() {
        return word;
    }

    /** Parameters of the terminal's "select graphic rendition". */
    String colour() {
        return colour;
    }
}
