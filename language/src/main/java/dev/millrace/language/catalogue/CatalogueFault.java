package dev.millrace.language.catalogue;

/** A catalogue file is not what it should be; the message says where. */
final class CatalogueFault extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String words;

    CatalogueFault(String words) {
        super(words);
        this.words = words;
    }

    String words() {
        return words;
    }
}
