package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.server.demo.DemoCheckRows.Live;
import dev.millrace.server.demo.OrderBook.Raised;
import dev.millrace.server.demo.Summary.Crash;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The story that is played: orders come in, people decide, the server dies and comes back, a day passes. */
final class Play {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration SETTLED_MOST = Duration.ofSeconds(60);

    /** Longer than the deadline of every request made so far. */
    private static final Duration A_DAY = Duration.ofHours(24).plusMinutes(1);

    private final Stage stage;
    private final Screen screen;
    private final List<DemoOrder> orders;
    private final OrderBook book = new OrderBook();
    private final long begun;
    private final Caller financeHead;
    private final Timeline timeline;
    private final Approver meera;
    private final Approver arjun;
    private final Buyers buyers;

    /** @param begun when the demo was called, as {@link System#nanoTime} says it */
    Play(Stage stage, Screen screen, List<DemoOrder> orders, long begun) {
        this.stage = stage;
        this.screen = screen;
        this.orders = List.copyOf(orders);
        this.begun = begun;
        this.financeHead = stage.as(Person.MEERA);
        this.timeline = new Timeline(stage.as(Person.VIKRAM), screen);
        this.meera = new Approver(financeHead, book, Choice::ofFinanceHead);
        this.arjun = new Approver(stage.as(Person.ARJUN), book, Choice::ofCfo);
        this.buyers = new Buyers(List.of(stage.as(Person.ROHAN), stage.as(Person.PRIYA)), financeHead, book);
    }

    /** Whether everything ended as it should. */
    boolean run() {
        timeline.skipToEnd();
        Crash crash;
        try (var telling = new Background("timeline", LOOK_EVERY, timeline::runOnce);
                var financeHeadWorks = new Background("finance-head", LOOK_EVERY, meera::runOnce);
                var cfoWorks = new Background("cfo", LOOK_EVERY, arjun::runOnce)) {
            var all = List.of(telling, financeHeadWorks, cfoWorks);
            int half = orders.size() / 2;
            screen.heading("Orders come in; Meera Iyer, Finance Head, decides on those above ₹5 lakh");
            raise(0, half, all);
            crash = crash(all);
            raise(half, orders.size(), all);
            var rows = stage.rows();
            // A request that is made after the clock has moved would have its own 24 hours before it.
            settle(
                    "everything waits for what the Finance Head leaves",
                    all,
                    () -> rows.live().working().isEmpty() && meera.isDone());
            letADayPass();
            settle("no execution is left unfinished", all, () -> rows.live().count() == 0);
            timeline.drain();
        }
        return close(crash);
    }

    private void raise(int from, int to, List<Background> all) {
        for (int place = from; place < to; place++) {
            buyers.raise(orders.get(place), place);
            all.forEach(Background::check);
        }
    }

    private Crash crash(List<Background> all) {
        long killed = System.nanoTime();
        Live left = stage.kill();
        screen.heading("kill -9: the server is dead, after order " + book.all().size() + " of " + orders.size());
        screen.note("It left " + left.count() + " executions unfinished: "
                + left.working().size() + " in the middle of a step, "
                + left.waiting().size() + " waiting for a person.");
        screen.note("It died between two orders, while the others were at work. (Had an answer been lost, the buyer");
        screen.note("would have looked for the order before sending it again.)");
        stage.startAgain();
        var crash = new Crash(left, Duration.ofNanos(System.nanoTime() - killed));
        all.forEach(Background::check);
        screen.note(
                "Started again on the same folder: back after " + crash.seconds() + ", and it takes up what it finds.");
        screen.say("");
        return crash;
    }

    private void letADayPass() {
        timeline.drain();
        screen.heading("A day passes: " + meera.leftCount() + " requests had no answer (the demo's clock moves by "
                + A_DAY.toHours() + " h " + A_DAY.toMinutesPart() + " min)");
        timeline.moveClock(A_DAY);
        stage.advanceClock(stage.as(Person.LAKSHMI), A_DAY);
    }

    private void settle(String what, List<Background> all, BooleanSupplier condition) {
        Await.that(what, SETTLED_MOST, () -> {
            all.forEach(Background::check);
            return condition.getAsBoolean();
        });
    }

    private boolean close(Crash crash) {
        JsonNode verified = timeline.verified();
        var summary = new Summary(screen, stage.rows());
        screen.heading("What came of it");
        summary.table(verified, crash, meera.leftCount());
        screen.heading("Checked in the database, table by table");
        var sent = book.all().stream().map(Raised::id).collect(Collectors.toUnmodifiableSet());
        boolean checked = summary.checks(sent, verified, crash);
        boolean apart = globexSeesNothing();
        boolean good = checked && apart;
        screen.verdict(
                good,
                good
                        ? "Every order ended as its decision says, exactly once. " + Stage.seconds(begun) + "."
                        : "Not every order ended as its decision says: see the lines with ✗.");
        return good;
    }

    /** The other company's Finance Head, with the same role and a valid sign-in. */
    private boolean globexSeesNothing() {
        Caller katrin = stage.as(Person.KATRIN);
        var list = katrin.get("/purchase-orders");
        var one = katrin.get("/purchase-orders/" + book.all().iterator().next().id());
        boolean nothing =
                list.status() == 403 || (list.ok() && list.body().path("items").isEmpty());
        boolean holds = nothing && one.status() == 404;
        screen.check(
                holds,
                "globex's Finance Head sees none of acme's orders (list: "
                        + (list.status() == 403
                                ? "403"
                                : list.body().path("items").size() + " orders")
                        + "; one by its id: " + one.status() + ")");
        return holds;
    }
}
