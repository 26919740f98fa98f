package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoOrders.DemoOrder;
import dev.millrace.erp.demo.DemoStep;
import dev.millrace.server.demo.Cashier.Second;
import dev.millrace.server.demo.OrderBook.Raised;
import dev.millrace.server.demo.Summary.Crash;
import dev.millrace.server.demo.Trade.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The story that is played: orders come in and people decide; a day passes; goods and invoices come, and invoices are paid;
 * stock runs low; a little is sold. In the middle the server dies and comes back.
 */
final class Play {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration TELL_EVERY = Duration.ofMillis(500);
    private static final Duration SETTLED_MOST = Duration.ofMinutes(2);

    /** Longer than the deadline of every request made so far. */
    private static final Duration A_DAY = Duration.ofHours(24).plusMinutes(1);

    /** Where the log is cut: after each part what it pays is paid. */
    private static final List<Instant> CUTS =
            List.of(Instant.parse("2018-04-01T00:00:00Z"), Instant.parse("2018-08-01T00:00:00Z"), Instant.MAX);

    private static final int KILLED_IN_PART = 1;
    private static final int ITEMS_USED_UP = 2;

    private final Stage stage;
    private final Screen screen;
    private final List<DemoOrder> orders;
    private final OrderBook book = new OrderBook();
    private final BillBook bills = new BillBook();
    private final List<Raised> inOrder = new ArrayList<>();
    private final long begun;
    private final Caller financeHead;
    private final Timeline timeline;
    private final Approver meera;
    private final Approver arjun;
    private final Buyers buyers;
    private final Storeroom storeroom;
    private final LogTime time;

    /** @param begun when the demo was called, as {@link System#nanoTime} says it */
    Play(Stage stage, Screen screen, List<DemoOrder> orders, long begun) {
        this.stage = stage;
        this.screen = screen;
        this.orders = List.copyOf(orders);
        this.begun = begun;
        this.financeHead = stage.as(Person.MEERA);
        this.timeline = new Timeline(stage.as(Person.VIKRAM), screen);
        var decisions = new Decisions(book, bills);
        this.meera = new Approver(financeHead, decisions::ofFinanceHead);
        this.arjun = new Approver(stage.as(Person.ARJUN), decisions::ofCfo);
        Caller priya = stage.as(Person.PRIYA);
        this.buyers = new Buyers(List.of(stage.as(Person.ROHAN), priya), financeHead, book);
        this.storeroom = new Storeroom(stage.trade(), priya, book);
        this.time = LogTime.endingOn(LocalDate.now(ZoneId.of("Asia/Kolkata")).minusDays(1), orders);
    }

    /** Whether everything ended as it should. */
    boolean run() {
        new Gallery(stage.as(Person.LAKSHMI)).switchOn();
        timeline.skipToEnd();
        Crash crash;
        List<Second> seconds;
        int escalated;
        List<Course> courses;
        try (var telling = new Background("timeline", TELL_EVERY, timeline::runOnce);
                var financeHeadWorks = new Background("finance-head", LOOK_EVERY, meera::runOnce);
                var cfoWorks = new Background("cfo", LOOK_EVERY, arjun::runOnce)) {
            var all = List.of(telling, financeHeadWorks, cfoWorks);
            ordersComeIn(all);
            escalated = meera.leftCount();
            letADayPass(all);
            courses = courses();
            crash = goodsAndInvoices(courses, all);
            seconds = new Cashier(stage.trade(), courses)
                    .payTwice(bills.all().stream().map(BillBook.Billed::id).toList());
            stockRunsLow(all);
            sell(all);
        }
        return close(crash, escalated, seconds, courses);
    }

    private void ordersComeIn(List<Background> all) {
        screen.heading("Orders come in; Meera Iyer, Finance Head, decides on those above ₹5 lakh within 24 hours");
        for (int place = 0; place < orders.size(); place++) {
            inOrder.add(buyers.raise(orders.get(place), place));
            all.forEach(Background::check);
        }
        // A request that is made after the clock has moved would have its own 24 hours before it.
        await("everything waits for what the Finance Head leaves", all, this::isQuiet);
        timeline.drain();
    }

    private Crash crash(List<Background> all) {
        long killed = System.nanoTime();
        var left = new ArrayList<DemoCheckRows.Live>();
        stage.killAndStartAgain(live -> {
            left.add(live);
            screen.heading("kill -9: the server is dead, after invoice " + bills.size() + " of "
                    + invoices(Instant.MIN, Instant.MAX));
            screen.note("It left " + live.count() + " executions unfinished: "
                    + live.working().size() + " in the middle of a step, "
                    + live.waiting().size() + " waiting for a person.");
        });
        var crash = new Crash(left.getFirst(), Duration.ofNanos(System.nanoTime() - killed));
        all.forEach(Background::check);
        screen.note(
                "Started again on the same folder: back after " + crash.seconds() + ", and it takes up what it finds.");
        screen.say("");
        return crash;
    }

    private void letADayPass(List<Background> all) {
        screen.heading("A day passes: " + meera.leftCount() + " requests had no answer (the demo's clock moves by "
                + A_DAY.toHours() + " h " + A_DAY.toMinutesPart() + " min)");
        timeline.moveClock(A_DAY);
        stage.advanceClock(stage.as(Person.LAKSHMI), A_DAY);
        await("no order is left undecided", all, () -> stage.rows().live().count() == 0);
        timeline.drain();
    }

    private List<Course> courses() {
        JsonNode page = financeHead.expect(
                "see the cancelled orders", financeHead.get("/purchase-orders?status=cancelled&limit=200"));
        Set<UUID> cancelled = new HashSet<>();
        page.path("items")
                .forEach(order -> cancelled.add(UUID.fromString(order.path("id").asString())));
        return inOrder.stream()
                .map(order -> new Course(
                        stage.trade(),
                        bills,
                        time,
                        order,
                        order.source().orElseThrow(),
                        cancelled.contains(order.id())))
                .toList();
    }

    private Crash goodsAndInvoices(List<Course> courses, List<Background> all) {
        var replay = new Replay(courses);
        var cashier = new Cashier(stage.trade(), courses);
        var crashes = new ArrayList<Crash>();
        Instant from = Instant.MIN;
        for (int part = 0; part < CUTS.size(); part++) {
            Instant end = CUTS.get(part);
            screen.heading(
                    "Goods, invoices and payments, part " + (part + 1) + " of " + CUTS.size() + ": " + days(from, end));
            int halfway = bills.size() + invoices(from, end) / 2;
            try (var stretch = replay.begin(end)) {
                if (part == KILLED_IN_PART) {
                    await("half of the invoices are in", all, () -> stretch.isDone() || bills.size() >= halfway);
                    crashes.add(crash(all));
                }
                await("the log is replayed", all, stretch::isDone);
            }
            await("every invoice is in the books, held, refused, or asked about", all, this::isQuiet);
            timeline.drain();
            cashier.propose();
            await("the payment run is signed and paid", all, this::isQuiet);
            timeline.drain();
            from = end;
        }
        return crashes.getFirst();
    }

    private String days(Instant from, Instant end) {
        return Screen.days(
                steps(from, end)
                        .map(step -> time.of(step.at()))
                        .min(LocalDate::compareTo)
                        .orElseThrow(),
                steps(from, end)
                        .map(step -> time.of(step.at()))
                        .max(LocalDate::compareTo)
                        .orElseThrow());
    }

    private int invoices(Instant from, Instant end) {
        return (int) steps(from, end).filter(DemoStep.Invoice.class::isInstance).count();
    }

    private Stream<DemoStep> steps(Instant from, Instant end) {
        return orders.stream()
                .flatMap(order -> order.steps().stream())
                .filter(step -> !step.at().isBefore(from) && step.at().isBefore(end));
    }

    private void stockRunsLow(List<Background> all) {
        screen.heading("Stock runs low: Imran Sheikh takes goods out for production");
        List<Level> used = storeroom.useUp(ITEMS_USED_UP);
        for (Level level : used) {
            screen.note(level.name() + ": "
                    + level.onHand().stripTrailingZeros().toPlainString() + " there, ordered at "
                    + level.reorderLevel().stripTrailingZeros().toPlainString()
                    + "; three withdrawals, two of them at or below the level");
        }
        for (Raised order : storeroom.send(used.size())) {
            screen.note("The workflow drafted " + order.number() + " over " + Screen.rupees(order.total()) + " with "
                    + order.supplier() + "; Priya Nair, Purchasing, checked and sent it");
        }
        await("the orders for stock are approved", all, this::isQuiet);
        timeline.drain();
    }

    private void sell(List<Background> all) {
        screen.heading("Tax invoices go out, and to the portal for their IRN (a sandbox in this server)");
        int made = new Shop(stage.trade()).sell();
        await("every invoice is registered", all, this::isQuiet);
        BookRows.Sum registered = stage.books().registered();
        screen.note(made + " invoices made and posted; " + registered.count() + " registered, worth "
                + Screen.rupees(registered.amount()) + "; the other one is to a customer without a GSTIN");
        timeline.drain();
    }

    /** Nobody is at work, and whatever waits is left alone on purpose. */
    private boolean isQuiet() {
        OptionalInt hers = meera.waiting();
        OptionalInt his = arjun.waiting();
        if (hers.isEmpty() || his.isEmpty()) {
            return false;
        }
        var live = stage.rows().live();
        return live.working().isEmpty() && live.count() == hers.getAsInt() + his.getAsInt();
    }

    private void await(String what, List<Background> all, BooleanSupplier condition) {
        Await.that(what, SETTLED_MOST, () -> {
            all.forEach(Background::check);
            return condition.getAsBoolean();
        });
    }

    private boolean close(Crash crash, int unanswered, List<Second> seconds, List<Course> courses) {
        JsonNode verified = timeline.verified();
        var summary = new Summary(screen, stage.rows(), stage.books());
        screen.heading("What came of it");
        summary.table(verified, crash, unanswered);
        summary.left(courses);
        var sent = book.all().stream().map(Raised::id).collect(Collectors.toUnmodifiableSet());
        boolean checked = summary.checks(sent, verified, crash, seconds);
        boolean apart = globexSeesNothing();
        boolean good = checked && apart;
        screen.verdict(
                good,
                good
                        ? "Every order, receipt, invoice and payment ended as it should, exactly once. "
                                + Stage.seconds(begun) + "."
                        : "Not everything ended as it should: see the lines with ✗.");
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
