package dev.millrace.server.demo;

/** What can happen to a document, as the timeline words it. */
enum Verb {
    APPROVED("approved", "1;32"),
    REJECTED("rejected", "31"),
    ESCALATED("escalated", "35"),
    CANCELLED("cancelled", "1;31"),
    BY_RULE("by rule", "36"),
    IN_STORE("received", "36"),
    SENT_BACK("sent back", "31"),
    POSTED("posted", "32"),
    ON_HOLD("on hold", "33"),
    ACCEPTED("accepted", "32"),
    REFUSED("refused", "31"),
    WITHDRAWN("withdrawn", "35"),
    PROPOSED("proposed", "33"),
    SIGNED("signed", "32"),
    PAID("paid", "1;32");

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
