package dev.millrace.engine;

/**
 * Carries hints between the nodes of one database, so that they look now and not at their next poll. Hints may be
 * lost, doubled and late: the database is the truth.
 */
public interface HintChannel extends AutoCloseable {
    /** Passes a short text to the other nodes, perhaps to this one too. Never called inside a transaction. */
    void send(String hint);

    /** Hears what the others send until it is closed; called once. Returns at once. */
    void listen(Ear ear);

    /** Who hears. */
    interface Ear {
        void heard(String hint);

        /** The channel was broken for a while: anything may have been said. */
        void missed();
    }

    @Override
    void close();

    /** A node that is alone, or does without. */
    HintChannel NONE = new HintChannel() {
        @Override
        public void send(String hint) {}

        @Override
        public void listen(Ear ear) {}

        @Override
        public void close() {}
    };
}
