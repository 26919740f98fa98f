package dev.millrace.trials.faults;

/** One class of faults. */
interface Fault {
    /** Sets the scene, once, before the load begins. */
    default void prepare(Scene scene) {}

    /**
     * Makes one fault happen, at a moment that the dice choose.
     *
     * @return how much it hit: 0 for a fault that changed nothing and so proves nothing
     */
    int inject(Scene scene) throws InterruptedException;
}
