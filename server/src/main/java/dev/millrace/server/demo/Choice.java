package dev.millrace.server.demo;

import dev.millrace.server.demo.BillBook.Billed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** What a person of the demo does about a request. The same on every run, since it follows from the order alone. */
sealed interface Choice {
    record Approve() implements Choice {}

    record Reject(String reason) implements Choice {}

    /** Not a word: the deadline decides what happens next. */
    record Leave() implements Choice {}

    /** Most are approved, a few rejected, a few left. */
    static Choice ofFinanceHead(String orderNumber) {
        long seed = seed("meera", orderNumber);
        return switch ((int) (seed % 10)) {
            case 0 -> new Leave();
            case 1, 3 -> new Reject(pick(FINANCE_HEAD_REASONS, seed));
            default -> new Approve();
        };
    }

    /** The last to be asked: decides on everything, and says no once in a while. */
    static Choice ofCfo(String orderNumber) {
        long seed = seed("arjun", orderNumber);
        return seed % 5 == 0 ? new Reject(pick(CFO_REASONS, seed)) : new Approve();
    }

    /** About an invoice that differs: only some prices are accepted, and one or two at the end are left for later. */
    static Choice ofBill(Billed bill) {
        long seed = seed("meera", bill.source().number());
        if (bill.isLast() && seed % 4 == 0) {
            return new Leave();
        }
        return switch (bill.source().planted().orElse("")) {
            case "wrong tax type" ->
                new Reject("The tax is of the wrong kind and could not be claimed; please send a corrected invoice.");
            case "quantity+10%" -> new Reject("Please bill what we ordered.");
            case "price+1.5%" -> new Approve();
            case "price+6%" ->
                seed % 3 == 0 ? new Reject("The price is above our order; please bill the agreed one.") : new Approve();
            default -> new Reject("This was billed and paid before.");
        };
    }

    List<String> FINANCE_HEAD_REASONS = List.of(
            "The budget of this quarter is used up; please raise it again in April.",
            "Two comparable quotes are missing for an order of this size.",
            "The unit price is well above our last order; please negotiate first.",
            "The warehouse still holds stock for two months.",
            "We agreed to pay this supplier on delivery only; please correct the terms.");

    List<String> CFO_REASONS = List.of(
            "Not in the spending plan that the board approved.",
            "Please split the delivery over two quarters and ask again.",
            "Our exposure to this supplier is high enough for this year.");

    private static String pick(List<String> reasons, long seed) {
        return reasons.get((int) (seed / 10 % reasons.size()));
    }

    private static long seed(String who, String orderNumber) {
        var crc = new CRC32();
        crc.update((who + " " + orderNumber).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
